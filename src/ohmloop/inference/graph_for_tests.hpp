#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ohmloop/inference/graph.hpp"

/// Small graphs with random weights, built node by node; for tests alone.
namespace ohmloop {

class GraphForTests {
 public:
  explicit GraphForTests(std::uint32_t seed = 1) : random_(seed) {
    graph_.source = "test.onnx";
    graph_.operator_set = 13;
  }

  ValueId input(const Dims& dims) {
    const ValueId value = graph_.add_value("input");
    graph_.inputs.push_back({value, ElementType::float32, dims});
    return value;
  }

  TensorData random_tensor(const Dims& dims, float deviation = 1.0F) {
    TensorData tensor(ElementType::float32, dims);
    std::normal_distribution<float> normal(0.0F, deviation);
    for (float& value : tensor.mutable_values<float>()) value = normal(random_);
    return tensor;
  }
  ValueId constant(TensorData tensor) {
    return graph_.add_value("constant" + std::to_string(graph_.values.size()), std::move(tensor));
  }
  ValueId random_constant(const Dims& dims, float deviation = 1.0F) { return constant(random_tensor(dims, deviation)); }

  ValueId node(const std::string& operation, const std::vector<ValueId>& inputs,
               std::vector<NodeAttribute> attributes = {}) {
    GraphNode node;
    node.name = operation + std::to_string(graph_.nodes.size());
    node.operation = operation;
    for (const ValueId input : inputs) node.inputs.emplace_back(input);
    node.attributes = std::move(attributes);
    const ValueId output = graph_.add_value(node.name + ":0");
    node.outputs.emplace_back(output);
    graph_.nodes.push_back(std::move(node));
    return output;
  }

  ValueId conv(ValueId from, std::int64_t inputs, std::int64_t outputs, std::int64_t kernel, std::int64_t groups = 1) {
    const Dims dims = {outputs, inputs / groups, kernel, kernel};
    const std::int64_t pad = kernel / 2;
    return node("Conv", {from, random_constant(dims, 0.3F), random_constant({outputs}, 0.3F)},
                {{.name = "pads", .integers = {pad, pad, pad, pad}}, {.name = "group", .integer = groups}});
  }

  ValueId normalisation(ValueId from, std::int64_t channels) {
    TensorData variance = random_tensor({channels}, 0.2F);
    for (float& value : variance.mutable_values<float>()) value = 0.5F + value * value;
    return node("BatchNormalization", {from, random_constant({channels}), random_constant({channels}),
                                       random_constant({channels}), constant(std::move(variance))});
  }

  ValueId gemm(ValueId from, std::int64_t inputs, std::int64_t outputs, bool transposed) {
    const Dims dims = transposed ? Dims{outputs, inputs} : Dims{inputs, outputs};
    return node("Gemm", {from, random_constant(dims, 0.3F), random_constant({outputs}, 0.3F)},
                {{.name = "transB", .integer = transposed ? 1 : 0}});
  }

  Graph finish(ValueId output) {
    graph_.outputs = {output};
    return graph_;
  }

 private:
  Graph graph_;
  std::mt19937 random_;
};

/// Two convolutions with normalisation, the second one in groups, an addition around it, and a product: something of
/// everything that noise and few bits meet.
inline Graph small_network(std::uint32_t seed = 1, std::int64_t channels = 20, std::int64_t size = 6) {
  GraphForTests make(seed);
  const ValueId image = make.input({-1, 3, size, size});
  const ValueId first = make.node("Relu", {make.normalisation(make.conv(image, 3, channels, 3), channels)});
  const ValueId second = make.normalisation(make.conv(first, channels, channels, 3, 2), channels);
  const ValueId added = make.node("Relu", {make.node("Add", {second, first})});
  const ValueId flat = make.node("Flatten", {make.node("GlobalAveragePool", {added})});
  return make.finish(make.gemm(flat, channels, 10, true));
}

}  // namespace ohmloop
