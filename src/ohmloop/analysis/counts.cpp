#include "ohmloop/analysis/counts.hpp"

#include <algorithm>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
ActionCounter::ActionCounter(const Einsum& einsum, const Architecture& architecture)
    : einsum_(&einsum), architecture_(&architecture), points_(einsum.points()) {
  for (const Role role : all_roles) roles_.push_back(std::make_unique<RoleCounts>(einsum, architecture, role));
}

ActionCounter::ActionCounter(ActionCounter&&) noexcept = default;
ActionCounter::~ActionCounter() = default;

/// Product over the ranks of the index tuples that have values, of the loops that `accept` takes; all others at 0.
template <class Accept>
std::int64_t ActionCounter::valid_tuples(const Accept& accept) {
  std::int64_t product = 1;
  for (std::size_t rank = 0; rank < einsum_->ranks.size(); ++rank) {
    digits_.clear();
    bool any = false;
    for (const NestLoop& loop : loops_) {
      if (loop.rank != RankId(rank)) continue;
      const bool taken = accept(loop);
      any = any || taken;
      digits_.push_back({loop.bound, loop.step, !taken});
    }
    if (any) product = checked_multiply(product, cover_digits(einsum_->ranks[rank].size, digits_).subtrees);
  }
  return product;
}

Counts ActionCounter::count(const Mapping& mapping) {
  Counts counts;
  count(mapping, counts);
  return counts;
}

void ActionCounter::count(const Mapping& mapping, Counts& counts) {
  find_nest_loops(*einsum_, mapping, loops_, inside_);
  const std::size_t nodes = architecture_->nodes.size();
  counts.computes = points_;
  counts.steps = valid_tuples([](const NestLoop& loop) { return loop.temporal(); });
  counts.used_instances.clear();
  for (std::size_t node = 0; node < nodes; ++node) {
    const bool more = node == 0 || architecture_->nodes[node - 1].as<Fanout>() != nullptr;
    counts.used_instances.push_back(
        !more ? counts.used_instances.back()
              : valid_tuples([&](const NestLoop& loop) { return loop.fanout && *loop.fanout < NodeId(node); }));
  }
  counts.memories.assign(nodes, {});
  counts.converters.assign(nodes, {});
  for (const auto& role : roles_) role->add(mapping, loops_, counts);
}

Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  return ActionCounter(einsum, architecture).count(mapping);
}

}  // namespace ohmloop
