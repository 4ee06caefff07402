#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "ohmloop/mapper/exact/cost_to_go.hpp"
#include "ohmloop/mapper/exact/traffic_model.hpp"

namespace ohmloop {

/// The inner part of a nest, decided loop after loop from the compute outwards, with the amounts that are certain
/// whatever follows.
struct NestState {
  static constexpr std::size_t most_links = 8;

  /// Links of one tensor.
  struct Links {
    std::uint8_t begun = 0;                           ///< links 1 .. begun have begun
    std::uint8_t ended = 0;                           ///< of those, 1 .. ended have ended
    bool counted = false;                             ///< link 0 is part of the amounts, and not as a lower bound
    std::array<std::uint8_t, most_links + 1> slid{};  ///< by link: axes along which it has slid, as bits

    [[nodiscard]] bool any_open() const { return ended < begun; }
    friend bool operator==(const Links&, const Links&) = default;
  };

  std::size_t block = 0;
  std::size_t point = 0;
  std::uint32_t used = 0;  ///< ranks with a loop in the block, as bits
  ByRole<Links> links;
  Amounts amounts;
};

/// The rules by which states follow from each other.
class NestRules {
 public:
  NestRules(const Skeleton& skeleton, TrafficModel& model, const TimeLattice& lattice);

  [[nodiscard]] NestState start() const;
  /// Puts a loop around a state; `path` holds the loops so far and gets this one.
  void add_loop(NestState& state, std::size_t rank, const TimeLattice::Factor& factor, NestPath& path) const;
  /// Passes the memory outside the state's block.
  void leave_block(NestState& state) const;
  /// Ends all links of a state that has walked over everything.
  void finish(NestState& state, const NestPath& path) const;

  /// What the links are to the tables; links that these can't tell apart are taken as ended.
  [[nodiscard]] ByRole<OpenLinks> outlook(const NestState& state) const;
  /// A lower bound of a state's amounts with the traffic of links of which the tables know little, from the loops
  /// themselves; `open` loses the links that this is about. Nothing if there are none.
  [[nodiscard]] std::optional<Amounts> counted_least(const NestState& state, const NestPath& path,
                                                     ByRole<OpenLinks>& open) const;
  /// Whether two loops have the same effect in either order, on a state before both.
  [[nodiscard]] bool commute(const NestState& before, std::size_t a, std::size_t b) const;

 private:
  void end_links(NestState& state, Role role, std::size_t last, const NestPath& path) const;
  void slide(NestState& state, Role role, std::size_t axis, const NestPath& path) const;
  [[nodiscard]] std::vector<std::int64_t> extents(std::size_t point) const;

  const Skeleton* skeleton_;
  TrafficModel* model_;
  const TimeLattice* lattice_;
  ByRole<LinkCodes> codes_;
};

}  // namespace ohmloop
