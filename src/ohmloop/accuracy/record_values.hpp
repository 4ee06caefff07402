#pragma once

#include <string>
#include <vector>

#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/analog/code_histogram.hpp"
#include "ohmloop/analog/value_histogram.hpp"

namespace ohmloop {

/// Distributions of one weight layer: numbers as they are, and as codes of few bits with one scale for all.
struct RecordedLayer {
  std::string name;
  ValueHistogram weights;
  ValueHistogram inputs;   ///< what the layer takes
  ValueHistogram outputs;  ///< what it gives, where noise would enter
  CodeHistogram weight_codes{8, true};
  CodeHistogram input_codes{8, false};
  double weight_scale = 1;
  double input_scale = 1;
};

struct ValueRecord {
  std::string network;
  std::string data_set;
  std::size_t images = 0;
  std::vector<RecordedLayer> layers;
};

/// Of the undistorted network over the images of the settings. Codes have the settings' first bits, 8 where those are
/// float; ranges are chosen by the settings' rules over the same images.
ValueRecord record_values(const Graph& graph, const DataSet& data, const AccuracySettings& settings,
                          std::size_t threads);

}  // namespace ohmloop
