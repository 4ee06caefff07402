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

}  // namespace

Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  const std::vector<NestLoop> loops = nest_loops(einsum, mapping);
  const std::size_t nodes = architecture.nodes.size();
  Counts counts;
  counts.computes = einsum.points();
  counts.steps = valid_tuples(einsum, loops, [](const NestLoop& loop) { return loop.temporal(); });
  counts.used_instances.resize(nodes);
  counts.memories.resize(nodes);
  counts.converters.resize(nodes);
  for (std::size_t node = 0; node < nodes; ++node) {
    counts.used_instances[node] =
        valid_tuples(einsum, loops, [&](const NestLoop& loop) { return loop.fanout && *loop.fanout < NodeId(node); });
  }
  for (const Role role : all_roles) RoleCounts(einsum, architecture, mapping, loops, role).add_to(counts);
  return counts;
}

}  // namespace ohmloop
