#include "ohmloop/analog/quantiser.hpp"

#include <vector>

#include <benchmark/benchmark.h>

#include "ohmloop/analog/absolute_maximum.hpp"
#include "ohmloop/analog/digit_slices.hpp"
#include "ohmloop/analog/gaussian_noise.hpp"
#include "ohmloop/analog/value_histogram.hpp"
#include "ohmloop/analog/weight_quantisation.hpp"

namespace ohmloop {
namespace {

std::vector<float> normal_values(std::size_t count) {
  std::vector<float> values(count);
  fill_gaussian(values, {.seed = 1});
  return values;
}

constexpr std::size_t count = 100'000;

void quantise_values(benchmark::State& state) {
  std::vector<float> values = normal_values(count);
  for (auto _ : state) {
    quantise_dequantise(values, {8, true, 0.03F});
    benchmark::DoNotOptimize(values.data());
  }
}
BENCHMARK(quantise_values)->Unit(benchmark::kMicrosecond);

void take_upper_digits(benchmark::State& state) {
  std::vector<float> values = normal_values(count);
  quantise(values, {8, true, 0.03F}, values);
  std::vector<float> digits(count);
  for (auto _ : state) {
    take_digits(values, {4, 3}, digits);
    benchmark::DoNotOptimize(digits.data());
  }
}
BENCHMARK(take_upper_digits)->Unit(benchmark::kMicrosecond);

void find_maximum(benchmark::State& state) {
  const std::vector<float> values = normal_values(count);
  for (auto _ : state) benchmark::DoNotOptimize(absolute_maximum(values));
}
BENCHMARK(find_maximum)->Unit(benchmark::kMicrosecond);

/// Outputs of a ReLU, half of them zero.
void observe_values(benchmark::State& state) {
  std::vector<float> values = normal_values(count);
  for (float& value : values) value = value < 0 ? 0 : value;
  ValueHistogram histogram;
  for (auto _ : state) histogram.observe(values);
}
BENCHMARK(observe_values)->Unit(benchmark::kMicrosecond);

/// 512 channels of 3 x 3 x 512, the largest layer of ResNet-18.
void quantise_layer(benchmark::State& state) {
  const std::vector<float> weights = normal_values(512UL * 4608);
  const WeightQuantisation options{static_cast<int>(state.range(0)), state.range(1) != 0,
                                   WeightScaleRule::least_squares};
  for (auto _ : state) benchmark::DoNotOptimize(quantise_weights(weights, {1, 512, 4608}, options));
}
BENCHMARK(quantise_layer)
    ->ArgNames({"bits", "per_channel"})
    ->ArgsProduct({{2, 4, 8, 16}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
