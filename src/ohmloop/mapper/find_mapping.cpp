#include <chrono>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/least_need.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/search.hpp"

namespace ohmloop {
namespace {

MappedLayer finish(const Mapspace& space, const ReferenceTables& tables, const Scorer& scorer,
                   const SearchOutcome& outcome) {
  MappedLayer layer;
  layer.mapping = to_mapping(space, *scorer.best());
  const std::vector<Violation> violations = check_mapping(*space.einsum, *space.architecture, layer.mapping);
  OHM_CHECK(violations.empty(), violations.front().message);
  layer.counts = count_actions(*space.einsum, *space.architecture, layer.mapping);
  layer.evaluation = evaluate(*space.einsum, *space.architecture, tables, layer.counts);
  layer.certificate = {outcome.optimal, scorer.evaluated(), outcome.mapspace};
  return layer;
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
  const Mapspace space = make_mapspace(einsum, architecture, options);
  MapperResult result;
  result.none = explain_unkept(space);
  if (result.none) return result;
  Scorer scorer(space, tables, options);
  const SearchOutcome outcome =
      architecture.array ? search_arrays(space, scorer) : search_digital(space, scorer, options);
  // Constraints may leave so little room that no starting point lies in it.
  if (!scorer.best() && !scorer.overflow()) {
    if (const auto legal = any_legal(space)) scorer.score(*legal);
  }
  if (scorer.best()) {
    result.best = finish(space, tables, scorer, outcome);
  } else {
    if (scorer.overflow()) std::rethrow_exception(scorer.overflow());
    result.none = explain_no_mapping(space);
  }
  if (stats != nullptr) {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    *stats = {scorer.evaluated(), scorer.illegal(), seconds.count()};
  }
  return result;
}

}  // namespace ohmloop
