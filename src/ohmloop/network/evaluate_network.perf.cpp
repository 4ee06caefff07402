#include "ohmloop/network/evaluate_network.hpp"

#include <benchmark/benchmark.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

void evaluate_preset(benchmark::State& state, const char* network_name, const char* preset) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(preset), {}, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  const Network network = find_zoo_entry(network_name)->build(1);
  NetworkStats stats;
  for (auto _ : state) {
    benchmark::DoNotOptimize(evaluate_network(network, architecture, tables, {}, &stats));
  }
  state.counters["mappings"] = static_cast<double>(stats.mappings_evaluated);
}

/// A chip from its file to the evaluation of one layer of ResNet-18, 128 filters of 128 x 3 x 3 over 28 x 28.
void evaluate_layer(benchmark::State& state, const char* preset) {
  ConvolutionParameters kernel;
  kernel.kernel_height = kernel.kernel_width = 3;
  kernel.pad_top = kernel.pad_left = kernel.pad_bottom = kernel.pad_right = 1;
  const LayerShape shape = convolution(1, 128, 28, 28, 128, kernel);
  for (auto _ : state) {
    Diagnostics diagnostics;
    const Architecture architecture = read_architecture(open_architecture(preset), {}, diagnostics);
    const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
    benchmark::DoNotOptimize(find_mapping(lower("layer", shape, architecture), architecture, tables));
  }
}

// Goal: 20 ms for a whole macro on a layer.
BENCHMARK_CAPTURE(evaluate_layer, jia, "jia-2020")->Unit(benchmark::kMillisecond);
// Goal: ohmloop run resnet50 --arch isaac under 1 s in all, on two cores.
BENCHMARK_CAPTURE(evaluate_preset, resnet50_isaac, "resnet50", "isaac")->Unit(benchmark::kMillisecond)->UseRealTime();
// Goal: a few seconds.
BENCHMARK_CAPTURE(evaluate_preset, resnet18_eyeriss, "resnet18", "eyeriss")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace ohmloop
