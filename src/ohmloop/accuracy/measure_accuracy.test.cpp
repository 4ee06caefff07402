#include "ohmloop/accuracy/measure_accuracy.hpp"

#include <atomic>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "ohmloop/inference/graph_for_tests.hpp"

namespace ohmloop {
namespace {

/// Random images with labels at random, some of them damaged.
class RandomImages final : public DataSet {
 public:
  explicit RandomImages(std::size_t images) : images_(images) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::size_t size() const override { return images_; }
  [[nodiscard]] std::optional<std::int64_t> classes() const override { return std::nullopt; }
  [[nodiscard]] std::int64_t label(std::size_t index) const override {
    return first_label + static_cast<std::int64_t>(index * 7 % 10);
  }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return "image " + std::to_string(index); }
  [[nodiscard]] const std::vector<std::int64_t>& sample_dims() const override { return dims; }
  [[nodiscard]] std::size_t sample_size() const override { return static_cast<std::size_t>(element_count(dims)); }
  void load(std::size_t index, std::span<float> sample) const override {
    if (damaged_every != 0 && index % damaged_every == 1) throw ImageError(index, image_name(index), "torn in two");
    std::mt19937 random(static_cast<std::uint32_t>(index));
    std::normal_distribution<float> normal;
    for (float& value : sample) value = normal(random);
    if (index == not_a_number) sample[0] = std::numeric_limits<float>::quiet_NaN();
  }
  [[nodiscard]] std::string decoder() const override { return "none"; }
  [[nodiscard]] std::string preprocessing() const override { return "none"; }

  std::vector<std::int64_t> dims = {3, 6, 6};
  std::int64_t first_label = 0;
  std::size_t damaged_every = 0;
  std::size_t not_a_number = std::numeric_limits<std::size_t>::max();

 private:
  std::string name_ = "random";
  std::size_t images_;
};

AccuracySettings noisy(std::vector<double> amplitudes, std::vector<std::uint64_t> seeds = {1}) {
  AccuracySettings settings;
  settings.noise.kind = NoiseKind::rescaled;
  settings.noise_amplitudes = std::move(amplitudes);
  settings.seeds = std::move(seeds);
  return settings;
}

void expect_same(const AccuracyResult& a, const AccuracyResult& b) {
  ASSERT_EQ(a.points.size(), b.points.size());
  EXPECT_EQ(a.predictions, b.predictions);
  EXPECT_EQ(a.reference_top1, b.reference_top1);
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    EXPECT_EQ(a.points[i].top1, b.points[i].top1);
    EXPECT_EQ(a.points[i].agreement, b.points[i].agreement);
    EXPECT_EQ(a.points[i].top1_ci95, b.points[i].top1_ci95);
    EXPECT_EQ(a.points[i].change_ci95, b.points[i].change_ci95);
  }
  ASSERT_EQ(a.signals.size(), b.signals.size());
  for (std::size_t i = 0; i < a.signals.size(); ++i)
    EXPECT_EQ(a.signals[i].signal_to_noise_db, b.signals[i].signal_to_noise_db);
}

TEST(MeasureAccuracy, ThreadsChangeNothing) {
  const Graph graph = small_network();
  const RandomImages data(203);
  AccuracySettings settings = noisy({0, 0.1, 0.3}, {1, 2});
  settings.weight_bits = {std::nullopt, 4};
  settings.activation_bits = {8};
  AccuracyOptions one;
  one.threads = 1;
  const AccuracyResult expected = measure_accuracy(graph, data, settings, one);
  EXPECT_EQ(expected.points.size(), 6U);
  for (const std::size_t threads : {2, 5}) {
    AccuracyOptions options;
    options.threads = threads;
    expect_same(measure_accuracy(graph, data, settings, options), expected);
  }
}

TEST(MeasureAccuracy, BatchesChangeNoPrediction) {
  const Graph graph = small_network();
  const RandomImages data(50);
  AccuracySettings settings = noisy({0.2});
  const AccuracyResult expected = measure_accuracy(graph, data, settings);
  for (const std::int64_t batch : {1, 7, 64}) {
    settings.batch = batch;
    EXPECT_EQ(measure_accuracy(graph, data, settings).predictions, expected.predictions) << batch;
  }
}

TEST(MeasureAccuracy, APointOnItsOwnIsThatOfTheCurve) {
  const Graph graph = small_network();
  const RandomImages data(80);
  const AccuracyResult curve = measure_accuracy(graph, data, noisy({0, 0.1, 0.2}, {3, 4}));
  const AccuracyResult alone = measure_accuracy(graph, data, noisy({0.1}, {3, 4}));
  EXPECT_EQ(curve.points[1].top1, alone.points[0].top1);
  EXPECT_EQ(curve.points[1].change_ci95, alone.points[0].change_ci95);
  EXPECT_EQ(curve.reference_top1, alone.reference_top1);
  EXPECT_EQ(curve.points[0].seeds.size(), 1U) << "without noise, a seed is as good as another";
  EXPECT_EQ(curve.points[1].seeds.size(), 2U);
}

TEST(MeasureAccuracy, NoDistortionAgreesWithItself) {
  const AccuracyResult result = measure_accuracy(small_network(), RandomImages(30), {});
  ASSERT_EQ(result.points.size(), 1U);
  EXPECT_EQ(result.points[0].agreement, 1.0);
  EXPECT_EQ(result.points[0].change, 0.0);
  EXPECT_EQ(result.points[0].top1, result.reference_top1);
  EXPECT_TRUE(result.signals.empty());
  EXPECT_EQ(result.classes, 10);
}

TEST(MeasureAccuracy, OneLayerAtATime) {
  AccuracySettings settings = noisy({0.5});
  settings.per_layer = true;
  const RandomImages data(60);
  const AccuracyResult noise = measure_accuracy(small_network(), data, settings);
  ASSERT_EQ(noise.points.size(), 3U);
  AccuracySettings bits;
  bits.weight_bits = {2};
  bits.per_layer = true;
  const AccuracyResult weights = measure_accuracy(small_network(), data, bits);
  ASSERT_EQ(weights.points.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(noise.points[i].point.layer, i);
    EXPECT_LT(noise.points[i].agreement, 1.0);
    EXPECT_LT(weights.points[i].agreement, 1.0);
  }
  EXPECT_NE(noise.points[0].agreement, noise.points[2].agreement);
}

TEST(MeasureAccuracy, SignalsFallWithNoise) {
  const RandomImages data(20);
  const AccuracyResult little = measure_accuracy(small_network(), data, noisy({0.01}));
  const AccuracyResult much = measure_accuracy(small_network(), data, noisy({0.1}));
  ASSERT_EQ(little.signals.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_GT(little.signals[i].signal_to_noise_db, much.signals[i].signal_to_noise_db + 10);
}

TEST(MeasureAccuracy, StopsWhereIntervalsAreNarrowEnough) {
  const RandomImages data(5000);
  AccuracySettings settings = noisy({0.1});
  settings.stop_at_width = 0.03;
  const AccuracyResult result = measure_accuracy(small_network(), data, settings);
  EXPECT_TRUE(result.stopped_early);
  EXPECT_EQ(result.images, 2048U) << "looked at after every 1024 images; a tenth is right by chance";
  EXPECT_LE(result.points[0].top1_ci95.width(), 0.03);
  EXPECT_EQ(result.predictions.size(), result.images);
}

TEST(MeasureAccuracy, DamagedImagesAreNamedAndCounted) {
  RandomImages data(100);
  data.damaged_every = 10;
  try {
    measure_accuracy(small_network(), data, noisy({0, 0.1}));
    FAIL() << "damaged images went unnoticed";
  } catch (const InputError& error) {
    ASSERT_EQ(error.diagnostics().size(), 1U);
    EXPECT_NE(error.diagnostics()[0].message.find("10 of 100 images"), std::string::npos);
    ASSERT_EQ(error.diagnostics()[0].notes.size(), 10U);
    EXPECT_EQ(error.diagnostics()[0].notes[0], "image 1: torn in two");
  }
}

TEST(MeasureAccuracy, WhatIsNoNumberIsCountedAndWrong) {
  RandomImages data(20);
  data.not_a_number = 3;
  GraphForTests make;  // no ReLU, which turns NaN into 0
  const Graph graph = make.finish(make.gemm(make.node("Flatten", {make.input({-1, 3, 6, 6})}), 108, 10, true));
  const AccuracyResult result = measure_accuracy(graph, data, noisy({0.1}));
  EXPECT_EQ(result.points[0].seeds[0].not_numbers, 1);
  EXPECT_EQ(result.predictions[3], Outcome::no_number);
}

TEST(MeasureAccuracy, WhatDoesNotFitIsRefused) {
  const Graph graph = small_network();
  RandomImages wrong_size(5);
  wrong_size.dims = {3, 6, 8};
  EXPECT_THROW(measure_accuracy(graph, wrong_size, {}), InputError);
  RandomImages wrong_labels(5);
  wrong_labels.first_label = 5;
  EXPECT_THROW(measure_accuracy(graph, wrong_labels, {}), InputError);
  RandomImages negative(5);
  negative.first_label = -1;
  EXPECT_THROW(measure_accuracy(graph, negative, {}), InputError);
}

TEST(MeasureAccuracy, AnInterruptionKeepsWhatIsDone) {
  const RandomImages data(400);
  AccuracySettings settings = noisy({0.1});
  settings.batch = 8;
  std::atomic<int> asked = 0;
  AccuracyOptions options;
  options.threads = 2;
  options.interrupted = [&] { return ++asked > 20; };
  const AccuracyResult result = measure_accuracy(small_network(), data, settings, options);
  EXPECT_TRUE(result.was_interrupted);
  EXPECT_GT(result.images, 0U);
  EXPECT_LT(result.images, 400U);
  settings.images = result.images;
  EXPECT_EQ(measure_accuracy(small_network(), data, settings).points[0].top1, result.points[0].top1);
}

TEST(MeasureAccuracy, PointsAreAllCombinations) {
  AccuracySettings settings = noisy({0, 1});
  settings.weight_bits = {2, std::nullopt};
  settings.activation_bits = {std::nullopt, 8, 4};
  EXPECT_EQ(points_of(settings, 7).size(), 12U);
  settings.per_layer = true;
  EXPECT_EQ(points_of(settings, 7).size(), 84U);
}

}  // namespace
}  // namespace ohmloop
