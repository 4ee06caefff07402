#pragma once

#include <initializer_list>
#include <utility>

#include "ohmloop/mapper/map_layer.hpp"

namespace ohmloop {

/// The best mapping with another dataflow. `Best` is what the search gives: a MappedLayer, a MappedSpec.
template <class Best>
struct RunnerUpResult {
  std::optional<Best> best;
  double none_below =
      0;  ///< times the optimum: no mapping with another dataflow costs less. Of the last search to its end
};

/// Searches with ever larger bounds on what the runner-up may cost, each of which cuts off most of the mapspace:
/// without one there would be nothing to cut by before another dataflow is found, and there may be none at all. `map`
/// takes MapOptions and returns a result with `best` and `complete`. Gives up when a search of 200,000 states is not
/// enough.
template <class Map>
auto find_runner_up(const Map& map, MapOptions options, Role stationary, double optimum) {
  constexpr std::int64_t most_states = 200'000;
  RunnerUpResult<typename decltype(map(options).best)::value_type> result;
  options.not_stationary = stationary;
  options.most_states = most_states;
  for (const double bound : {1.01, 1.1, 1.5, 3.0, 10.0, 100.0}) {
    options.value_below = bound * optimum;
    auto found = map(options);
    if (found.best && found.complete) result.best = std::move(found.best);
    if (result.best || !found.complete) return result;
    result.none_below = bound;
  }
  return result;
}

}  // namespace ohmloop
