#include "ohmloop/mapper/exact/path_mapping.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

/// Iterations of every rank that the path leaves.
std::vector<std::int64_t> rest_of(const NestPath& path) {
  std::vector<std::int64_t> rest = *path.times;
  for (const PathLoop& loop : path.loops) rest[loop.rank] /= loop.bound;
  return rest;
}

}  // namespace

Mapping path_mapping(const Skeleton& skeleton, const NestPath& path, Role role) {
  const Mapspace& space = *skeleton.space;
  const std::size_t ranks = skeleton.ranks();
  const std::size_t outermost = skeleton.keepers[role_index(role)].back();
  Mapping mapping;
  std::size_t block = skeleton.blocks.size();
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    const LoopPlace& here = space.places[place];
    if (here.spatial) {
      for (std::size_t i = 0; i < ranks; ++i) {
        const std::size_t rank = path.spatial->orders[place * ranks + i];
        const std::int64_t bound = path.spatial->factors[place * ranks + rank];
        if (bound > 1) mapping.steps.emplace_back(Loop{space.ranks[rank], bound, here.node});
      }
      continue;
    }
    if (block == 0 || skeleton.blocks[block - 1].place != place) continue;
    --block;
    const std::optional<std::size_t>& storage = skeleton.blocks[block].storage;
    if (storage && (skeleton.keeps[*storage] >> role_index(role) & 1U) != 0) {
      mapping.steps.emplace_back(Keep{space.storages[*storage].node, role});
    }
    if (block == outermost) {
      // What moves the tensor whole comes innermost, so that it ends all reuse.
      const std::vector<std::int64_t> rest = rest_of(path);
      for (const bool whole : {false, true}) {
        for (std::size_t rank = 0; rank < ranks; ++rank) {
          const bool moves = skeleton.motions[role_index(role)].motions[rank] == Motion::whole;
          if (rest[rank] == 1 || moves != whole) continue;
          mapping.steps.emplace_back(Loop{space.ranks[rank], rest[rank], std::nullopt});
        }
      }
    }
    for (std::size_t i = path.loops.size(); i-- > 0;) {
      const PathLoop& loop = path.loops[i];
      if (loop.block == block) mapping.steps.emplace_back(Loop{space.ranks[loop.rank], loop.bound, std::nullopt});
    }
  }
  return mapping;
}

Candidate path_candidate(const Skeleton& skeleton, const NestPath& path) {
  Candidate candidate = *path.spatial;
  candidate.keeps = skeleton.keeps;
  const std::size_t ranks = skeleton.ranks();
  for (std::size_t block = 0; block < skeleton.blocks.size(); ++block) {
    const std::size_t row = skeleton.blocks[block].place * ranks;
    std::vector<std::uint8_t> order;  // outer to inner
    for (const PathLoop& loop : path.loops) {
      if (loop.block != block) continue;
      OHM_CHECK(candidate.factors[row + loop.rank] == 1, "a rank has two loops in one block");
      candidate.factors[row + loop.rank] = loop.bound;
      order.insert(order.begin(), static_cast<std::uint8_t>(loop.rank));
    }
    std::vector<std::uint8_t> whole;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      if (candidate.factors[row + rank] == 1) whole.push_back(static_cast<std::uint8_t>(rank));
    }
    whole.insert(whole.end(), order.begin(), order.end());
    std::copy(whole.begin(), whole.end(), candidate.orders.begin() + static_cast<std::ptrdiff_t>(row));
    hold_fixed_order(*skeleton.space, skeleton.blocks[block].place, candidate);
  }
  return candidate;
}

ByRole<double> steps_standing_still(const Skeleton& skeleton, const NestPath& path) {
  ByRole<double> all{};
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    double& steps = all[r];
    steps = 1;
    if (skeleton.keepers[r].size() < 2) continue;
    for (const PathLoop& loop : path.loops) {
      const bool inside = loop.block <= skeleton.keepers[r].front();
      if (!inside && skeleton.motions[r].motions[loop.rank] != Motion::still) break;
      steps *= static_cast<double>(loop.bound);
    }
  }
  return all;
}

}  // namespace ohmloop
