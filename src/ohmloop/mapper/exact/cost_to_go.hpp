#pragma once

#include <memory>
#include <vector>

#include "ohmloop/mapper/exact/open_links.hpp"
#include "ohmloop/mapper/exact/sub_lattice.hpp"
#include "ohmloop/mapper/exact/traffic_model.hpp"

namespace ohmloop {

/// For every place of a nest whose inner part is decided, lower bounds of what the rest costs: by block, by what has
/// been walked over in time, by the links that are still open, and for each amount on its own.
///
/// The bounds are exact minima over all that may follow, except that a rank may have several loops in one block, that
/// bounds on factors (other than 1) and orders in the file are not asked for, and that charges of sliding tensors are
/// lower bounds themselves. From the outermost block inwards, every entry is the smallest of: to leave the block, or to
/// put one more prime of one rank there.
class CostToGo {
 public:
  CostToGo(const Skeleton& skeleton);

  /// For the model's current spatial loops; all amounts count as 0 until they are bounded.
  void start(TrafficModel& model, const SpatialLoops& spatial, const TimeLattice& lattice);
  /// Fills the tables of one amount.
  void bound(std::size_t amount);
  /// Entries of the tables of one amount.
  [[nodiscard]] std::int64_t entries_per_amount(const TimeLattice& lattice) const;

  /// Infinite entries: nothing legal can follow. Points before any loop of `block`, or between its loops.
  [[nodiscard]] Amounts at(std::size_t block, const ByRole<OpenLinks>& links, std::size_t point) const;
  [[nodiscard]] Amounts at_start() const { return at(0, {}, 0); }
  /// Whether the memory outside a block holds its tiles at a point.
  [[nodiscard]] bool holds(std::size_t block, std::size_t point) const { return holds_[block][point] != 0; }
  [[nodiscard]] const ByRole<LinkCodes>& codes() const { return codes_; }

 private:
  using Table = std::vector<double>;

  /// What advancing a rank in a block does to one tensor's links.
  struct Step {
    std::size_t code = 0;           ///< afterwards
    const Table* charge = nullptr;  ///< by amount and point; null: nothing
  };

  [[nodiscard]] std::size_t combination(std::size_t block, const ByRole<std::size_t>& codes) const;
  [[nodiscard]] ByRole<std::size_t> codes_of(std::size_t block, std::size_t combination) const;
  [[nodiscard]] std::size_t combinations(std::size_t block) const;
  void find_holds(const SpatialLoops& spatial);
  void fill_block(std::size_t amount, std::size_t block);
  void leave(std::size_t amount, std::size_t block, const ByRole<std::size_t>& codes, double* values);
  void finish(std::size_t amount, const ByRole<std::size_t>& codes, double* values);
  void advance(std::size_t amount, std::size_t block, const TimeLattice::Direction& direction,
               const ByRole<std::size_t>& codes, double* values);
  [[nodiscard]] Table& table(std::size_t amount, std::size_t block) {
    return tables_[amount * skeleton_->blocks.size() + block];
  }
  [[nodiscard]] Step step(std::size_t block, Role role, std::size_t code, std::size_t rank);
  const Table& charges(Role role, std::size_t first, std::size_t last, const ReuseEnd& end);

  const Skeleton* skeleton_;
  ByRole<LinkCodes> codes_;

  // Of the current spatial loops:
  TrafficModel* model_ = nullptr;
  const TimeLattice* lattice_ = nullptr;
  std::vector<std::size_t> bounded_;           ///< amounts
  std::vector<std::vector<char>> holds_;       ///< by block and point
  std::vector<Table> tables_;                  ///< by amount and block; [combination][point]
  ByRole<std::unique_ptr<SubLattice>> parts_;  ///< by the ranks that matter to a role's charges
  struct Charged {
    Role role;
    std::size_t first, last;
    ReuseEnd end;
    std::unique_ptr<Table> table;
  };
  std::vector<Charged> charged_;
  std::vector<std::unique_ptr<Table>> spare_;  ///< of spatial loops before, to be filled again
};

}  // namespace ohmloop
