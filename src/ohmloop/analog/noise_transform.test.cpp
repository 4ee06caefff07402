#include "ohmloop/analog/noise_transform.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "ohmloop/analog/layered_network.hpp"
#include "ohmloop/inference/graph_for_tests.hpp"
#include "ohmloop/inference/program.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t sample = 3 * 36;

std::vector<float> random_images(std::size_t images) {
  std::mt19937 random(4);
  std::normal_distribution<float> normal;
  std::vector<float> values(images * sample);
  for (float& value : values) value = normal(random);
  return values;
}

/// Scores of all images, in batches of any size, with noise in every layer.
std::vector<float> scores(const LayeredNetwork& network, const std::vector<float>& images, std::int64_t batch,
                          LayerNoise noise) {
  const Program program(network.graph, batch);
  Session session(program);
  std::vector<std::unique_ptr<ValueTransform>> owned;
  std::vector<const ValueTransform*> transforms(network.transforms(), nullptr);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    noise.layer = static_cast<std::uint16_t>(i);
    transforms[i] = owned.emplace_back(make_noise(noise)).get();
  }
  std::vector<float> result;
  const std::size_t count = images.size() / sample;
  for (std::size_t first = 0; first < count; first += static_cast<std::size_t>(batch)) {
    const std::size_t here = std::min(static_cast<std::size_t>(batch), count - first);
    std::copy_n(images.begin() + static_cast<std::ptrdiff_t>(first * sample), here * sample, session.input(0).begin());
    session.run({first, here}, transforms);
    const auto output = session.output_values(0);
    result.insert(result.end(), output.begin(), output.begin() + static_cast<std::ptrdiff_t>(here * 10));
  }
  return result;
}

TEST(NoiseTransform, TheBatchSizeChangesNothing) {
  const std::vector<float> images = random_images(7);
  for (const NoisePlace place : {NoisePlace::sum, NoisePlace::bias, NoisePlace::normalised, NoisePlace::activation}) {
    const LayeredNetwork network = layer_network(small_network(), {place, false});
    for (const NoiseKind kind : {NoiseKind::fixed, NoiseKind::rescaled}) {
      LayerNoise noise;
      noise.kind = kind;
      noise.amplitude = 0.1;
      noise.seed = 3;
      const std::vector<float> expected = scores(network, images, 1, noise);
      for (const std::int64_t batch : {2, 3, 7, 16}) {
        const std::vector<float> got = scores(network, images, batch, noise);
        ASSERT_EQ(got.size(), expected.size());
        for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-5) << "batch " << batch;
      }
      noise.seed = 4;
      EXPECT_NE(scores(network, images, 1, noise), expected);
    }
  }
}

TEST(NoiseTransform, NoAmplitudeChangesNothing) {
  const std::vector<float> images = random_images(3);
  const LayeredNetwork network = layer_network(small_network());
  LayerNoise none;
  none.kind = NoiseKind::fixed;
  LayerNoise rescaled = none;
  rescaled.kind = NoiseKind::rescaled;
  EXPECT_EQ(scores(network, images, 3, none), scores(network, images, 3, rescaled));
}

/// Plain activations of one layer, to look at the noise itself.
struct Activations {
  std::vector<float> values;
  Dims dims;

  ActivationView view(std::size_t images) {
    ActivationView view;
    view.values = values.data();
    view.image_dims = dims;
    view.image_stride = values.size() / images;
    view.images = images;
    view.first_image = 5;
    return view;
  }
};

double deviation(const std::vector<float>& noisy, const std::vector<float>& clean, std::size_t first,
                 std::size_t count) {
  double squares = 0;
  for (std::size_t i = first; i < first + count; ++i)
    squares += std::pow(static_cast<double>(noisy[i]) - static_cast<double>(clean[i]), 2);
  return std::sqrt(squares / static_cast<double>(count));
}

TEST(NoiseTransform, DeviationsFollowTheirDefinitions) {
  constexpr std::size_t per_image = 32 * 40 * 40;
  Activations clean{std::vector<float>(2 * per_image, 1.0F), {32, 40, 40}};
  clean.values[100] = -4.0F;             // the largest magnitude of image 0
  clean.values[per_image + 100] = 8.0F;  // ... of image 1
  const auto measured = [&](NoiseKind kind, NoiseMaximum maximum) {
    Activations noisy = clean;
    LayerNoise noise;
    noise.kind = kind;
    noise.maximum = maximum;
    noise.amplitude = 0.5;
    noise.calibrated_maximum = 20;
    make_noise(noise)->apply(noisy.view(2), {});
    return std::pair(deviation(noisy.values, clean.values, 0, per_image),
                     deviation(noisy.values, clean.values, per_image, per_image));
  };
  // 51,200 numbers: the deviation of a deviation is 0.3%.
  const auto expect = [](std::pair<double, double> got, double first, double second) {
    EXPECT_NEAR(got.first, first, 0.015 * first);
    EXPECT_NEAR(got.second, second, 0.015 * second);
  };
  expect(measured(NoiseKind::fixed, NoiseMaximum::image), 0.5, 0.5);
  expect(measured(NoiseKind::rescaled, NoiseMaximum::image), 2.0, 4.0);
  expect(measured(NoiseKind::rescaled, NoiseMaximum::batch), 4.0, 4.0);
  expect(measured(NoiseKind::rescaled, NoiseMaximum::calibration), 10.0, 10.0);
}

TEST(NoiseTransform, TheClampComesAfterTheNoise) {
  Activations values{std::vector<float>(1000, 0.0F), {1000}};
  LayerNoise noise;
  noise.kind = NoiseKind::fixed;
  noise.amplitude = 1;
  make_noise(noise)->apply(values.view(1), {0.0F, 0.5F});
  EXPECT_EQ(*std::min_element(values.values.begin(), values.values.end()), 0.0F);
  EXPECT_EQ(*std::max_element(values.values.begin(), values.values.end()), 0.5F);
  EXPECT_GT(std::count_if(values.values.begin(), values.values.end(), [](float v) { return v > 0 && v < 0.5F; }), 100);
}

}  // namespace
}  // namespace ohmloop
