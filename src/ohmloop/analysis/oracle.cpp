#include "ohmloop/analysis/oracle.hpp"

#include <set>

#include "ohmloop/analysis/oracle_role.hpp"

namespace ohmloop {
namespace {

/// Index tuples of the chosen loops that some point of the iteration space has.
std::int64_t count_tuples(const OracleNest& nest, const std::vector<std::size_t>& chosen) {
  std::set<OracleNest::Indices> tuples;
  OracleNest::Indices indices(nest.size(), 0);
  nest.for_each(nest.select([](const OracleNest::LoopInfo&) { return true; }), indices, [&] {
    if (!nest.exists(indices)) return;
    OracleNest::Indices tuple;
    for (const std::size_t loop : chosen) tuple.push_back(indices[loop]);
    tuples.insert(tuple);
  });
  return static_cast<std::int64_t>(tuples.size());
}

}  // namespace

Counts execute_nest(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  Counts counts;
  const std::size_t nodes = architecture.nodes.size();
  counts.memories.resize(nodes);
  counts.converters.resize(nodes);
  const OracleNest nest(einsum, mapping);
  using Info = OracleNest::LoopInfo;
  counts.computes = count_tuples(nest, nest.select([](const Info&) { return true; }));
  counts.steps = count_tuples(nest, nest.select([](const Info& loop) { return !loop.fanout; }));
  if (architecture.array) {
    const NodeId rows(architecture.array->cells.index() - 1);
    counts.rows_in_use = count_tuples(nest, nest.select([&](const Info& loop) { return loop.fanout == rows; }));
  }
  for (std::size_t node = 0; node < nodes; ++node) {
    const auto above = [&](const Info& loop) { return loop.fanout && *loop.fanout < NodeId(node); };
    counts.used_instances.push_back(count_tuples(nest, nest.select(above)));
  }
  for (const Role role : all_roles) OracleRole(einsum, architecture, mapping, role).run(counts);
  return counts;
}

}  // namespace ohmloop
