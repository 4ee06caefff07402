#include "ohmloop/analysis/crossing.hpp"

#include <algorithm>
#include <optional>

#include "ohmloop/analysis/digit_cover.hpp"
#include "ohmloop/analysis/gather.hpp"
#include "ohmloop/analysis/set_group.hpp"
#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// When the loops of a transition stand still, advance or return to 0.
struct Moment {
  std::optional<std::size_t> advancing;  ///< nothing: all tuples of all loops
};

/// The count, as a sum over the moments at which the time loops change: tiles of all children are products of the axis
/// groups' sets, so that what enters is (product of walked) - (product of held).
class CrossingCount {
 public:
  explicit CrossingCount(const Crossing& crossing) : crossing_(crossing), einsum_(*crossing.einsum) {
    kinds_.assign(einsum_.ranks.size(), Kind::irrelevant);
    for (const AxisGroup& group : *crossing.groups) {
      if (group.plain) {
        kinds_[group.ranks[0].index()] = Kind::plain;
        continue;
      }
      for (const RankId rank : group.ranks) kinds_[rank.index()] = Kind::shared;
      sets_.emplace_back(crossing, group);
    }
    if (crossing.inside != nullptr) find_gathered();
  }

  std::int64_t count() {
    const std::int64_t all = product({});
    if (!crossing_.holds || all == 0) return all;
    std::int64_t entering = all;
    for (std::size_t nest = crossing_.loops.size(); nest-- > 0;) {
      const WalkedLoop& loop = crossing_.loops[nest];
      if (loop.walk != Walk::time || loop.bound == 1) continue;
      const Moment moment{nest};
      if (!any_plain_held(moment)) break;
      entering = checked_subtract(entering, product(moment));
    }
    return entering;
  }

 private:
  enum class Kind { irrelevant, plain, shared, gathered };

  void find_gathered() {
    OHM_CHECK(sets_.empty(), "window axes of " + einsum_.name + " are not one plain rank each");
    for (const AxisGroup& group : *crossing_.inside) {
      if (!group.clipped) continue;
      gathered_.push_back(&group);
      for (const RankId rank : group.ranks) {
        OHM_CHECK(kinds_[rank.index()] == Kind::plain, "a rank of the tensor is missing in the window axes");
        kinds_[rank.index()] = Kind::gathered;
      }
    }
  }

  /// Digits of a rank's loops at a moment; `inside` loops are part of the tile where the rank moves the tensor.
  const std::vector<DigitLoop>& digits(RankId rank, const Moment& moment) {
    digits_.clear();
    const bool relevant = kinds_[rank.index()] != Kind::irrelevant;
    for (std::size_t nest = 0; nest < crossing_.loops.size(); ++nest) {
      const WalkedLoop& loop = crossing_.loops[nest];
      if (loop.rank != rank || (!relevant && loop.walk == Walk::inside)) continue;
      const bool returned = loop.walk == Walk::time && moment.advancing && nest > *moment.advancing;
      digits_.push_back(
          {loop.bound, loop.step, returned || loop.walk == Walk::pin || (!relevant && loop.walk == Walk::merge)});
    }
    return digits_;
  }

  [[nodiscard]] bool advances(RankId rank, const Moment& moment) const {
    return moment.advancing && crossing_.loops[*moment.advancing].rank == rank;
  }

  std::int64_t irrelevant(RankId rank, const Moment& moment) {
    const std::int64_t size = einsum_.rank(rank).size;
    const std::int64_t tuples = cover_digits(size, digits(rank, moment)).subtrees;
    if (!advances(rank, moment)) return tuples;
    // The advancing loop starts at 1: without the tuples that have it at 0.
    for (std::size_t nest = 0, i = 0; nest <= *moment.advancing; ++nest) {
      const WalkedLoop& loop = crossing_.loops[nest];
      if (loop.rank != rank || loop.walk == Walk::inside) continue;
      if (nest == *moment.advancing) digits_[i].zero = true;
      ++i;
    }
    return tuples - cover_digits(size, digits_).subtrees;
  }

  /// Smallest value that a plain rank's children hold over a moment. Tiles of a plain rank never overlap, so that a
  /// child holds its tile only if the time loops that return to 0 have no other index that it takes part in.
  std::int64_t first_held(RankId rank, const Moment& moment) const {
    if (!moment.advancing) return 0;
    std::int64_t first = 0;
    for (const Holder& holder : crossing_.holders) {
      std::int64_t step = 0;
      for (std::size_t nest = *moment.advancing + 1; nest < holder.loops_outside; ++nest) {
        const WalkedLoop& loop = crossing_.loops[nest];
        if (loop.rank == rank && loop.walk == Walk::time && loop.bound > 1) step = loop.step;
      }
      if (step == 0) continue;
      const std::int64_t extent = holder.extents[rank.index()];
      first = std::max(first, ceil_divide(einsum_.rank(rank).size - step, extent) * extent);
    }
    return first;
  }

  std::int64_t plain(RankId rank, const Moment& moment) {
    if (advances(rank, moment)) return 0;
    return plain_held(rank, moment);
  }

  std::int64_t plain_held(RankId rank, const Moment& moment) {
    const std::vector<DigitLoop>& loops = digits(rank, moment);
    const std::int64_t all = cover_digits(einsum_.rank(rank).size, loops).values;
    const std::int64_t first = first_held(rank, moment);
    return first == 0 ? all : all - cover_digits(first, loops).values;
  }

  /// False if some plain rank holds nothing at this moment: then none does at any moment of a loop further out.
  bool any_plain_held(const Moment& moment) {
    for (std::size_t rank = 0; rank < kinds_.size(); ++rank) {
      const bool apart = kinds_[rank] == Kind::plain || kinds_[rank] == Kind::gathered;
      if (apart && plain_held(RankId(rank), moment) == 0) return false;
    }
    return true;
  }

  std::int64_t gathered(const AxisGroup& group, const Moment& moment) {
    std::vector<std::vector<Range>> values;
    for (const RankId rank : group.ranks) {
      if (advances(rank, moment)) return 0;
      values.push_back(covered_ranges(first_held(rank, moment), einsum_.rank(rank).size, digits(rank, moment)));
    }
    return count_inside(einsum_, group, values);
  }

  std::int64_t product(const Moment& moment) {
    std::int64_t result = 1;
    for (std::size_t i = 0; i < kinds_.size() && result != 0; ++i) {
      if (kinds_[i] == Kind::plain) result = checked_multiply(result, plain(RankId(i), moment));
      if (kinds_[i] == Kind::irrelevant) result = checked_multiply(result, irrelevant(RankId(i), moment));
    }
    for (const AxisGroup* group : gathered_) {
      if (result != 0) result = checked_multiply(result, gathered(*group, moment));
    }
    for (SetGroup& group : sets_) {
      if (result == 0) break;
      result = checked_multiply(result, moment.advancing ? group.held(*moment.advancing) : group.walked());
    }
    return result;
  }

  const Crossing& crossing_;
  const Einsum& einsum_;
  std::vector<Kind> kinds_;  ///< by rank
  std::vector<SetGroup> sets_;
  std::vector<const AxisGroup*> gathered_;
  std::vector<DigitLoop> digits_;
};

}  // namespace

std::int64_t count_crossing(const Crossing& crossing) { return CrossingCount(crossing).count(); }

}  // namespace ohmloop
