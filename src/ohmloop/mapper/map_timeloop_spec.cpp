#include "ohmloop/mapper/map_timeloop_spec.hpp"

#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/exact/certify.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/timeloop/explain_spec.hpp"
#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"

namespace ohmloop {
namespace {

MappedSpec finish(const TimeloopSpace& made, const Objective& objective, const ExactSearchResult& result,
                  const ExactSearchStats& stats) {
  const Mapspace& space = made.space();
  MappedSpec mapped;
  mapped.nest = made.nest(result.best->candidate);
  const std::vector<std::string> wrong = timeloop::check_nest(mapped.nest, made.counting());
  OHM_CHECK(wrong.empty(), wrong.front());
  mapped.evaluation = timeloop::evaluate(mapped.nest, made.counting());
  const double value = score(objective, Cost{mapped.evaluation.energy_pj, 0, mapped.evaluation.cycles}).value;
  OHM_CHECK(std::abs(value - result.best->score.value) <= 1e-9 * value, "the search and the model agree on a mapping");
  mapped.stationary = stationary_tensor(*space.einsum, to_mapping(space, result.best->candidate));
  mapped.certificate = certify(space, result, value, stats);
  return mapped;
}

bool fits(const TimeloopSpace& made) {
  if (!has_room_for(made.space())) return false;
  const Skeleton skeleton(made.space(), blank_candidate(made.space()).keeps);
  return TimeloopTraffic(made, skeleton, {}).fits();
}

}  // namespace

MapSpecResult map_timeloop_spec(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics, const MapOptions& options,
                                MapStats* stats) {
  MapSpecResult result;
  const std::unique_ptr<TimeloopSpace> made = TimeloopSpace::make(spec, diagnostics);
  if (made == nullptr) return result;
  result.none = explain_unkept(made->space());
  if (result.none) return result;
  if (!fits(*made)) {
    diagnostics.error(
        "the specification has more levels, dimensions, bandwidths or computes than the search has room for", {});
    return result;
  }
  const auto traffic = [&](const Skeleton& skeleton) {
    return std::make_unique<TimeloopTraffic>(*made, skeleton, options.objective);
  };
  ExactSearchStats own_stats;
  const ExactSearchResult found = exact_search(made->space(), traffic, exact_options(options), &own_stats);
  result.complete = found.complete;
  if (stats != nullptr) *stats = own_stats;
  if (found.best) {
    result.best = finish(*made, options.objective, found, own_stats);
  } else if (found.complete && !options.not_stationary && !options.value_below) {
    result.none = explain_spec(spec, *made);
  }
  return result;
}

}  // namespace ohmloop
