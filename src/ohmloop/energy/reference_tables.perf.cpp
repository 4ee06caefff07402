#include "ohmloop/energy/reference_tables.hpp"

#include <benchmark/benchmark.h>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

/// Reads all tables and estimates the preset with most components. Goal: a small part of the 50 ms of `ohmloop energy`.
void estimate_isaac(benchmark::State& state) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(find_preset("isaac"), {}, diagnostics);
  for (auto _ : state) {
    Diagnostics own;
    benchmark::DoNotOptimize(estimate_reference_tables(architecture, own));
  }
}
BENCHMARK(estimate_isaac)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
