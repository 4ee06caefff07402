#include "ohmloop/network/pipeline.hpp"

#include <algorithm>
#include <map>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/node_times.hpp"
#include "ohmloop/network/digital_layers.hpp"

namespace ohmloop {
namespace {

/// When the result of a node begins to come, and when it is complete; in cycles.
struct Span {
  double start = 0;
  double end = 0;
};

/// The part of a layer's input that its first row of outputs needs.
double first_window(const LayerShape& shape) {
  if (shape.weight_is_activation) return 1;
  const auto rows = static_cast<double>((shape.R - 1) * shape.dilation_height + 1 - shape.pad_top);
  return std::clamp(rows / static_cast<double>(shape.H), 0.0, 1.0);
}

Span span_of_layer(const UniqueLayer& layer, const std::vector<std::size_t>& inputs, const std::vector<Span>& spans) {
  const auto cycles = static_cast<double>(layer.mapped.evaluation.latency_cycles);
  const double row = cycles / static_cast<double>(layer.shape.E);
  const double needed = first_window(layer.shape);
  Span span;
  for (const std::size_t input : inputs) {
    span.start = std::max(span.start, spans[input].start + needed * (spans[input].end - spans[input].start));
    span.end = std::max(span.end, spans[input].end + row);
  }
  span.end = std::max(span.end, span.start + cycles);
  return span;
}

Span span_of_operator(std::int64_t cycles, const std::vector<std::size_t>& inputs, const std::vector<Span>& spans) {
  Span span;
  for (const std::size_t input : inputs) {
    span.start = std::max(span.start, spans[input].start);
    span.end = std::max(span.end, spans[input].end);
  }
  span.end = std::max(span.end, span.start + static_cast<double>(cycles));
  return span;
}

double first_result(const Network& network, const NetworkEvaluation& evaluation) {
  const std::vector<std::int64_t> digital = digital_cycles(network, evaluation);
  std::vector<Span> spans(network.nodes.size());
  double last = 0;
  std::size_t next = 0;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    const std::vector<std::size_t>& inputs = network.nodes[node].inputs;
    if (next < evaluation.layers.size() && evaluation.layers[next].network_node == node) {
      spans[node] = span_of_layer(evaluation.unique[evaluation.layers[next++].unique], inputs, spans);
    } else {
      spans[node] = span_of_operator(digital[node], inputs, spans);
    }
    last = std::max(last, spans[node].end);
  }
  return last;
}

/// A component serves one operator after the other.
void consider_components(const NetworkEvaluation& evaluation, PipelineTiming& timing) {
  std::map<NodeId, std::int64_t> cycles;
  for (const DigitalEvaluation& one : evaluation.digital) {
    std::int64_t& sum = cycles[one.cost.component];
    sum = checked_add(sum, one.latency_cycles);
  }
  for (const auto& [component, sum] : cycles) {
    if (sum <= timing.interval_cycles) continue;
    timing.interval_cycles = sum;
    timing.slowest_component = component;
    timing.slowest_layer.reset();
  }
}

}  // namespace

PipelineTiming pipeline_timing(const Network& network, const NetworkEvaluation& evaluation) {
  PipelineTiming timing;
  for (std::size_t i = 0; i < evaluation.layers.size(); ++i) {
    const std::int64_t cycles = evaluation.unique[evaluation.layers[i].unique].mapped.evaluation.latency_cycles;
    if (cycles <= timing.interval_cycles) continue;
    timing.interval_cycles = cycles;
    timing.slowest_layer = i;
  }
  consider_components(evaluation, timing);
  timing.first_result_cycles = whole_cycles(first_result(network, evaluation));
  return timing;
}

}  // namespace ohmloop
