#include "ohmloop/accuracy/record_values.hpp"

#include <algorithm>
#include <mutex>

#include "ohmloop/accuracy/classifier.hpp"
#include "ohmloop/accuracy/distorted_network.hpp"
#include "ohmloop/accuracy/evaluate_images.hpp"
#include "ohmloop/analog/image_values.hpp"
#include "ohmloop/analog/low_precision.hpp"
#include "ohmloop/analog/weight_quantisation.hpp"
#include "ohmloop/inference/weight_layers.hpp"

namespace ohmloop {

namespace {

constexpr int default_bits = 8;

/// Leaves values as they are and counts the codes that they would become.
class CodeRecorder final : public ValueTransform {
 public:
  explicit CodeRecorder(const Quantiser& quantiser)
      : quantiser_(quantiser), codes_(quantiser.bits, quantiser.is_signed) {}

  void apply(const ActivationView& view, const Clamp& after) const override {
    CodeHistogram batch(quantiser_.bits, quantiser_.is_signed);
    std::vector<float> codes;
    for_each_value_run(view, [&](std::span<const float> values) {
      codes.resize(values.size());
      quantise(values, quantiser_, codes);
      batch.observe(std::span<const float>(codes));
    });
    {
      const std::lock_guard lock(mutex_);
      codes_.merge(batch);
    }
    apply_clamp(view, after);
  }

  [[nodiscard]] const CodeHistogram& codes() const { return codes_; }

 private:
  Quantiser quantiser_;
  mutable std::mutex mutex_;
  mutable CodeHistogram codes_;
};

void record_weights(const LayeredNetwork& network, const AccuracySettings& settings,
                    std::vector<RecordedLayer>& layers) {
  const std::vector<WeightLayer> found = find_weight_layers(network.graph);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const TensorData& weights =
        *network.graph.constant(network.graph.nodes[found[i].node].inputs[found[i].weight_input]);
    layers[i].weights.observe(weights.values<float>());
    WeightQuantisation options;
    options.bits = settings.weight_bits.front().value_or(default_bits);
    if (settings.precision.weight_rule == RangeRule::mean_squared_error) options.rule = WeightScaleRule::least_squares;
    const QuantisedWeights codes = quantise_weights(weights.values<float>(), {1, 1, weights.size()}, options);
    layers[i].weight_codes = CodeHistogram(options.bits, true);
    layers[i].weight_codes.observe(std::span<const std::int16_t>(codes.codes));
    layers[i].weight_scale = codes.scale(0);
  }
}

}  // namespace

ValueRecord record_values(const Graph& graph, const DataSet& data, const AccuracySettings& settings,
                          std::size_t threads) {
  const Classifier classifier = make_classifier(graph, data, settings.batch);
  ValueRecord record;
  record.network = graph.source;
  record.data_set = data.name();
  record.images = std::min(data.size(), settings.images.value_or(data.size()));
  AccuracyOptions options;
  options.threads = threads;
  LayerValues values =
      record_layer_values(classifier.graph, classifier.batch, settings.noise.place, data, record.images, options);
  const LayeredNetwork network = layer_network(classifier.graph, {settings.noise.place, true});
  const std::vector<Quantiser> quantisers = choose_quantisers(
      values.inputs, settings.activation_bits.front().value_or(default_bits), settings.precision.activation_rule);

  const Program program(network.graph, classifier.batch);
  std::vector<std::unique_ptr<CodeRecorder>> recorders;
  EvaluationRun run;
  run.program = &program;
  run.transforms.resize(network.transforms(), nullptr);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    recorders.push_back(std::make_unique<CodeRecorder>(quantisers[i]));
    run.transforms[network.input_transform(i)] = recorders.back().get();
  }
  OutcomeTable outcomes(1, record.images);
  run.outcomes = &outcomes;
  EvaluationOptions evaluation;
  evaluation.threads = threads;
  evaluate_images({&run, 1}, data, record.images, evaluation);

  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    RecordedLayer layer;
    layer.name = network.layers[i];
    layer.inputs = std::move(values.inputs[i]);
    layer.outputs = std::move(values.outputs[i]);
    layer.input_codes = recorders[i]->codes();
    layer.input_scale = quantisers[i].scale;
    record.layers.push_back(std::move(layer));
  }
  record_weights(network, settings, record.layers);
  return record;
}

}  // namespace ohmloop
