#pragma once

#include <span>
#include <string>
#include <vector>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"

/// Single operators for tests.
namespace ohmloop {

struct TestCall {
  std::string operation;
  std::vector<Tensor> inputs;
  std::vector<Attribute> attributes{};
  std::size_t outputs = 1;
  std::int64_t operator_set = 13;
  OperatorLimits limits{};
};

inline std::vector<Tensor> run(const TestCall& test) {
  GraphNode node;
  node.name = "test";
  node.operation = test.operation;
  node.attributes = test.attributes;
  for (std::size_t i = 0; i < test.outputs; ++i) node.outputs.emplace_back(ValueId(i));
  std::vector<const Tensor*> inputs;
  for (const Tensor& input : test.inputs) inputs.push_back(&input);
  return find_operator(test.operation)->run({node, test.operator_set, inputs, test.limits});
}

inline Attribute integer(const std::string& name, std::int64_t value) { return {.name = name, .integer = value}; }
inline Attribute integers(const std::string& name, std::vector<std::int64_t> values) {
  return {.name = name, .integers = std::move(values)};
}
inline Attribute text(const std::string& name, const std::string& value) { return {.name = name, .text = value}; }
inline Attribute real(const std::string& name, double value) { return {.name = name, .real = value}; }

template <class T>
Tensor tensor(Dims dims, const std::vector<T>& values) {
  return Tensor::of<T>(std::move(dims), values);
}
inline Tensor list(const std::vector<std::int64_t>& values) {
  return Tensor::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
}

template <class T>
std::vector<T> values_of(const Tensor& tensor) {
  const auto values = tensor.values<T>();
  return {values.begin(), values.end()};
}

}  // namespace ohmloop
