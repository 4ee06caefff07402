#include <benchmark/benchmark.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {
namespace {

void map_conv(benchmark::State& state, const char* preset) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(preset), {}, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  parameters.pad_top = parameters.pad_left = parameters.pad_bottom = parameters.pad_right = 1;
  const Einsum einsum = lower("conv", convolution(1, 128, 28, 28, 128, parameters), architecture);
  MapperStats stats;
  for (auto _ : state) benchmark::DoNotOptimize(find_mapping(einsum, architecture, tables, {}, &stats));
  state.counters["mappings"] = static_cast<double>(stats.evaluated);
}

// Goal: 20 ms, so that the 20-odd different layers of a ResNet take less than a second.
BENCHMARK_CAPTURE(map_conv, isaac, "isaac")->Unit(benchmark::kMillisecond);
// Goal: 300 ms.
BENCHMARK_CAPTURE(map_conv, eyeriss, "eyeriss")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
