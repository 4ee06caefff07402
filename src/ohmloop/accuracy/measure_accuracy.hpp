#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/accuracy_result.hpp"
#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// What is asked for. The points are all combinations of the lists.
struct AccuracySettings {
  NoiseSettings noise;
  std::vector<double> noise_amplitudes = {0};
  std::vector<std::optional<int>> weight_bits = {std::nullopt};
  std::vector<std::optional<int>> activation_bits = {std::nullopt};
  PrecisionSettings precision;  ///< rules only: bits come from the lists
  LayerChoice layers;
  bool per_layer = false;                  ///< every point with one layer distorted at a time instead of all
  std::vector<std::uint64_t> seeds = {1};  ///< of the noise; a point without noise has one run
  std::optional<std::size_t> images{};     ///< the first so many; all
  std::int64_t batch = 4;
  std::size_t calibration_images = 128;   ///< the first so many choose the ranges of activations
  std::optional<double> stop_at_width{};  ///< of the widest 95% interval of top-1, a fraction
};

struct AccuracyOptions {
  std::size_t threads = 0;                                            ///< 0: as many as the machine has
  std::function<void(std::size_t done, std::size_t all)> progress{};  ///< image runs; from any thread
  std::function<bool()> interrupted{};                                ///< from any thread
};

/// Points in the order of the lists, noise fastest; with per_layer a point per layer.
std::vector<AccuracyPoint> points_of(const AccuracySettings& settings, std::size_t layers);

/// Runs the network on the data set under every distortion. The result depends on neither threads nor timing; on the
/// batch size only in the last bits of float32 sums. All points and seeds see the same images, and the same noise but
/// for its amplitude. Throws InputError: a network that doesn't fit the images, no weight layer, images that can't be
/// decoded (all of them).
AccuracyResult measure_accuracy(const Graph& graph, const DataSet& data, const AccuracySettings& settings,
                                const AccuracyOptions& options = {});

}  // namespace ohmloop
