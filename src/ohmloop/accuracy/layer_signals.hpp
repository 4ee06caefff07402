#pragma once

#include <cstddef>
#include <vector>

#include "ohmloop/accuracy/accuracy_result.hpp"
#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/accuracy/distorted_network.hpp"

namespace ohmloop {

/// Signal-to-noise ratio of what each weight layer gives, in `distorted` under `transforms` against `clean`, over the
/// first images of the data set. Both graphs have the same layers.
std::vector<LayerSignal> measure_layer_signals(const DistortedNetwork& clean, const DistortedNetwork& distorted,
                                               const std::vector<const ValueTransform*>& transforms,
                                               const DataSet& data, std::size_t images, const AccuracyOptions& options);

}  // namespace ohmloop
