#include "ohmloop/analysis/counts.hpp"

#include <algorithm>

#include "ohmloop/analysis/digit_cover.hpp"
#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {
struct ActionCounter::Room {
  std::vector<NestLoop> loops;  ///< of the current mapping
  std::vector<std::int64_t> inside;
  std::vector<DigitLoop> digits;

  /// Product over the ranks of the index tuples that have values, of the loops that `accept` takes; all others at 0.
  template <class Accept>
  std::int64_t valid_tuples(const Einsum& einsum, const Accept& accept) {
    std::int64_t product = 1;
    for (std::size_t rank = 0; rank < einsum.ranks.size(); ++rank) {
      digits.clear();
      bool any = false;
      for (const NestLoop& loop : loops) {
        if (loop.rank != RankId(rank)) continue;
        const bool taken = accept(loop);
        any = any || taken;
        digits.push_back({loop.bound, loop.step, !taken});
      }
      if (any) product = checked_multiply(product, cover_digits(einsum.ranks[rank].size, digits).subtrees);
    }
    return product;
  }
};

ActionCounter::ActionCounter(const Einsum& einsum, const Architecture& architecture)
    : einsum_(&einsum), architecture_(&architecture), points_(einsum.points()), room_(std::make_unique<Room>()) {
  for (const Role role : all_roles) roles_.push_back(std::make_unique<RoleCounts>(einsum, architecture, role));
}

ActionCounter::ActionCounter(ActionCounter&&) noexcept = default;
ActionCounter::~ActionCounter() = default;

Counts ActionCounter::count(const Mapping& mapping) {
  Counts counts;
  count(mapping, counts);
  return counts;
}

void ActionCounter::count(const Mapping& mapping, Counts& counts) {
  find_nest_loops(*einsum_, mapping, room_->loops, room_->inside);
  const std::size_t nodes = architecture_->nodes.size();
  counts.computes = points_;
  counts.steps = room_->valid_tuples(*einsum_, [](const NestLoop& loop) { return loop.temporal(); });
  counts.used_instances.clear();
  for (std::size_t node = 0; node < nodes; ++node) {
    const bool more = node == 0 || architecture_->nodes[node - 1].as<Fanout>() != nullptr;
    counts.used_instances.push_back(!more ? counts.used_instances.back()
                                          : room_->valid_tuples(*einsum_, [&](const NestLoop& loop) {
                                              return loop.fanout && *loop.fanout < NodeId(node);
                                            }));
  }
  counts.memories.assign(nodes, {});
  counts.converters.assign(nodes, {});
  for (const auto& role : roles_) role->add(mapping, room_->loops, counts);
}

Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  return ActionCounter(einsum, architecture).count(mapping);
}

}  // namespace ohmloop
