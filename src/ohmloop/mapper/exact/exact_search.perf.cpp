#include <benchmark/benchmark.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/mapper/map_timeloop_spec.hpp"
#include "ohmloop/timeloop/reading/reading_testing.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

/// EDP of Timeloop's best mapping of a reference case.
double peer_edp(const timeloop::TimeloopSpec& spec) {
  Diagnostics diagnostics;
  const auto nest = timeloop::to_nest(spec, diagnostics, timeloop::nest_options_of(spec));
  if (!nest) return 0;
  const timeloop::TimeloopResult result = timeloop::evaluate(*nest, spec.counting);
  return result.energy_pj * static_cast<double>(result.cycles);
}

/// Fan-outs and memories with everything that constrains their loops taken away.
void free_loops(timeloop::TimeloopSpec& spec) {
  for (timeloop::LoopDirective& directive : spec.constraints.loops) {
    directive.factors.clear();
    directive.permutation.clear();
    directive.split.reset();
  }
}

/// The optimum of a reference case; counters say how it compares with Timeloop's best.
void map_case(benchmark::State& state, const std::string& name, bool free) {
  if (testing_timeloop::peers_are_absent()) return state.SkipWithError(testing_timeloop::no_peers);
  for (const testing_timeloop::PeerCase& one : testing_timeloop::peer_cases()) {
    if (one.name != name) continue;
    timeloop::TimeloopSpec spec = testing_timeloop::spec_of_peers(one.files);
    const double peer = peer_edp(spec);
    spec.mapping.reset();
    if (free) free_loops(spec);
    MapSpecResult result;
    MapStats stats;
    for (auto _ : state) {
      Diagnostics diagnostics;
      result = map_timeloop_spec(spec, diagnostics, {}, &stats);
    }
    if (!result.best || !result.best->certificate.optimal) return state.SkipWithError("no optimum");
    const timeloop::TimeloopResult& found = result.best->evaluation;
    state.counters["peer_edp"] = peer / (found.energy_pj * static_cast<double>(found.cycles));
    state.counters["mapspace"] = result.best->certificate.mappings;
    state.counters["tilings"] = static_cast<double>(stats.nests.states);
  }
}

BENCHMARK_CAPTURE(map_case, alexnet_0, "eyeriss_like-alexnet-0", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, alexnet_1, "eyeriss_like-alexnet-1", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, alexnet_2, "eyeriss_like-alexnet-2", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, resnet18_05, "eyeriss_like-resnet18-05", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, vgg16_01, "eyeriss_like-vgg16-01", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, ex06, "ex06-mapper-eyeriss-vgg02l5", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, vgg16_01_free, "eyeriss_like-vgg16-01", true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, simba, "published/simba_like", false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_case, simba_free, "published/simba_like", true)->Unit(benchmark::kMillisecond);

/// Every layer of a network that differs from those before it.
void map_network(benchmark::State& state, const char* network_name, const char* preset) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(preset), {}, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  std::vector<LayerShape> shapes;
  for (const NetworkNode& node : find_zoo_entry(network_name)->build(1).nodes) {
    if (!node.shape || std::find(shapes.begin(), shapes.end(), *node.shape) != shapes.end()) continue;
    shapes.push_back(*node.shape);
  }
  double open = 0;
  for (auto _ : state) {
    for (const LayerShape& shape : shapes) {
      const Einsum einsum = lower("layer", shape, architecture);
      const MapperResult result = map_layer(einsum, architecture, tables);
      open += result.best && result.best->certificate.optimal ? 0 : 1;
    }
  }
  state.counters["layers"] = static_cast<double>(shapes.size());
  state.counters["open"] = open;
}

BENCHMARK_CAPTURE(map_network, alexnet, "alexnet", "eyeriss")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_network, vgg16, "vgg16", "eyeriss")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_network, resnet18, "resnet18", "eyeriss")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_network, resnet50, "resnet50", "eyeriss")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(map_network, gpt2, "gpt2", "eyeriss")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
