#include "ohmloop/analog/calibration.hpp"

#include <vector>

#include <benchmark/benchmark.h>

#include "ohmloop/analog/gaussian_noise.hpp"

namespace ohmloop {
namespace {

void calibrate_layer(benchmark::State& state) {
  std::vector<float> values(1'000'000);
  fill_gaussian(values, {.seed = 1});
  ValueHistogram histogram;
  histogram.observe(values);
  const ActivationQuantisation options{static_cast<int>(state.range(0)), ActivationScaleRule::least_squares};
  for (auto _ : state) benchmark::DoNotOptimize(calibrate(histogram, options));
}
BENCHMARK(calibrate_layer)->ArgName("bits")->Arg(2)->Arg(4)->Arg(8)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ohmloop
