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
  std::vector<TensorData> inputs;
  std::vector<NodeAttribute> attributes{};
  std::size_t outputs = 1;
  std::int64_t operator_set = 13;
  OperatorLimits limits{};
};

inline std::vector<TensorData> run(const TestCall& test) {
  GraphNode node;
  node.name = "test";
  node.operation = test.operation;
  node.attributes = test.attributes;
  for (std::size_t i = 0; i < test.outputs; ++i) node.outputs.emplace_back(ValueId(i));
  std::vector<const TensorData*> inputs;
  for (const TensorData& input : test.inputs) inputs.push_back(&input);
  return find_operator(test.operation)->run({node, test.operator_set, inputs, test.limits});
}

inline NodeAttribute integer(const std::string& name, std::int64_t value) { return {.name = name, .integer = value}; }
inline NodeAttribute integers(const std::string& name, std::vector<std::int64_t> values) {
  return {.name = name, .integers = std::move(values)};
}
inline NodeAttribute text(const std::string& name, const std::string& value) { return {.name = name, .text = value}; }
inline NodeAttribute real(const std::string& name, double value) { return {.name = name, .real = value}; }

template <class T>
TensorData tensor(Dims dims, const std::vector<T>& values) {
  return TensorData::of<T>(std::move(dims), values);
}
inline TensorData list(const std::vector<std::int64_t>& values) {
  return TensorData::of<std::int64_t>({static_cast<std::int64_t>(values.size())}, values);
}

template <class T>
std::vector<T> values_of(const TensorData& tensor) {
  const auto values = tensor.values<T>();
  return {values.begin(), values.end()};
}

}  // namespace ohmloop
