#include "ohmloop/mapper/map_layer.hpp"

#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/exact/certify.hpp"
#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/least_need.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/search_within_bounds.hpp"

namespace ohmloop {
namespace {

MappedLayer finish(const Mapspace& space, const ReferenceTables& tables, const Objective& objective,
                   const ExactSearchResult& result, const ExactSearchStats& stats) {
  MappedLayer layer = evaluated_layer(space, tables, result.best->candidate);
  const double value = score(objective, layer.evaluation).value;
  OHM_CHECK(std::abs(value - result.best->score.value) <= 1e-9 * value, "the search and the model agree on a mapping");
  layer.certificate = certify(space, result, value, stats);
  return layer;
}

/// For a search that was stopped before it had anything to show: some legal mapping.
std::optional<MappedLayer> found_at_once(const Mapspace& space, const ReferenceTables& tables,
                                         const Objective& objective, const ExactSearchResult& result,
                                         const ExactSearchStats& stats) {
  const std::optional<Candidate> legal = any_legal(space);
  if (!legal) return std::nullopt;
  MappedLayer layer = evaluated_layer(space, tables, *legal);
  layer.certificate = certify(space, result, score(objective, layer.evaluation).value, stats);
  return layer;
}

}  // namespace

ExactSearchOptions exact_options(const MapOptions& options) {
  ExactSearchOptions exact{options.threads, options.most_states, options.stop, options.not_stationary};
  if (options.value_below) exact.better_than = Score{*options.value_below, 0};
  return exact;
}

MapperResult map_layer(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                       const MapOptions& options, MapStats* stats) {
  const Mapspace space = make_mapspace(einsum, architecture, {.imperfect = options.imperfect});
  MapperResult result;
  result.none = explain_unkept(space);
  if (result.none) return result;
  const CostModel model(einsum, architecture, tables);
  const NativeLimits limits(space, model, options.objective);
  if (!is_exactly_searchable(space) || !limits.fits() || !has_room_for(space)) {
    result.complete = false;
    if (options.not_stationary || options.value_below) return result;
    return search_within_bounds(space, tables, {.objective = options.objective, .imperfect = options.imperfect});
  }
  const auto traffic = [&](const Skeleton& skeleton) { return std::make_unique<NativeTraffic>(skeleton, limits); };
  ExactSearchStats own_stats;
  const ExactSearchResult found = exact_search(space, traffic, exact_options(options), &own_stats);
  result.complete = found.complete;
  if (stats != nullptr) *stats = own_stats;
  if (found.best) {
    result.best = finish(space, tables, options.objective, found, own_stats);
  } else if (options.not_stationary || options.value_below) {
    return result;
  } else if (!found.complete) {
    result.best = found_at_once(space, tables, options.objective, found, own_stats);
  } else {
    result.none = explain_no_mapping(space);
  }
  return result;
}

}  // namespace ohmloop
