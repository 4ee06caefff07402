#include "ohmloop/workload/onnx/value_table.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/operators.hpp"

namespace ohmloop {
namespace {

/// How the graph uses its tensors.
struct Uses {
  std::unordered_set<std::string_view> any;
  std::unordered_set<std::string_view> as_data;  ///< somewhere where not only a parameter can stand
};

Uses find_uses(const OnnxModel& model) {
  Uses uses;
  for (const OnnxNode& node : model.nodes) {
    const OnnxOperator* operation = find_onnx_operator(node.operation);
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      uses.any.insert(node.inputs[i]);
      const bool weight_only = operation != nullptr && contains(operation->weights, i);
      if (!weight_only) uses.as_data.insert(node.inputs[i]);
    }
  }
  return uses;
}

/// Exporters write an open dimension as a name, as nothing, or as 0 or -1.
bool is_open(const OnnxDim& dim) { return !dim.value || *dim.value == 0 || *dim.value == -1; }

std::string describe_dims(const std::vector<OnnxDim>& dims) {
  std::string text;
  for (const OnnxDim& dim : dims) {
    if (!text.empty()) text += " x ";
    text += !is_open(dim) ? fmt::format("{}", *dim.value) : dim.symbol.empty() ? "?" : printable(dim.symbol);
  }
  return text;
}

void report_open(const OnnxValueInfo& info, std::size_t axis, OnnxProblems& problems) {
  const std::string symbol = printable((*info.dims)[axis].symbol);
  const std::string named = symbol.empty() ? std::string("no size") : fmt::format("the open size '{}'", symbol);
  problems.error(
      fmt::format("dimension {} of the input '{}' ({}) has {}: only the first one, the batch, may be open", axis,
                  printable(info.name), describe_dims(*info.dims), named),
      {fmt::format(
          "fix it in the file: python -m onnxruntime.tools.make_dynamic_shape_fixed --dim_param {} --dim_value "
          "128 model.onnx fixed.onnx, or export the model with fixed sizes",
          symbol.empty() ? "NAME" : symbol)});
}

}  // namespace

ValueTable::ValueTable(const OnnxModel& model, std::int64_t batch, OnnxProblems& problems) {
  for (const OnnxValueInfo& info : model.value_info) declared_.emplace(info.name, &info);
  for (const OnnxValueInfo& info : model.outputs) declared_.emplace(info.name, &info);
  add_initializers(model);
  add_inputs(model, batch, problems);
  for (const OnnxNode& node : model.nodes) {
    for (const std::string_view output : node.outputs) {
      if (!output.empty()) values_[output].name = output;
    }
  }
  add_undefined(model, problems);
}

OnnxValue* ValueTable::find(std::string_view name) {
  const auto found = name.empty() ? values_.end() : values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

std::size_t ValueTable::add_parameter(std::int64_t elements) {
  parameters_.push_back(elements);
  return parameters_.size() - 1;
}

void ValueTable::add_static(std::string_view name, std::int32_t type, const Dims& dims) {
  OnnxValue& value = values_[name];
  value = {.name = name, .type = type, .dims = dims, .is_static = true};
  value.parameter = add_parameter(element_count(dims));
}

void ValueTable::add_initializers(const OnnxModel& model) {
  for (const OnnxTensor& tensor : model.initializers) {
    add_static(tensor.name, tensor.type, tensor.dims);
    values_[tensor.name].constant = tensor.values;
  }
}

void ValueTable::add_inputs(const OnnxModel& model, std::int64_t batch, OnnxProblems& problems) {
  const Uses uses = find_uses(model);
  for (const OnnxValueInfo& info : model.inputs) {
    if (values_.count(info.name) != 0) continue;  // an initializer that older files list as an input too
    const bool is_weight = uses.any.count(info.name) != 0 && uses.as_data.count(info.name) == 0;
    if (!is_weight) {
      add_data_input(info, batch, problems);
    } else if (const auto dims = resolve(info)) {
      add_static(info.name, info.type, *dims);
    } else {
      problems.error(fmt::format("neither values nor sizes of the weight '{}' are in the file", printable(info.name)));
      values_[info.name] = {.name = info.name, .failed = true};
    }
  }
}

void ValueTable::add_data_input(const OnnxValueInfo& info, std::int64_t batch, OnnxProblems& problems) {
  OnnxValue& value = values_[info.name];
  value = {.name = info.name, .type = info.type};
  if (!info.dims) return;
  Dims dims;
  for (std::size_t axis = 0; axis < info.dims->size(); ++axis) {
    const OnnxDim& dim = (*info.dims)[axis];
    const auto known = symbols_.find(dim.symbol);
    if (!is_open(dim)) {
      dims.push_back(*dim.value);
    } else if (!dim.symbol.empty() && known != symbols_.end()) {
      dims.push_back(known->second);
    } else if (axis == 0) {
      dims.push_back(batch);
      if (!dim.symbol.empty()) symbols_.emplace(dim.symbol, batch);
    } else {
      report_open(info, axis, problems);
      value.failed = true;
      return;
    }
    if (dims.back() < 1) {
      problems.error(fmt::format("dimension {} of the input '{}' is {}; sizes start at 1", axis, printable(info.name),
                                 dims.back()));
      value.failed = true;
      return;
    }
  }
  if (dims.size() > 1 && !is_open(info.dims->front()) && dims[0] != batch) {
    problems.warning(fmt::format("the input '{}' has a fixed batch of {}, which is used instead of {}",
                                 printable(info.name), dims[0], batch),
                     {"export the model with a dynamic batch to choose it here"});
  }
  if (network_input_.empty()) network_input_ = dims;
  value.dims = std::move(dims);
}

void ValueTable::add_undefined(const OnnxModel& model, OnnxProblems& problems) {
  for (const OnnxNode& node : model.nodes) {
    for (const std::string_view input : node.inputs) {
      if (input.empty() || values_.count(input) != 0) continue;
      if (const auto dims = declared(input)) {
        add_static(input, declared_.at(input)->type, *dims);
        continue;
      }
      problems.error(fmt::format("{} reads '{}', which nothing in the file writes", describe(node), printable(input)),
                     suggest(input));
      values_[input] = {.name = input, .failed = true};
    }
  }
}

std::vector<std::string> ValueTable::suggest(std::string_view name) const {
  // Comparing with very many names would take longer than reading the file.
  constexpr std::size_t most_names = 10'000;
  if (values_.size() > most_names) return {};
  std::vector<std::string> known;
  for (const auto& [other, value] : values_) known.push_back(printable(other));
  std::sort(known.begin(), known.end());
  const std::string suggestion = did_you_mean(printable(name), known);
  return suggestion.empty() ? std::vector<std::string>{} : std::vector<std::string>{suggestion};
}

std::optional<Dims> ValueTable::resolve(const OnnxValueInfo& info) const {
  if (!info.dims) return std::nullopt;
  Dims dims;
  for (const OnnxDim& dim : *info.dims) {
    const auto known = symbols_.find(dim.symbol);
    if (dim.value && *dim.value >= 1) {
      dims.push_back(*dim.value);
    } else if (!dim.symbol.empty() && known != symbols_.end()) {
      dims.push_back(known->second);
    } else {
      return std::nullopt;
    }
  }
  try {
    element_count(dims);
  } catch (const OverflowError&) {
    return std::nullopt;
  }
  return dims;
}

std::optional<Dims> ValueTable::declared(std::string_view name) const {
  const auto found = declared_.find(name);
  return found == declared_.end() ? std::nullopt : resolve(*found->second);
}

}  // namespace ohmloop
