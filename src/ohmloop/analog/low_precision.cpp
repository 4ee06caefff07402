#include "ohmloop/analog/low_precision.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/analog/calibration.hpp"
#include "ohmloop/analog/exact_sums.hpp"
#include "ohmloop/analog/image_values.hpp"
#include "ohmloop/analog/weight_quantisation.hpp"
#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/weight_layers.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

/// Activations become codes, or the values that codes stand for.
class QuantiseTransform final : public ValueTransform {
 public:
  QuantiseTransform(const Quantiser& quantiser, bool keep_codes) : quantiser_(quantiser), keep_codes_(keep_codes) {}

  void apply(const ActivationView& view, const Clamp& after) const override {
    for_each_value_run(view, [&](std::span<float> values) {
      if (keep_codes_) {
        quantise(values, quantiser_, values);
      } else {
        quantise_dequantise(values, quantiser_);
      }
    });
    apply_clamp(view, after);
  }

 private:
  Quantiser quantiser_;
  bool keep_codes_;
};

/// Codes become digits of theirs.
class DigitTransform final : public ValueTransform {
 public:
  explicit DigitTransform(const DigitSlice& slice) : slice_(slice) {}

  void apply(const ActivationView& view, const Clamp& after) const override {
    for_each_value_run(view, [&](std::span<float> values) { take_digits(values, slice_, values); });
    apply_clamp(view, after);
  }

 private:
  DigitSlice slice_;
};

ChannelAxis channel_axis(const WeightLayer& layer, const TensorData& weights) {
  const auto channels = static_cast<std::size_t>(layer.output_channels);
  if (layer.output_channel_axis == 0) return {1, channels, weights.size() / channels};
  return {weights.size() / channels, channels, 1};
}

QuantisedWeights quantised(const WeightLayer& layer, const TensorData& weights, const PrecisionSettings& precision) {
  WeightQuantisation options;
  options.bits = *precision.weight_bits;
  options.per_channel = precision.weights_per_channel;
  options.rule = precision.weight_rule == RangeRule::mean_squared_error ? WeightScaleRule::least_squares
                                                                        : WeightScaleRule::maximum;
  return quantise_weights(weights.values<float>(), channel_axis(layer, weights), options);
}

TensorData digits_of(const QuantisedWeights& weights, const DigitSlice& slice, const Dims& dims) {
  TensorData digits(ElementType::float32, dims);
  std::transform(weights.codes.begin(), weights.codes.end(), digits.mutable_values<float>().begin(),
                 [&](std::int16_t code) { return static_cast<float>(digit_of(code, slice)); });
  return digits;
}

/// Writes one layer anew as sums of whole numbers.
class IntegerLayer {
 public:
  IntegerLayer(LayeredNetwork& network, const WeightLayer& layer, const QuantisedWeights& weights,
               const Quantiser& input)
      : network_(network), layer_(layer), weights_(weights), input_(input), node_(network.graph.nodes[layer.node]) {}

  void rewrite() {
    const std::optional<ExactSums> sums = plan_exact_sums(weights_, input_);
    if (!sums) {
      throw InputError(
          {binary_problem(fmt::format("{}: layer '{}' sums up too many products of {} and {} bits to be exact",
                                      network_.graph.source, layer_.name, weights_.bits, input_.bits),
                          {"fewer bits help"})});
    }
    const Dims weight_dims = network_.graph.constant(node_.inputs[layer_.weight_input])->dims();
    std::vector<GraphNode> nodes;
    const std::vector<ValueId> inputs = input_digits(*sums, nodes);
    GraphNode numbers = dequantise_node();
    for (const DigitSlice& slice : sums->weight_slices) {
      const ValueId weights = network_.graph.add_value(layer_.name + "/codes", digits_of(weights_, slice, weight_dims));
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        nodes.push_back(run_node(inputs[i], weights));
        numbers.inputs.push_back(nodes.back().outputs[0]);
        shifts_.push_back(slice.first_bit + sums->input_slices[i].first_bit);
      }
    }
    numbers.attributes.push_back({.name = "shifts", .integers = shifts_});
    nodes.push_back(std::move(numbers));
    replace_node(std::move(nodes));
  }

 private:
  /// The digits of the codes that the layer takes: the codes themselves where one run is enough.
  std::vector<ValueId> input_digits(const ExactSums& sums, std::vector<GraphNode>& nodes) {
    const ValueId codes = node_.inputs[layer_.data_input].value();
    if (sums.input_slices.size() == 1) return {codes};
    std::vector<ValueId> digits;
    for (const DigitSlice& slice : sums.input_slices) {
      GraphNode node;
      node.name = fmt::format("{}/digits {}", layer_.name, slice.first_bit);
      node.operation = transform_operation;
      node.inputs = {codes};
      digits.push_back(network_.graph.add_value(node.name));
      node.outputs = {digits.back()};
      network_.fixed.push_back(std::make_shared<DigitTransform>(slice));
      node.attributes.push_back({.name = "transform", .integer = static_cast<std::int64_t>(network_.fixed.size()) - 1});
      nodes.push_back(std::move(node));
    }
    return digits;
  }

  GraphNode run_node(ValueId input, ValueId weights) {
    GraphNode run = node_;
    run.name = fmt::format("{}/run {}", layer_.name, shifts_.size());
    run.inputs.resize(2);
    run.inputs[layer_.data_input] = input;
    run.inputs[layer_.weight_input] = weights;
    run.outputs = {network_.graph.add_value(run.name)};
    std::erase_if(run.attributes, [](const NodeAttribute& one) { return one.name == "alpha" || one.name == "beta"; });
    return run;
  }

  GraphNode dequantise_node() {
    const auto channels = static_cast<std::size_t>(layer_.output_channels);
    const double alpha = node_.real("alpha", 1.0);
    TensorData scale(ElementType::float64, {layer_.output_channels});
    TensorData bias(ElementType::float64, {layer_.output_channels});
    const TensorData* given = node_.inputs.size() > 2 ? network_.graph.constant(node_.inputs[2]) : nullptr;
    for (std::size_t c = 0; c < channels; ++c) {
      scale.mutable_values<double>()[c] =
          alpha * static_cast<double>(weights_.scale(c)) * static_cast<double>(input_.scale);
      if (given != nullptr) {
        bias.mutable_values<double>()[c] = node_.real("beta", 1.0) * given->values<float>()[given->size() == 1 ? 0 : c];
      }
    }
    GraphNode node;
    node.name = layer_.name + "/dequantise";
    node.operation = dequantise_operation;
    node.outputs = node_.outputs;
    node.attributes.push_back({.name = "axis", .integer = channel_axis_of_output()});
    node.attributes.push_back({.name = "scale", .tensor = std::move(scale)});
    node.attributes.push_back({.name = "bias", .tensor = std::move(bias)});
    return node;
  }

  /// Counted from the back for products, whose number of axes is open.
  [[nodiscard]] std::int64_t channel_axis_of_output() const {
    if (node_.operation == "Conv") return 1;
    return layer_.weight_input == 0 ? -2 : -1;
  }

  void replace_node(std::vector<GraphNode> nodes) {
    std::vector<GraphNode>& all = network_.graph.nodes;
    const auto place = all.begin() + static_cast<std::ptrdiff_t>(layer_.node);
    all.insert(all.erase(place), std::make_move_iterator(nodes.begin()), std::make_move_iterator(nodes.end()));
  }

  LayeredNetwork& network_;
  const WeightLayer& layer_;
  const QuantisedWeights& weights_;
  const Quantiser& input_;
  GraphNode node_;
  std::vector<std::int64_t> shifts_;
};

void give_weights(LayeredNetwork& network, const WeightLayer& layer, const QuantisedWeights& weights) {
  GraphNode& node = network.graph.nodes[layer.node];
  const Dims dims = network.graph.constant(node.inputs[layer.weight_input])->dims();
  const std::vector<float> values = dequantise(weights);
  node.inputs[layer.weight_input] =
      network.graph.add_value(layer.name + "/quantised", TensorData::of<float>(dims, values));
}

}  // namespace

std::vector<Quantiser> choose_quantisers(std::span<const ValueHistogram> inputs, int bits, RangeRule rule) {
  ActivationQuantisation options;
  options.bits = bits;
  if (rule == RangeRule::percentile) options.rule = ActivationScaleRule::percentile;
  if (rule == RangeRule::mean_squared_error) options.rule = ActivationScaleRule::least_squares;
  std::vector<Quantiser> quantisers;
  for (const ValueHistogram& one : inputs) quantisers.push_back(calibrate(one, options));
  return quantisers;
}

void quantise_layers(LayeredNetwork& network, const PrecisionSettings& precision, std::span<const Quantiser> inputs,
                     const LayerChoice& choice) {
  const std::size_t layers = network.layers.size();
  network.fixed.resize(network.transforms());
  // From the last layer to the first: rewriting one moves only the nodes behind it.
  const std::vector<WeightLayer> found = find_weight_layers(network.graph);
  OHM_CHECK(found.size() == layers, "layers stay layers until they are rewritten");
  for (std::size_t i = layers; i-- > 0;) {
    if (!choice.includes(i, layers)) continue;
    const bool whole_numbers = precision.weight_bits && precision.activation_bits;
    if (precision.activation_bits) {
      network.fixed[network.input_transform(i)] = std::make_shared<QuantiseTransform>(inputs[i], whole_numbers);
    }
    if (!precision.weight_bits) continue;
    const TensorData weights =
        *network.graph.constant(network.graph.nodes[found[i].node].inputs[found[i].weight_input]);
    const QuantisedWeights codes = quantised(found[i], weights, precision);
    if (whole_numbers) {
      IntegerLayer(network, found[i], codes, inputs[i]).rewrite();
    } else {
      give_weights(network, found[i], codes);
    }
  }
}

}  // namespace ohmloop
