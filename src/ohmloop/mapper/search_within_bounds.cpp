#include "ohmloop/mapper/search_within_bounds.hpp"

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/least_need.hpp"
#include "ohmloop/mapper/search.hpp"

namespace ohmloop {

bool is_exactly_searchable(const Mapspace& space) {
  return !space.imperfect_temporal && !space.imperfect_spatial && !space.architecture->array;
}

MapperResult search_within_bounds(const Mapspace& space, const ReferenceTables& tables, const MapperOptions& options,
                                  MapperStats* stats) {
  MapperResult result;
  Scorer scorer(space, tables, options);
  const SearchOutcome outcome =
      space.architecture->array ? search_arrays(space, scorer) : search_digital(space, scorer, options);
  // Constraints may leave so little room that no starting point lies in it.
  if (!scorer.best() && !scorer.overflow()) {
    if (const auto legal = any_legal(space)) scorer.score(*legal);
  }
  result.complete = outcome.optimal;
  if (scorer.best()) {
    result.best = evaluated_layer(space, tables, *scorer.best());
    result.best->certificate.optimal = outcome.optimal;
    result.best->certificate.evaluated = scorer.evaluated();
    result.best->certificate.mapspace = outcome.mapspace;
  } else {
    if (scorer.overflow()) std::rethrow_exception(scorer.overflow());
    result.none = explain_no_mapping(space);
  }
  if (stats != nullptr) {
    stats->evaluated = scorer.evaluated();
    stats->illegal = scorer.illegal();
  }
  return result;
}

MappedLayer evaluated_layer(const Mapspace& space, const ReferenceTables& tables, const Candidate& candidate) {
  MappedLayer layer;
  layer.mapping = to_mapping(space, candidate);
  const std::vector<Violation> violations = check_mapping(*space.einsum, *space.architecture, layer.mapping);
  OHM_CHECK(violations.empty(), violations.front().message);
  layer.stationary = stationary_tensor(*space.einsum, layer.mapping);
  layer.counts = count_actions(*space.einsum, *space.architecture, layer.mapping);
  layer.evaluation = evaluate(*space.einsum, *space.architecture, tables, layer.counts);
  return layer;
}

}  // namespace ohmloop
