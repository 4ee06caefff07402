#include "ohmloop/accuracy/distorted_network.hpp"

#include <algorithm>

#include "ohmloop/accuracy/evaluate_images.hpp"
#include "ohmloop/analog/low_precision.hpp"
#include "ohmloop/analog/noise_transform.hpp"
#include "ohmloop/analog/value_recorder.hpp"

namespace ohmloop {

namespace {

LayerChoice choice_of(const AccuracySettings& settings, const AccuracyPoint& point) {
  LayerChoice choice = settings.layers;
  choice.only = point.layer;
  return choice;
}

LayeredNetwork network_of(const Graph& graph, const AccuracySettings& settings, const AccuracyPoint& point,
                          const LayerValues& values) {
  LayeredNetwork network = layer_network(graph, {settings.noise.place, point.activation_bits.has_value()});
  PrecisionSettings precision = settings.precision;
  precision.weight_bits = point.weight_bits;
  precision.activation_bits = point.activation_bits;
  std::vector<Quantiser> quantisers;
  if (point.activation_bits)
    quantisers = choose_quantisers(values.inputs, *point.activation_bits, precision.activation_rule);
  quantise_layers(network, precision, quantisers, choice_of(settings, point));
  return network;
}

}  // namespace

bool share_graph(const AccuracyPoint& a, const AccuracyPoint& b) {
  const bool any_bits = a.weight_bits || a.activation_bits;
  return a.weight_bits == b.weight_bits && a.activation_bits == b.activation_bits && (!any_bits || a.layer == b.layer);
}

DistortedNetwork::DistortedNetwork(const Graph& graph, std::int64_t batch, const AccuracySettings& settings,
                                   const AccuracyPoint& point, const LayerValues& values)
    : settings_(settings),
      values_(values),
      network_(network_of(graph, settings, point, values)),
      program_(network_.graph, batch) {}

const std::vector<const ValueTransform*>& DistortedNetwork::add_run(const AccuracyPoint& point, std::uint64_t seed) {
  auto run = std::make_unique<std::vector<const ValueTransform*>>(
      std::max(network_.transforms(), network_.fixed.size()), nullptr);
  for (std::size_t i = 0; i < network_.fixed.size(); ++i) (*run)[i] = network_.fixed[i].get();
  const LayerChoice choice = choice_of(settings_, point);
  for (std::size_t layer = 0; layer < network_.layers.size(); ++layer) {
    if (point.noise_amplitude == 0 || !choice.includes(layer, network_.layers.size())) continue;
    LayerNoise noise;
    noise.kind = settings_.noise.kind;
    noise.maximum = settings_.noise.maximum;
    noise.amplitude = point.noise_amplitude;
    noise.seed = seed;
    noise.layer = static_cast<std::uint16_t>(layer);
    if (noise.maximum == NoiseMaximum::calibration)
      noise.calibrated_maximum = values_.outputs[layer].largest_magnitude();
    noises_.push_back(make_noise(noise));
    (*run)[network_.output_transform(layer)] = noises_.back().get();
  }
  runs_.push_back(std::move(run));
  return *runs_.back();
}

LayerValues record_layer_values(const Graph& graph, std::int64_t batch, NoisePlace place, const DataSet& data,
                                std::size_t images, const AccuracyOptions& options) {
  const LayeredNetwork network = layer_network(graph, {place, true});
  const Program program(network.graph, batch);
  std::vector<ValueRecorder> recorders(network.transforms());
  EvaluationRun run;
  run.program = &program;
  for (const ValueRecorder& recorder : recorders) run.transforms.push_back(&recorder);
  OutcomeTable outcomes(1, std::min(images, data.size()));
  run.outcomes = &outcomes;
  EvaluationOptions evaluation;
  evaluation.threads = options.threads;
  evaluation.interrupted = options.interrupted;
  evaluate_images({&run, 1}, data, outcomes.images(), evaluation);
  LayerValues values;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    values.outputs.push_back(recorders[network.output_transform(i)].values());
    values.inputs.push_back(recorders[network.input_transform(i)].values());
  }
  return values;
}

}  // namespace ohmloop
