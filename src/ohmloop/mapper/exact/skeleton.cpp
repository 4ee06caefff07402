#include "ohmloop/mapper/exact/skeleton.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/axis_group.hpp"

namespace ohmloop {
namespace {

std::optional<std::size_t> searched(const Mapspace& space, RankId rank) {
  const auto found = std::find(space.ranks.begin(), space.ranks.end(), rank);
  if (found == space.ranks.end()) return std::nullopt;
  return static_cast<std::size_t>(found - space.ranks.begin());
}

/// Ranks of a group of axes that share ranks; with coefficients where it is one axis of whole terms.
TensorMotion::Axis sliding_axis(const Mapspace& space, const AxisGroup& group) {
  TensorMotion::Axis axis;
  const bool plain_sum = group.axes.size() == 1 &&
                         std::all_of(group.axes[0].terms.begin(), group.axes[0].terms.end(),
                                     [](const AxisTerm& term) { return is_whole(term) && term.coefficient > 0; });
  for (const RankId rank : group.ranks) {
    const std::optional<std::size_t> index = searched(space, rank);
    if (!index) continue;
    axis.ranks.push_back(*index);
    if (!plain_sum) continue;
    std::int64_t coefficient = 0;
    for (const AxisTerm& term : group.axes[0].terms) coefficient += term.rank == rank ? term.coefficient : 0;
    axis.coefficients.push_back(coefficient);
  }
  return axis;
}

}  // namespace

TensorMotion tensor_motion(const Mapspace& space, Role role) {
  TensorMotion motion;
  motion.motions.assign(space.ranks.size(), Motion::still);
  motion.axis_of.assign(space.ranks.size(), 0);
  for (const AxisGroup& group : axis_groups(*space.einsum, space.einsum->tensor(role).axes)) {
    TensorMotion::Axis axis = sliding_axis(space, group);
    for (const std::size_t rank : axis.ranks) {
      motion.motions[rank] = group.plain ? Motion::whole : Motion::sliding;
      motion.axis_of[rank] = motion.axes.size();
    }
    if (!group.plain && !axis.ranks.empty()) motion.axes.push_back(std::move(axis));
  }
  return motion;
}

Skeleton::Skeleton(const Mapspace& the_space, const std::vector<std::uint8_t>& the_keeps)
    : space(&the_space), keeps(the_keeps) {
  std::size_t storage = space->storages.size();
  for (std::size_t place = space->places.size(); place-- > 0;) {
    if (space->places[place].spatial) continue;
    --storage;
    if (keeps[storage] == 0) {
      if (space->loops_without_tensors) blocks.push_back({place, std::nullopt});
      continue;
    }
    blocks.push_back({place, storage});
    for (const Role role : all_roles) {
      const std::size_t index = role_index(role);
      if ((keeps[storage] >> index & 1U) != 0) keepers[index].push_back(blocks.size() - 1);
    }
  }
  for (const Role role : all_roles) motions[role_index(role)] = tensor_motion(*space, role);
}

std::size_t Skeleton::keepers_below(Role role, std::size_t blocks_inside) const {
  const std::vector<std::size_t>& all = keepers[role_index(role)];
  return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), blocks_inside) - all.begin());
}

SpatialLoops::SpatialLoops(const Skeleton& skeleton, const Candidate& candidate)
    : ranks_(skeleton.ranks()), inside_(skeleton.blocks.size() * ranks_, 1), all_(ranks_, 1) {
  const Mapspace& space = *skeleton.space;
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    if (!space.places[place].spatial) continue;
    Fanout fanout{place, space.places[place].node, {}};
    for (std::size_t rank = 0; rank < ranks_; ++rank) {
      const std::int64_t factor = candidate.factors[place * ranks_ + rank];
      fanout.factors.push_back(factor);
      all_[rank] = checked_multiply(all_[rank], factor);
      copies_ = checked_multiply(copies_, factor);
      for (std::size_t block = 0; block < skeleton.blocks.size(); ++block) {
        if (skeleton.blocks[block].place < place) inside_[block * ranks_ + rank] *= factor;
      }
    }
    fanouts_.push_back(std::move(fanout));
  }
  for (std::size_t rank = 0; rank < ranks_; ++rank) times_.push_back(ceil_divide(space.sizes[rank], all_[rank]));
}

}  // namespace ohmloop
