#include "ohmloop/analog/gaussian_noise.hpp"

#include <vector>

#include <benchmark/benchmark.h>

namespace ohmloop {
namespace {

constexpr RandomKey key{.seed = 1, .purpose = RandomPurpose::output_noise, .layer = 3, .image = 7};
constexpr std::size_t count = 100'000;

void fill_numbers(benchmark::State& state) {
  std::vector<float> values(count);
  for (auto _ : state) {
    fill_gaussian(values, key);
    benchmark::DoNotOptimize(values.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(fill_numbers)->Unit(benchmark::kMicrosecond);

void add_to_values(benchmark::State& state) {
  std::vector<float> values(count);
  for (auto _ : state) {
    add_gaussian(values, 1e-3F, key, 0, {.lower = 0});
    benchmark::DoNotOptimize(values.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(add_to_values)->Unit(benchmark::kMicrosecond);

/// The first stage of ResNet-18, in each layout.
void add_to_image(benchmark::State& state) {
  const ImageShape shape{static_cast<std::size_t>(state.range(1)), 56, 56};
  const auto layout = static_cast<ActivationLayout>(state.range(0));
  std::vector<float> values(stored_values(shape, layout));
  for (auto _ : state) {
    add_gaussian_to_image(values, shape, layout, 1e-3F, key, {.lower = 0});
    benchmark::DoNotOptimize(values.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}
BENCHMARK(add_to_image)->ArgNames({"layout", "channels"})->ArgsProduct({{0, 1, 2, 3}, {24, 64}});

}  // namespace
}  // namespace ohmloop
