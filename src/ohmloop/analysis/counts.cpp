#include "ohmloop/analysis/counts.hpp"

#include <algorithm>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// Product over the ranks of the index tuples that have values, of the loops that `counts` accepts; all others at 0.
template <class Accept>
std::int64_t valid_tuples(const Einsum& einsum, const std::vector<NestLoop>& loops, const Accept& accept) {
  std::int64_t product = 1;
  std::vector<DigitLoop> digits;
  for (std::size_t rank = 0; rank < einsum.ranks.size(); ++rank) {
    digits.clear();
    for (const NestLoop& loop : loops) {
      if (loop.rank == RankId(rank)) digits.push_back({loop.bound, loop.step, !accept(loop)});
    }
    product = checked_multiply(product, cover_digits(einsum.ranks[rank].size, digits).subtrees);
  }
  return product;
}

std::vector<std::int64_t> used_instances(const Einsum& einsum, const Architecture& architecture,
                                         const std::vector<NestLoop>& loops) {
  std::vector<std::int64_t> used;
  used.reserve(architecture.nodes.size());
  for (std::size_t node = 0; node < architecture.nodes.size(); ++node) {
    const bool more = node == 0 || architecture.nodes[node - 1].as<Fanout>() != nullptr;
    used.push_back(!more ? used.back() : valid_tuples(einsum, loops, [&](const NestLoop& loop) {
      return loop.fanout && *loop.fanout < NodeId(node);
    }));
  }
  return used;
}

}  // namespace

ActionCounter::ActionCounter(const Einsum& einsum, const Architecture& architecture)
    : einsum_(&einsum), architecture_(&architecture) {
  for (const Role role : all_roles) roles_.push_back(std::make_unique<RoleCounts>(einsum, architecture, role));
}

ActionCounter::ActionCounter(ActionCounter&&) noexcept = default;
ActionCounter::~ActionCounter() = default;

Counts ActionCounter::count(const Mapping& mapping) {
  const std::vector<NestLoop> loops = nest_loops(*einsum_, mapping);
  Counts counts;
  counts.computes = einsum_->points();
  counts.steps = valid_tuples(*einsum_, loops, [](const NestLoop& loop) { return loop.temporal(); });
  counts.used_instances = used_instances(*einsum_, *architecture_, loops);
  counts.memories.resize(architecture_->nodes.size());
  counts.converters.resize(architecture_->nodes.size());
  for (const auto& role : roles_) role->add(mapping, loops, counts);
  return counts;
}

Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  return ActionCounter(einsum, architecture).count(mapping);
}

}  // namespace ohmloop
