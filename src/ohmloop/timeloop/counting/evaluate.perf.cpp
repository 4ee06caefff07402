#include "ohmloop/timeloop/counting/evaluate.hpp"

#include <benchmark/benchmark.h>

#include "ohmloop/timeloop/counting/eyeriss_nest_testing.hpp"

namespace ohmloop::timeloop {
namespace {

void report(benchmark::State& state, const CountingOptions& options) {
  const Nest nest = eyeriss_vgg16_nest();
  if (!check_nest(nest, options).empty()) {
    state.SkipWithError(check_nest(nest, options).front().c_str());
    return;
  }
  Evaluator evaluator(options);
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.evaluate(nest).energy_pj);
  state.SetItemsProcessed(state.iterations());
}

/// VGG-16's second layer on eyeriss_like, everything that Timeloop prints. Goal: 200,000 per second.
void eyeriss_vgg16(benchmark::State& state) { report(state, {.hops = false}); }
BENCHMARK(eyeriss_vgg16);

/// The same with hops, for networks with an energy per hop.
void eyeriss_vgg16_with_hops(benchmark::State& state) { report(state, {}); }
BENCHMARK(eyeriss_vgg16_with_hops);

/// The same with every iteration run, as Timeloop does without extrapolation.
void eyeriss_vgg16_exact(benchmark::State& state) { report(state, {.extrapolate = false, .hops = false}); }
BENCHMARK(eyeriss_vgg16_exact);

}  // namespace
}  // namespace ohmloop::timeloop
