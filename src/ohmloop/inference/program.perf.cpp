#include "ohmloop/inference/program.hpp"

#include <benchmark/benchmark.h>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/inference/test_networks.hpp"

namespace ohmloop {
namespace {

/// Images per second of one network: one iteration is a batch on every thread.
void run_batches(benchmark::State& state, const TestModel& model) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  const std::int64_t batch = state.range(1);
  const Program program(simplify(read_graph_bytes(model.bytes(), "random.onnx")), batch);
  std::vector<Session> sessions;
  for (std::size_t i = 0; i < threads; ++i) {
    sessions.emplace_back(program);
    std::fill(sessions.back().input(0).begin(), sessions.back().input(0).end(), 0.5F);
  }
  for (auto _ : state) {
    parallel_for(threads, threads, [&](std::size_t i) { sessions[i].run({0, static_cast<std::size_t>(batch)}); });
  }
  state.counters["images"] =
      benchmark::Counter(static_cast<double>(state.iterations() * batch * state.range(0)), benchmark::Counter::kIsRate);
}

void resnet18(benchmark::State& state) { run_batches(state, ResidualModel::resnet18()); }
void resnet20(benchmark::State& state) { run_batches(state, ResidualModel::cifar(3)); }

BENCHMARK(resnet18)
    ->ArgNames({"threads", "batch"})
    ->Args({1, 1})
    ->Args({1, 4})
    ->Args({1, 16})
    ->Args({2, 1})
    ->Args({2, 4})
    ->Args({2, 8})
    ->Args({2, 16})
    ->Args({2, 32})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(resnet20)
    ->ArgNames({"threads", "batch"})
    ->Args({1, 1})
    ->Args({1, 8})
    ->Args({2, 4})
    ->Args({2, 8})
    ->Args({2, 16})
    ->Args({2, 32})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
