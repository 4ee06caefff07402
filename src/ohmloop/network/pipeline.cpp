#include "ohmloop/network/pipeline.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/network/producers.hpp"

namespace ohmloop {
namespace {

/// The part of a layer's input that its first row of outputs needs.
double first_window(const LayerShape& shape) {
  if (shape.weight_is_activation) return 1;
  const auto rows = static_cast<double>((shape.R - 1) * shape.dilation_height + 1 - shape.pad_top);
  return std::clamp(rows / static_cast<double>(shape.H), 0.0, 1.0);
}

}  // namespace

PipelineTiming pipeline_timing(const Network& network, const NetworkEvaluation& evaluation) {
  PipelineTiming timing;
  const auto producers = producers_of_layers(network, evaluation.layers);
  std::vector<double> starts(evaluation.layers.size(), 0);
  std::vector<double> ends(evaluation.layers.size(), 0);
  double last = 0;
  for (std::size_t i = 0; i < evaluation.layers.size(); ++i) {
    const UniqueLayer& layer = evaluation.unique[evaluation.layers[i].unique];
    const auto cycles = static_cast<double>(layer.mapped.evaluation.latency_cycles);
    const double row = cycles / static_cast<double>(layer.shape.E);
    const double needed = first_window(layer.shape);
    for (const std::size_t from : producers[i]) {
      starts[i] = std::max(starts[i], starts[from] + needed * (ends[from] - starts[from]));
      ends[i] = std::max(ends[i], ends[from] + row);
    }
    ends[i] = std::max(ends[i], starts[i] + cycles);
    last = std::max(last, ends[i]);
    if (layer.mapped.evaluation.latency_cycles <= timing.interval_cycles) continue;
    timing.interval_cycles = layer.mapped.evaluation.latency_cycles;
    timing.slowest_layer = i;
  }
  timing.first_result_cycles = static_cast<std::int64_t>(std::ceil(last));
  return timing;
}

}  // namespace ohmloop
