#include <chrono>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/mapper/search_within_bounds.hpp"

namespace ohmloop {
namespace {

/// States of exact search that take about as long as the evaluation of a mapping.
constexpr std::int64_t states_per_evaluation = 10;

MapperResult search(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                    const MapperOptions& options, MapperStats& stats) {
  const Mapspace space = make_mapspace(einsum, architecture, options);
  MapperResult result;
  result.none = explain_unkept(space);
  if (result.none) return result;
  if (!is_exactly_searchable(space)) return search_within_bounds(space, tables, options, &stats);
  MapOptions exact;
  exact.objective = options.objective;
  exact.most_states = checked_multiply(states_per_evaluation, options.max_evaluations);
  MapStats exact_stats;
  result = map_layer(einsum, architecture, tables, exact, &exact_stats);
  stats.evaluated = exact_stats.nests.states;
  // What the limit left without an answer may have one nevertheless.
  return result.best || result.none ? result : search_within_bounds(space, tables, options, &stats);
}

}  // namespace

MapperResult find_mapping(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                          const MapperOptions& options, MapperStats* stats) {
  const auto start = std::chrono::steady_clock::now();
  if (options.max_evaluations < 1) {
    throw InputError(Diagnostic{.message = fmt::format("can't search with {} evaluations", options.max_evaluations),
                                .where = {},
                                .label = {},
                                .notes = {"at least one mapping has to be evaluated"}});
  }
  MapperStats own_stats;
  MapperResult result = search(einsum, architecture, tables, options, own_stats);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  own_stats.seconds = seconds.count();
  if (stats != nullptr) *stats = own_stats;
  return result;
}

}  // namespace ohmloop
