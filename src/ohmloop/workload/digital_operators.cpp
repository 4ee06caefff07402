#include "ohmloop/workload/digital_operators.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr DigitalKind activation = DigitalKind::activation;
constexpr DigitalKind pooling = DigitalKind::pooling;
constexpr DigitalKind normalisation = DigitalKind::normalisation;
constexpr DigitalKind elementwise = DigitalKind::elementwise;

/// Per element of a normalisation over an axis of n elements, leaving out what is done once per axis:
/// - LayerNormalization, InstanceNormalization 7: sum for the mean, subtract it, square, sum for the variance, divide
/// by
///   its root, scale, shift; MeanVarianceNormalization 5: the same without scale and shift;
/// - Softmax, LogSoftmax 5: maximum, subtract it, exponential, sum, divide (subtract the logarithm);
/// - LpNormalization 3: square, sum, divide;
/// - LRN 6: square, add to and take from the sliding sum, scale and shift, power, multiply (taken as 6 in all).
constexpr std::array all_operators = {DigitalOperator{"Abs", activation},
                                      DigitalOperator{"Add", elementwise},
                                      DigitalOperator{"And", elementwise},
                                      DigitalOperator{"AveragePool", pooling},
                                      DigitalOperator{"BatchNormalization", normalisation, 2},
                                      DigitalOperator{"Ceil", activation},
                                      DigitalOperator{"Celu", activation},
                                      DigitalOperator{"Clip", activation},
                                      DigitalOperator{"Div", elementwise},
                                      DigitalOperator{"Elu", activation},
                                      DigitalOperator{"Equal", elementwise},
                                      DigitalOperator{"Erf", activation},
                                      DigitalOperator{"Exp", activation},
                                      DigitalOperator{"Floor", activation},
                                      DigitalOperator{"Gelu", activation},
                                      DigitalOperator{"GlobalAveragePool", pooling},
                                      DigitalOperator{"GlobalLpPool", pooling},
                                      DigitalOperator{"GlobalMaxPool", pooling},
                                      DigitalOperator{"Greater", elementwise},
                                      DigitalOperator{"GreaterOrEqual", elementwise},
                                      DigitalOperator{"HardSigmoid", activation},
                                      DigitalOperator{"HardSwish", activation},
                                      DigitalOperator{"InstanceNormalization", normalisation, 7},
                                      DigitalOperator{"LRN", normalisation, 6},
                                      DigitalOperator{"LayerNormalization", normalisation, 7},
                                      DigitalOperator{"LeakyRelu", activation},
                                      DigitalOperator{"Less", elementwise},
                                      DigitalOperator{"LessOrEqual", elementwise},
                                      DigitalOperator{"Log", activation},
                                      DigitalOperator{"LogSoftmax", normalisation, 5},
                                      DigitalOperator{"LpNormalization", normalisation, 3},
                                      DigitalOperator{"LpPool", pooling},
                                      DigitalOperator{"Max", elementwise},
                                      DigitalOperator{"MaxPool", pooling},
                                      DigitalOperator{"Mean", elementwise},
                                      DigitalOperator{"MeanVarianceNormalization", normalisation, 5},
                                      DigitalOperator{"Min", elementwise},
                                      DigitalOperator{"Mish", activation},
                                      DigitalOperator{"Mul", elementwise},
                                      DigitalOperator{"Neg", activation},
                                      DigitalOperator{"Not", activation},
                                      DigitalOperator{"Or", elementwise},
                                      DigitalOperator{"PRelu", activation},
                                      DigitalOperator{"Pow", elementwise},
                                      DigitalOperator{"Reciprocal", activation},
                                      DigitalOperator{"ReduceL1", pooling},
                                      DigitalOperator{"ReduceL2", pooling},
                                      DigitalOperator{"ReduceMax", pooling},
                                      DigitalOperator{"ReduceMean", pooling},
                                      DigitalOperator{"ReduceMin", pooling},
                                      DigitalOperator{"ReduceProd", pooling},
                                      DigitalOperator{"ReduceSum", pooling},
                                      DigitalOperator{"ReduceSumSquare", pooling},
                                      DigitalOperator{"Relu", activation},
                                      DigitalOperator{"Round", activation},
                                      DigitalOperator{"Selu", activation},
                                      DigitalOperator{"Sigmoid", activation},
                                      DigitalOperator{"Sign", activation},
                                      DigitalOperator{"Softmax", normalisation, 5},
                                      DigitalOperator{"Softplus", activation},
                                      DigitalOperator{"Softsign", activation},
                                      DigitalOperator{"Sqrt", activation},
                                      DigitalOperator{"Sub", elementwise},
                                      DigitalOperator{"Sum", elementwise},
                                      DigitalOperator{"Tanh", activation},
                                      DigitalOperator{"ThresholdedRelu", activation},
                                      DigitalOperator{"Where", elementwise},
                                      DigitalOperator{"Xor", elementwise}};

/// How many nodes read each node.
std::vector<std::size_t> count_readers(const Network& network) {
  std::vector<std::size_t> readers(network.nodes.size());
  for (const NetworkNode& node : network.nodes) {
    for (const std::size_t input : node.inputs) ++readers[input];
  }
  return readers;
}

bool folds(const Network& network, const NetworkNode& node, const std::vector<std::size_t>& readers) {
  if (node.operation != "BatchNormalization" || node.inputs.size() != 1) return false;
  const std::optional<LayerShape>& shape = network.nodes[node.inputs.front()].shape;
  return shape && !shape->weight_is_activation && readers[node.inputs.front()] == 1;
}

DigitalWork work_of(const NetworkNode& node, const DigitalOperator& operation) {
  const std::int64_t outputs = node.output_elements();
  DigitalWork work{operation.kind, checked_multiply(operation.operations, outputs), node.input_elements, outputs};
  bool on_the_way = operation.kind == activation || node.operation == "BatchNormalization";
  if (operation.kind == elementwise) {
    on_the_way = node.input_elements <= outputs;
    const auto operands = static_cast<std::int64_t>(node.inputs.size());
    work.operations = checked_multiply(outputs, std::max<std::int64_t>(1, operands - 1));
  }
  if (operation.kind == pooling) {
    work.operations = node.window_elements > 0 ? node.window_elements : node.input_elements;
  }
  if (on_the_way) work.elements_read = work.elements_written = 0;
  return work;
}

}  // namespace

std::string_view to_string(DigitalKind kind) {
  constexpr std::array<std::string_view, all_digital_kinds.size()> names = {"activation", "pooling", "normalisation",
                                                                            "elementwise"};
  return names[static_cast<std::size_t>(kind)];
}

std::span<const DigitalOperator> digital_operators() { return all_operators; }

const DigitalOperator* find_digital_operator(std::string_view operation) {
  const auto found =
      std::lower_bound(all_operators.begin(), all_operators.end(), operation,
                       [](const DigitalOperator& one, std::string_view name) { return one.operation < name; });
  return found == all_operators.end() || found->operation != operation ? nullptr : &*found;
}

std::vector<std::optional<DigitalWork>> digital_work(const Network& network) {
  const std::vector<std::size_t> readers = count_readers(network);
  std::vector<std::optional<DigitalWork>> works(network.nodes.size());
  for (std::size_t i = 0; i < works.size(); ++i) {
    const NetworkNode& node = network.nodes[i];
    const DigitalOperator* operation = find_digital_operator(node.operation);
    if (node.shape || operation == nullptr) continue;
    works[i] =
        folds(network, node, readers) ? DigitalWork{DigitalKind::normalisation, 0, 0, 0} : work_of(node, *operation);
  }
  return works;
}

}  // namespace ohmloop
