#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/inference/tensor.hpp"

namespace ohmloop {

using ValueId = StrongId<struct ValueTag>;

/// An attribute of a node: exactly one of the kinds holds something.
struct NodeAttribute {
  std::string name;
  std::optional<std::int64_t> integer{};
  std::optional<double> real{};
  std::optional<std::string> text{};
  std::vector<std::int64_t> integers{};
  std::vector<double> reals{};
  std::vector<std::string> texts{};
  std::optional<TensorData> tensor{};
};

/// One operator of the graph.
struct GraphNode {
  std::string name;                              ///< the file's; "Conv of 'output'" where it has none
  std::string operation;                         ///< "Conv"
  std::vector<std::optional<ValueId>> inputs{};  ///< nothing: an input left out
  std::vector<std::optional<ValueId>> outputs{};
  std::vector<NodeAttribute> attributes{};

  [[nodiscard]] const NodeAttribute* attribute(std::string_view attribute_name) const;
  [[nodiscard]] std::int64_t integer(std::string_view attribute_name, std::int64_t otherwise) const;
  [[nodiscard]] double real(std::string_view attribute_name, double otherwise) const;
  [[nodiscard]] std::string_view text(std::string_view attribute_name, std::string_view otherwise) const;
  /// Nothing if the attribute is not there.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> integers(std::string_view attribute_name) const;
};

/// A tensor of the graph: a weight with its elements, or something that a run computes.
struct GraphValue {
  std::string name;
  std::optional<TensorData> constant{};
};

/// An input of the network. Sizes that the file leaves open or names are -1.
struct GraphInput {
  ValueId value;
  ElementType type = ElementType::float32;
  std::vector<std::int64_t> dims;
  bool rank_known = true;  ///< false: the file does not even say how many sizes there are
};

/// A trained network ready to be executed: nodes in execution order, all weights in memory.
struct Graph {
  std::string source;  ///< path of the file, for messages
  std::int64_t operator_set = 0;
  std::vector<GraphNode> nodes;
  std::vector<GraphValue> values;
  std::vector<GraphInput> inputs;  ///< without the weights
  std::vector<ValueId> outputs;

  [[nodiscard]] const GraphValue& value(ValueId id) const { return values[id.index()]; }
  [[nodiscard]] const TensorData* constant(std::optional<ValueId> id) const;
  ValueId add_value(std::string name, std::optional<TensorData> constant = std::nullopt);
};

}  // namespace ohmloop
