#include <benchmark/benchmark.h>

#include "ohmloop/analog/layered_network.hpp"
#include "ohmloop/analog/low_precision.hpp"
#include "ohmloop/analog/noise_transform.hpp"
#include "ohmloop/base/parallel.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/inference/test_networks.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t threads = 2;

/// Both threads run a batch an iteration.
void run_batches(benchmark::State& state, const Program& program,
                 const std::vector<const ValueTransform*>& transforms) {
  std::vector<Session> sessions;
  std::vector<std::vector<float>> images;
  for (std::size_t i = 0; i < threads; ++i) {
    sessions.emplace_back(program);
    images.emplace_back(sessions.back().input(0).size(), 0.5F);
  }
  const auto batch = static_cast<std::size_t>(program.batch());
  for (auto _ : state) {
    parallel_for(threads, threads, [&](std::size_t i) {
      std::copy(images[i].begin(), images[i].end(), sessions[i].input(0).begin());
      sessions[i].run({0, batch}, transforms);
    });
  }
  state.counters["images"] =
      benchmark::Counter(static_cast<double>(state.iterations() * program.batch() * static_cast<std::int64_t>(threads)),
                         benchmark::Counter::kIsRate);
}

void with_noise(benchmark::State& state, const TestModel& model, NoiseKind kind) {
  const Graph graph = read_graph_bytes(model.bytes(), "random.onnx");
  if (kind == NoiseKind::none) {
    run_batches(state, Program(simplify(graph), state.range(0)), {});
    return;
  }
  const LayeredNetwork network = layer_network(graph);
  std::vector<std::unique_ptr<ValueTransform>> owned;
  std::vector<const ValueTransform*> transforms;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    LayerNoise noise;
    noise.kind = kind;
    noise.amplitude = 0.05;
    noise.layer = static_cast<std::uint16_t>(i);
    transforms.push_back(owned.emplace_back(make_noise(noise)).get());
  }
  run_batches(state, Program(network.graph, state.range(0)), transforms);
}

/// Weights and activations of 8 bits, sums of whole numbers.
void with_few_bits(benchmark::State& state, const TestModel& model) {
  LayeredNetwork network =
      layer_network(read_graph_bytes(model.bytes(), "random.onnx"), {NoisePlace::normalised, true});
  const std::vector<Quantiser> quantisers(network.layers.size(), Quantiser{8, false, 1.0F / 255});
  PrecisionSettings precision;
  precision.weight_bits = 8;
  precision.activation_bits = 8;
  quantise_layers(network, precision, quantisers, {});
  std::vector<const ValueTransform*> transforms;
  for (const auto& one : network.fixed) transforms.push_back(one.get());
  run_batches(state, Program(network.graph, state.range(0)), transforms);
}

void resnet18(benchmark::State& state) { with_noise(state, ResidualModel::resnet18(), NoiseKind::none); }
void resnet18_fixed(benchmark::State& state) { with_noise(state, ResidualModel::resnet18(), NoiseKind::fixed); }
void resnet18_rescaled(benchmark::State& state) { with_noise(state, ResidualModel::resnet18(), NoiseKind::rescaled); }
void resnet18_8_bits(benchmark::State& state) { with_few_bits(state, ResidualModel::resnet18()); }
void resnet20(benchmark::State& state) { with_noise(state, ResidualModel::cifar(3), NoiseKind::none); }
void resnet20_rescaled(benchmark::State& state) { with_noise(state, ResidualModel::cifar(3), NoiseKind::rescaled); }

BENCHMARK(resnet18)->ArgName("batch")->Arg(1)->Arg(2)->Arg(4)->Arg(8)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(resnet18_fixed)
    ->ArgName("batch")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(resnet18_rescaled)
    ->ArgName("batch")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(resnet18_8_bits)
    ->ArgName("batch")
    ->Arg(1)
    ->Arg(2)
    ->Arg(4)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(resnet20)->ArgName("batch")->Arg(2)->Arg(8)->Arg(16)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(resnet20_rescaled)->ArgName("batch")->Arg(2)->Arg(8)->Arg(16)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
