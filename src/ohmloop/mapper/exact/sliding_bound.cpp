#include "ohmloop/mapper/exact/sliding_bound.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {

SlidingBound::SlidingBound(const Skeleton& skeleton, Role role)
    : space_(skeleton.space), motion_(&skeleton.motions[role_index(role)]) {
  const Einsum& einsum = *space_->einsum;
  for (std::size_t rank = 0; rank < space_->ranks.size(); ++rank) {
    if (motion_->motions[rank] == Motion::whole) whole_ *= static_cast<double>(space_->sizes[rank]);
  }
  for (const AxisGroup& group : axis_groups(einsum, einsum.tensor(role).axes)) {
    const bool searched =
        std::any_of(group.ranks.begin(), group.ranks.end(), [&](RankId rank) { return einsum.rank(rank).size > 1; });
    if (group.plain || !searched) continue;
    Known& known = axes_.emplace_back();
    known.groups = {group};
  }
  OHM_CHECK(axes_.size() == motion_->axes.size(), "axes that slide come in one order");
  for (Known& known : axes_) known.counter = std::make_unique<CrossingCounter>(einsum, known.groups);
}

std::int64_t SlidingBound::key(std::size_t axis, std::span<const std::int64_t> extents) const {
  std::int64_t key = 0;
  for (const std::size_t rank : motion_->axes[axis].ranks) key = key * (space_->sizes[rank] + 1) + extents[rank];
  return key;
}

double SlidingBound::tile_sum(std::size_t axis, std::span<const std::int64_t> extents) {
  Known& known = axes_[axis];
  const auto [entry, fresh] = known.by_key.try_emplace(key(axis, extents), 0.0);
  if (!fresh) return entry->second;
  std::vector<WalkedLoop> loops;
  Holder holder{0, std::vector<std::int64_t>(space_->einsum->ranks.size(), 1)};
  for (const std::size_t rank : motion_->axes[axis].ranks) {
    const std::int64_t inside = std::min(extents[rank], space_->sizes[rank]);
    loops.push_back({space_->ranks[rank], ceil_divide(space_->sizes[rank], inside), inside, Walk::time});
    holder.extents[space_->ranks[rank].index()] = inside;
  }
  holder.loops_outside = loops.size();
  known.counter->forget();
  const Crossing crossing{loops, std::span<const Holder>(&holder, 1), false};
  entry->second = static_cast<double>(known.counter->count(crossing));
  return entry->second;
}

double SlidingBound::all_tiles(std::span<const std::int64_t> extents) {
  double product = whole_;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) product *= tile_sum(axis, extents);
  return product;
}

double SlidingBound::touched() { return all_tiles(space_->sizes); }

double SlidingBound::tiles(std::size_t axis, std::span<const std::int64_t> extents) const {
  double product = 1;
  for (const std::size_t rank : motion_->axes[axis].ranks) {
    product *= static_cast<double>(ceil_divide(space_->sizes[rank], std::min(extents[rank], space_->sizes[rank])));
  }
  return product;
}

double SlidingBound::box(std::size_t axis, std::span<const std::int64_t> extents) const {
  const TensorMotion::Axis& along = motion_->axes[axis];
  double box = 1;
  for (std::size_t i = 0; i < along.coefficients.size(); ++i) {
    box += static_cast<double>(std::abs(along.coefficients[i])) * static_cast<double>(extents[along.ranks[i]] - 1);
  }
  return box;
}

double SlidingBound::most_kept(std::size_t axis, std::span<const std::int64_t> extents, bool more_outside) const {
  const TensorMotion::Axis& along = motion_->axes[axis];
  const double all = box(axis, extents);
  // A sweep has moved by half of what some rank has walked over, at least.
  double least_move = all;
  for (std::size_t i = 0; i < along.coefficients.size(); ++i) {
    const std::int64_t walked = extents[along.ranks[i]];
    if (walked == 1) continue;
    const std::int64_t half = walked - walked / 2;
    least_move = std::min(least_move, static_cast<double>(std::abs(along.coefficients[i]) * half));
  }
  const double returned = std::max(0.0, all - 2 * least_move);
  // At most every second sweep begins because a loop along the axis goes on.
  return more_outside ? std::max(returned, (returned + (all - least_move)) / 2) : returned;
}

}  // namespace ohmloop
