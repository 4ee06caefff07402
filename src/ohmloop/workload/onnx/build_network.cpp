#include "ohmloop/workload/onnx/build_network.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/node_order.hpp"
#include "ohmloop/workload/onnx/operators.hpp"
#include "ohmloop/workload/onnx/unsupported.hpp"
#include "ohmloop/workload/onnx/value_table.hpp"

namespace ohmloop {
namespace {

bool is_real(std::int32_t type) {
  return type == onnx_type::float32 || type == onnx_type::float16 || type == onnx_type::float64 ||
         type == onnx_type::bfloat16;
}

/// Element type of what a node without network inputs computes.
std::int32_t result_type(const NodeContext& context, std::string_view operation) {
  if (operation == "DequantizeLinear") return onnx_type::float32;
  if (operation == "Shape" || operation == "Size") return onnx_type::int64;
  if (operation == "Cast") return static_cast<std::int32_t>(context.integer("to", onnx_type::float32));
  const OnnxAttribute* value = context.attribute("value");
  if (value != nullptr && value->tensor) return value->tensor->type;
  if (context.attribute("value_int") != nullptr || context.attribute("value_ints") != nullptr) return onnx_type::int64;
  return context.has(0) ? context.input(0).type : onnx_type::float32;
}

void check_size(const OnnxNode& node, std::size_t output, const Dims& dims, bool is_static) {
  const bool empty = std::any_of(dims.begin(), dims.end(), [&](std::int64_t dim) { return dim < (is_static ? 0 : 1); });
  const std::string name = output < node.outputs.size() ? printable(node.outputs[output]) : "";
  if (empty) throw NodeError(fmt::format("its output '{}' has the size {}", name, to_string(dims)));
  try {
    element_count(dims);
  } catch (const OverflowError&) {
    throw NodeError(
        fmt::format("its output '{}' has the size {}: more elements than 64 bits can count", name, to_string(dims)));
  }
}

/// Counts that later stages take must fit into 64 bits.
void check_layer(const LayerShape& shape) {
  static_cast<void>(shape.macs());
  static_cast<void>(shape.weights());
  static_cast<void>(shape.input_activations());
  static_cast<void>(shape.output_activations());
}

class NetworkBuilder {
 public:
  NetworkBuilder(const OnnxModel& model, const std::string& path, std::int64_t batch)
      : model_(model), path_(path), problems_(path), values_(model, batch, problems_) {}

  Network build() {
    problems_.throw_if_errors();
    for (const std::size_t index : order_nodes(model_, problems_)) add(index);
    problems_.throw_if_errors();
    network_.name = printable(std::filesystem::path(path_).stem().string());
    network_.source = path_;
    network_.input_dims = values_.network_input();
    warn_of_gaps(network_, problems_);
    network_.warnings = problems_.warnings();
    return std::move(network_);
  }

 private:
  void add(std::size_t index) {
    const OnnxNode& node = model_.nodes[index];
    const bool is_default = node.domain.empty() || node.domain == "ai.onnx";
    const OnnxOperator* operation = is_default ? find_onnx_operator(node.operation) : nullptr;
    std::vector<const OnnxValue*> inputs;
    for (const std::string_view name : node.inputs) inputs.push_back(values_.find(name));
    if (std::any_of(inputs.begin(), inputs.end(), [](const OnnxValue* v) { return v != nullptr && v->failed; })) {
      fail_outputs(node);
      return;
    }
    const NodeContext context(node, inputs, model_.operator_set);
    const auto is_static = [](const OnnxValue* value) { return value == nullptr || value->is_static; };
    const bool beforehand = operation != nullptr && std::all_of(inputs.begin(), inputs.end(), is_static);
    try {
      add(index, operation, context, infer(index, operation, context, beforehand), beforehand);
    } catch (const NodeError& error) {
      problems_.error(fmt::format("{}: {}", describe(node), error.what()), error.hints());
      fail_outputs(node);
    } catch (const std::overflow_error& error) {
      problems_.error(fmt::format("{}: its sizes leave the 64-bit range ({})", describe(node), error.what()));
      fail_outputs(node);
    } catch (const std::invalid_argument& error) {
      problems_.error(fmt::format("{}: {}", describe(node), error.what()));
      fail_outputs(node);
    }
  }

  void fail_outputs(const OnnxNode& node) {
    for (const std::string_view name : node.outputs) {
      if (OnnxValue* value = values_.find(name)) value->failed = true;
    }
  }

  /// Nothing if the operator or its inputs are not known well enough.
  std::optional<Inference> infer(std::size_t index, const OnnxOperator* operation, const NodeContext& context,
                                 bool beforehand) {
    const OnnxNode& node = model_.nodes[index];
    if (operation == nullptr) return std::nullopt;
    try {
      Inference result = operation->infer(context);
      const bool sizes_only = std::all_of(result.outputs.begin(), result.outputs.end(),
                                          [](const InferredOutput& output) { return output.constant.has_value(); });
      for (std::size_t i = 0; i < result.outputs.size(); ++i) {
        check_size(node, i, result.outputs[i].dims, beforehand || sizes_only);
      }
      if (result.layer) check_layer(*result.layer);
      return result;
    } catch (const ShapeUnknown& unknown) {
      if (operation->kind == OperatorKind::weighted) throw explained(node, unknown);
      return std::nullopt;
    }
  }

  NodeError explained(const OnnxNode& node, const ShapeUnknown& unknown) {
    const std::string_view input = node.inputs[unknown.input()];
    const OnnxValue* value = values_.find(input);
    std::string why = "the file does not state it";
    if (value->unknown_since) {
      why = fmt::format("it depends on {}, whose output size can't be inferred and is not in the file",
                        describe(model_.nodes[*value->unknown_since]));
    }
    return NodeError(fmt::format("the {} of its input '{}' is unknown: {}", unknown.what(), printable(input), why),
                     {"onnx.shape_inference.infer_shapes writes sizes into a file; or export it with fixed sizes"});
  }

  void add(std::size_t index, const OnnxOperator* operation, const NodeContext& context,
           const std::optional<Inference>& inference, bool beforehand) {
    const OnnxNode& node = model_.nodes[index];
    const bool constant = inference && !inference->outputs.empty() &&
                          std::all_of(inference->outputs.begin(), inference->outputs.end(),
                                      [](const InferredOutput& output) { return output.constant.has_value(); });
    set_outputs(index, context, inference);
    if (beforehand || constant) {
      make_static(node, context);
    } else {
      add_node(node, operation, context, inference);
    }
  }

  void set_outputs(std::size_t index, const NodeContext& context, const std::optional<Inference>& inference) {
    const OnnxNode& node = model_.nodes[index];
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      OnnxValue* value = values_.find(node.outputs[i]);
      if (value == nullptr) continue;
      if (inference && i < inference->outputs.size()) {
        value->dims = inference->outputs[i].dims;
        value->constant = within_budget(inference->outputs[i].constant);
      } else {
        value->dims = values_.declared(node.outputs[i]);
      }
      if (!value->dims) value->unknown_since = first_unknown(index, context);
    }
  }

  std::size_t first_unknown(std::size_t index, const NodeContext& context) {
    for (std::size_t i = 0; i < context.inputs(); ++i) {
      if (context.has(i) && context.input(i).unknown_since) return *context.input(i).unknown_since;
    }
    return index;
  }

  std::optional<Constant> within_budget(const std::optional<Constant>& constant) {
    if (!constant || constant->size() > constants_left_) return std::nullopt;
    constants_left_ -= constant->size();
    return constant;
  }

  void make_static(const OnnxNode& node, const NodeContext& context) {
    for (const std::string_view name : node.outputs) {
      OnnxValue* value = values_.find(name);
      if (value == nullptr) continue;
      value->is_static = true;
      value->type = result_type(context, node.operation);
      if (value->dims) value->parameter = trained_source(node, context, element_count(*value->dims));
    }
  }

  /// Weights that were only rearranged or scaled beforehand are still the same trained values.
  std::optional<std::size_t> trained_source(const OnnxNode& node, const NodeContext& context, std::int64_t elements) {
    if (node.operation == "Constant") return values_.add_parameter(elements);
    bool any = false;
    for (std::size_t i = 0; i < context.inputs(); ++i) {
      if (!context.has(i) || !context.input(i).parameter) continue;
      any = true;
      if (values_.parameter_elements(*context.input(i).parameter) == elements) return context.input(i).parameter;
    }
    return any ? std::optional(values_.add_parameter(elements)) : std::nullopt;
  }

  void add_node(const OnnxNode& node, const OnnxOperator* operation, const NodeContext& context,
                const std::optional<Inference>& inference) {
    NetworkNode result{.name = unique_name(node), .operation = qualified_operation(node)};
    result.supported = operation != nullptr && (!inference || inference->evaluated);
    if (inference) result.shape = inference->layer;
    if (inference) result.window_elements = inference->window_elements;
    if (operation != nullptr) result.parameters = count_trained(*operation, context);
    result.output_dims = output_dims(node, context);
    for (std::size_t i = 0; i < context.inputs(); ++i) {
      if (!context.has(i)) continue;
      const OnnxValue& value = context.input(i);
      if (!value.is_static && value.dims) {
        result.input_elements = checked_add(result.input_elements, element_count(*value.dims));
      }
      if (value.producer) result.inputs.push_back(*value.producer);
    }
    std::sort(result.inputs.begin(), result.inputs.end());
    result.inputs.erase(std::unique(result.inputs.begin(), result.inputs.end()), result.inputs.end());
    for (const std::string_view name : node.outputs) {
      if (OnnxValue* value = values_.find(name)) value->producer = network_.nodes.size();
    }
    network_.nodes.push_back(std::move(result));
  }

  /// All that a node writes: the parts of a Split together are its input.
  Dims output_dims(const OnnxNode& node, const NodeContext& context) {
    const OnnxValue* first = node.outputs.empty() ? nullptr : values_.find(node.outputs.front());
    if (first == nullptr || !first->dims) return {0};
    return node.operation == "Split" && context.input(0).dims ? *context.input(0).dims : *first->dims;
  }

  std::int64_t count_trained(const OnnxOperator& operation, const NodeContext& context) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < context.inputs(); ++i) {
      if (!context.has(i) || !contains(operation.trained, i)) continue;
      const OnnxValue& value = context.input(i);
      if (!value.is_static || !value.parameter) continue;
      const std::int64_t elements = values_.parameter_elements(*value.parameter);
      // Elsewhere than at a weight's place, single numbers and integers are settings, not trained values.
      const bool is_weight = operation.kind == OperatorKind::weighted || contains(operation.weights, i);
      if (!is_weight && (elements <= 1 || !is_real(value.type))) continue;
      if (counted_.insert(*value.parameter).second) count = checked_add(count, elements);
    }
    return count;
  }

  std::string unique_name(const OnnxNode& node) {
    const std::string wanted = printable(label(node));
    std::string name = wanted;
    // The counter per name keeps a file of equal names from taking quadratic time.
    for (std::size_t& next = repeats_[wanted]; !names_.insert(name).second;) {
      name = fmt::format("{}_{}", wanted, ++next + 1);
    }
    return name;
  }

  const OnnxModel& model_;
  const std::string& path_;
  OnnxProblems problems_;
  ValueTable values_;
  Network network_{};
  std::unordered_set<std::size_t> counted_;
  std::unordered_set<std::string> names_;
  std::unordered_map<std::string, std::size_t> repeats_;
  std::size_t constants_left_ = std::size_t{1} << 22U;
};

}  // namespace

Network build_network(const OnnxModel& model, const std::string& path, std::int64_t batch) {
  return NetworkBuilder(model, path, batch).build();
}

}  // namespace ohmloop
