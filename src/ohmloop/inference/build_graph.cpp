#include "ohmloop/inference/build_graph.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "ohmloop/inference/check_operators.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/inference/read_weights.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/node_order.hpp"
#include "ohmloop/workload/onnx/operators.hpp"

namespace ohmloop {
namespace {

/// Tensors that stand where an operator takes trained weights.
std::unordered_set<std::string_view> find_trained(const OnnxModel& model) {
  std::unordered_set<std::string_view> names;
  for (const OnnxNode& node : model.nodes) {
    const OnnxOperator* operation = find_onnx_operator(node.operation);
    if (operation == nullptr) continue;
    const bool weighted = operation->kind == OperatorKind::weighted;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      if (contains(operation->weights, i) || (weighted && contains(operation->trained, i)))
        names.insert(node.inputs[i]);
    }
  }
  return names;
}

class GraphBuilder {
 public:
  GraphBuilder(const OnnxModel& model, const std::string& path, std::size_t max_weight_bytes)
      : model_(model), problems_(path), weights_(path, max_weight_bytes, problems_), trained_(find_trained(model)) {
    graph_.source = path;
    graph_.operator_set = model.operator_set;
  }

  Graph build() {
    add_initializers();
    add_inputs();
    check_operators(model_, problems_);
    check_reads();
    for (const std::size_t index : order_nodes(model_, problems_)) add_node(model_.nodes[index]);
    add_outputs();
    problems_.throw_if_errors();
    return std::move(graph_);
  }

 private:
  ValueId add_value(std::string_view name, std::optional<TensorData> constant = std::nullopt) {
    const ValueId id = graph_.add_value(printable(name), std::move(constant));
    ids_.emplace(name, id);
    return id;
  }

  void add_initializers() {
    for (const OnnxTensor& tensor : model_.initializers) {
      const std::string name = printable(tensor.name);
      if (ids_.count(tensor.name) != 0) {
        problems_.error(fmt::format("two initializers have the name '{}'", name));
        continue;
      }
      add_value(tensor.name,
                weights_.read(tensor, fmt::format("the initializer '{}'", name), trained_.count(tensor.name) != 0));
    }
  }

  void add_inputs() {
    for (const OnnxValueInfo& info : model_.inputs) {
      // Up to operator set 8, initializers stand among the inputs, too.
      if (ids_.count(info.name) != 0) continue;
      const ValueId id = add_value(info.name);
      const std::optional<ElementType> type = find_element_type(info.type);
      if (!type) {
        problems_.error(
            fmt::format("the input '{}' is not a tensor of a type that is supported", printable(info.name)));
        continue;
      }
      GraphInput input{.value = id, .type = *type, .dims = {}, .rank_known = info.dims.has_value()};
      for (const OnnxDim& dim : info.dims.value_or(std::vector<OnnxDim>{})) {
        input.dims.push_back(dim.value.value_or(-1) > 0 ? *dim.value : -1);
      }
      graph_.inputs.push_back(std::move(input));
    }
  }

  /// Reports tensors that nodes read and nobody writes.
  void check_reads() {
    std::unordered_set<std::string_view> written;
    for (const OnnxNode& node : model_.nodes) written.insert(node.outputs.begin(), node.outputs.end());
    std::unordered_set<std::string_view> declared;
    for (const OnnxValueInfo& info : model_.value_info) declared.insert(info.name);
    std::unordered_set<std::string_view> reported;
    for (const OnnxNode& node : model_.nodes) {
      for (const std::string_view name : node.inputs) {
        if (name.empty() || written.count(name) != 0 || ids_.count(name) != 0) continue;
        if (!reported.insert(name).second) continue;
        if (trained_.count(name) != 0 || declared.count(name) != 0) {
          problems_.error(fmt::format("{} takes the weights '{}', whose values are not in the file", describe(node),
                                      printable(name)),
                          {"export the model with its weights"});
        } else {
          problems_.error(
              fmt::format("{} reads '{}', which nothing in the file writes", describe(node), printable(name)),
              suggest(name));
        }
      }
    }
  }

  std::vector<std::string> suggest(std::string_view name) const {
    // Comparing with very many names would take longer than reading the file.
    constexpr std::size_t most_names = 10'000;
    std::vector<std::string> known;
    for (const auto& [other, id] : ids_) known.push_back(printable(other));
    for (const OnnxNode& node : model_.nodes) {
      for (const std::string_view output : node.outputs) known.push_back(printable(output));
    }
    if (known.size() > most_names) return {};
    std::sort(known.begin(), known.end());
    const std::string suggestion = did_you_mean(printable(name), known);
    return suggestion.empty() ? std::vector<std::string>{} : std::vector<std::string>{suggestion};
  }

  void add_node(const OnnxNode& node) {
    GraphNode result{.name = name_of_node(node), .operation = printable(node.operation)};
    for (const std::string_view input : node.inputs) {
      result.inputs.push_back(input.empty() ? std::nullopt : std::optional(ids_.at(input)));
    }
    for (const OnnxAttribute& attribute : node.attributes) {
      result.attributes.push_back(convert(attribute, node));
    }
    if (result.operation == "Constant") {
      add_constant(node, result);
      return;
    }
    const bool is_read = std::any_of(node.outputs.begin(), node.outputs.end(), [](auto name) { return !name.empty(); });
    if (!is_read) return;
    for (const std::string_view output : node.outputs) {
      result.outputs.push_back(output.empty() ? std::nullopt : std::optional(add_value(output)));
    }
    // Every node has a first output, so that nobody needs to ask.
    if (!result.outputs.front()) result.outputs.front() = graph_.add_value(result.name + "/unread");
    graph_.nodes.push_back(std::move(result));
  }

  static std::string name_of_node(const OnnxNode& node) {
    if (!node.name.empty()) return printable(node.name);
    return fmt::format("{} of '{}'", printable(node.operation), printable(label(node)));
  }

  NodeAttribute convert(const OnnxAttribute& attribute, const OnnxNode& node) {
    NodeAttribute result{.name = printable(attribute.name),
                         .integer = attribute.integer,
                         .real = attribute.real,
                         .integers = attribute.integers,
                         .reals = attribute.reals};
    for (const std::string_view text : attribute.texts) result.texts.emplace_back(text);
    if (attribute.tensor) {
      const std::string what = fmt::format("the attribute '{}' of {}", result.name, describe(node));
      const bool trained =
          node.operation == "Constant" && !node.outputs.empty() && trained_.count(node.outputs.front()) != 0;
      result.tensor = weights_.read(*attribute.tensor, what, trained);
    }
    const bool is_other = result.integer || result.real || attribute.tensor || !result.integers.empty() ||
                          !result.reals.empty() || !result.texts.empty();
    if (!is_other) result.text = attribute.text;
    return result;
  }

  /// A constant is a value that is known, not something to execute.
  void add_constant(const OnnxNode& node, const GraphNode& converted) {
    if (node.outputs.empty() || node.outputs.front().empty()) return;
    std::optional<TensorData> value;
    try {
      value = find_operator("Constant")->run({converted, graph_.operator_set, {}}).front();
    } catch (const OperatorError& error) {
      // A tensor that could not be read was reported already.
      const NodeAttribute* attribute = converted.attribute("value");
      if (attribute == nullptr) problems_.error(fmt::format("{}: {}", describe(node), error.what()));
    }
    add_value(node.outputs.front(), std::move(value));
    for (std::size_t i = 1; i < node.outputs.size(); ++i) {
      problems_.error(fmt::format("{}: a constant has one output", describe(node)));
      add_value(node.outputs[i]);
    }
  }

  void add_outputs() {
    if (model_.outputs.empty()) problems_.error("the graph has no output");
    for (const OnnxValueInfo& info : model_.outputs) {
      const auto found = ids_.find(info.name);
      if (found == ids_.end()) {
        problems_.error(fmt::format("the output '{}' is written by nothing in the file", printable(info.name)),
                        suggest(info.name));
      } else {
        graph_.outputs.push_back(found->second);
      }
    }
  }

  const OnnxModel& model_;
  OnnxProblems problems_;
  WeightReader weights_;
  std::unordered_set<std::string_view> trained_;
  std::unordered_map<std::string_view, ValueId> ids_;
  Graph graph_;
};

}  // namespace

Graph build_graph(const OnnxModel& model, const std::string& path, std::size_t max_weight_bytes) {
  return GraphBuilder(model, path, max_weight_bytes).build();
}

}  // namespace ohmloop
