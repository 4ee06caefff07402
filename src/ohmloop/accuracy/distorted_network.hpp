#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ohmloop/accuracy/accuracy_result.hpp"
#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/analog/layered_network.hpp"
#include "ohmloop/analog/value_histogram.hpp"
#include "ohmloop/inference/program.hpp"

namespace ohmloop {

/// Distributions per layer over the calibration images, undistorted.
struct LayerValues {
  std::vector<ValueHistogram> inputs;
  std::vector<ValueHistogram> outputs;
};

/// One graph of few bits or none, and the transforms of all the points and seeds that share it.
class DistortedNetwork {
 public:
  /// `point` says the bits, and the one layer if it is about one. `values` may be empty where nothing is calibrated.
  DistortedNetwork(const Graph& graph, std::int64_t batch, const AccuracySettings& settings, const AccuracyPoint& point,
                   const LayerValues& values);

  [[nodiscard]] const Program& program() const { return program_; }
  [[nodiscard]] const LayeredNetwork& network() const { return network_; }

  /// The transforms of a point with its noise, owned by this object.
  const std::vector<const ValueTransform*>& add_run(const AccuracyPoint& point, std::uint64_t seed);

 private:
  const AccuracySettings& settings_;
  const LayerValues& values_;
  LayeredNetwork network_;
  Program program_;
  std::vector<std::unique_ptr<ValueTransform>> noises_;
  std::vector<std::unique_ptr<std::vector<const ValueTransform*>>> runs_;
};

/// Whether two points share a graph.
bool share_graph(const AccuracyPoint& a, const AccuracyPoint& b);

/// Runs the undistorted network on the first images, and keeps what its layers take and give.
LayerValues record_layer_values(const Graph& graph, std::int64_t batch, NoisePlace place, const DataSet& data,
                                std::size_t images, const AccuracyOptions& options);

}  // namespace ohmloop
