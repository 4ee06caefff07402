#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/outcomes.hpp"
#include "ohmloop/accuracy/statistics.hpp"
#include "ohmloop/analog/distortion.hpp"

namespace ohmloop {

/// One distortion of the network. Seeds are the repetitions of it.
struct AccuracyPoint {
  double noise_amplitude = 0;
  std::optional<int> weight_bits{};
  std::optional<int> activation_bits{};
  std::optional<std::size_t> layer{};  ///< the only layer that is distorted

  friend bool operator==(const AccuracyPoint&, const AccuracyPoint&) = default;
};

/// A seed's share of a point. Fractions of the images.
struct SeedAccuracy {
  std::uint64_t seed = 0;
  double top1 = 0;
  double top5 = 0;
  double agreement = 0;          ///< images for which the undistorted network predicts the same class
  std::int64_t not_numbers = 0;  ///< images whose scores are not all numbers; they count as wrong
};

/// What a point came to. Means over the seeds, fractions of the images.
struct PointAccuracy {
  AccuracyPoint point;
  std::size_t images = 0;
  std::vector<SeedAccuracy> seeds;
  double top1 = 0;
  double top5 = 0;
  double agreement = 0;
  Interval top1_ci95;  ///< from the number of images (Wilson)
  Interval top5_ci95;
  std::optional<Interval> top1_seeds_ci95{};  ///< of the mean over the seeds, on these images; two seeds or more
  double change = 0;                          ///< of top-1 against the undistorted network, image by image
  Interval change_ci95;                       ///< paired: the same images
};

/// How much of a layer's output is noise, with all layers distorted: power of what it gives without distortion over
/// the power of the difference.
struct LayerSignal {
  std::string layer;
  double signal_to_noise_db = 0;  ///< infinite where nothing differs
};

struct AccuracyResult {
  std::size_t images = 0;  ///< evaluated, from the first one on
  std::int64_t classes = 0;
  double reference_top1 = 0;  ///< of the undistorted network
  double reference_top5 = 0;
  Interval reference_top1_ci95;
  std::vector<std::string> layers;  ///< weight layers in execution order
  std::vector<PointAccuracy> points;
  std::vector<LayerSignal> signals;       ///< of the last point that distorts anything; empty if none does
  std::size_t signal_images = 0;          ///< that they were measured on
  std::vector<std::int64_t> labels;       ///< per image
  std::vector<std::int32_t> predictions;  ///< of the first seed of the last point, per image
  double images_per_second = 0;           ///< image runs, decoding included
  bool was_interrupted = false;
  bool stopped_early = false;  ///< the intervals are as narrow as was asked for
};

/// The point's figures from its outcomes (one row of the table per seed) and those of the undistorted network, over the
/// first `images` images.
PointAccuracy summarise(const AccuracyPoint& point, const std::vector<std::uint64_t>& seeds,
                        const OutcomeTable& outcomes, std::size_t first_row, const OutcomeTable& reference,
                        const std::vector<std::int64_t>& labels, std::size_t images);

}  // namespace ohmloop
