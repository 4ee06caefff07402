#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/analysis/crossing.hpp"
#include "ohmloop/analysis/crossing_trace.hpp"
#include "ohmloop/analysis/digit_cover.hpp"
#include "ohmloop/analysis/gather.hpp"
#include "ohmloop/analysis/set_group.hpp"

namespace ohmloop {

/// Counts crossings of one tensor in one set of axes; what does not depend on the mapping is made once. The einsum and
/// the groups must outlive it.
///
/// A count is a sum over the moments at which a time loop advances and those inside return to 0. Tiles of all children
/// are products of the axis groups' sets, so that what enters is (product of walked) - sum of (product of held). From
/// one moment to the next only the rank changes whose loop returns.
class CrossingCounter {
 public:
  /// With `inside`, only window elements that lie inside these axes' tensor are counted; `groups` must be plain then.
  CrossingCounter(const Einsum& einsum, const std::vector<AxisGroup>& groups,
                  const std::vector<AxisGroup>* inside = nullptr);

  /// Throws OverflowError.
  std::int64_t count(const Crossing& crossing);
  /// Writes down how each count comes about; null: does not.
  void set_trace(CrossingTrace* trace) { trace_ = trace; }
  /// A new mapping follows: nothing that was counted holds.
  void forget() {
    indexed_ = false;
    for (SetGroup& group : sets_) group.forget();
  }

 private:
  enum class Kind { irrelevant, plain, shared, gathered };
  struct Gathered {
    const AxisGroup* group;
    GatherCounter counter;
    RankValues values;  ///< room for one count
    std::int64_t factor = 1;
  };

  void find_gathered(const std::vector<AxisGroup>& inside);
  void start(const Crossing& crossing);
  void index_loops(const Crossing& crossing);
  void sort_ranks(const Crossing& crossing);
  [[nodiscard]] std::int64_t first_factor(RankId rank);
  [[nodiscard]] std::int64_t held_as_advances(std::size_t nest);
  void note(std::optional<std::size_t> advancing, std::int64_t value);
  void refresh(RankId rank);
  [[nodiscard]] bool nothing_held(RankId rank) const;
  const std::vector<DigitLoop>& digits(RankId rank);
  [[nodiscard]] std::int64_t first_held(RankId rank) const;
  [[nodiscard]] std::int64_t plain(RankId rank);
  [[nodiscard]] std::int64_t irrelevant(RankId rank);
  [[nodiscard]] std::int64_t gathered(Gathered& one);
  [[nodiscard]] std::int64_t product() const;

  const Einsum* einsum_;
  CrossingTrace* trace_ = nullptr;
  std::vector<std::string> set_names_;  ///< ranks of each of `sets_`
  std::vector<Kind> kinds_;             ///< by rank
  std::vector<SetGroup> sets_;
  std::vector<Gathered> gathered_;

  // Of the current crossing:
  const Crossing* crossing_ = nullptr;
  bool indexed_ = false;                         ///< `loops_` belong to the current mapping
  std::vector<std::vector<std::size_t>> loops_;  ///< indices in the nest, by rank
  std::vector<char> pinned_;                     ///< by rank: a loop is pinned
  std::vector<char> iterates_;         ///< by rank: a loop runs in time or over copies that are served one by one
  std::size_t returned_ = 0;           ///< time loops from here on have returned to 0
  std::vector<std::int64_t> factors_;  ///< by rank; 1 where a group of ranks has the factor
  std::vector<DigitLoop> digits_;
};

}  // namespace ohmloop
