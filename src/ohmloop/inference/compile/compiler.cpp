#include "ohmloop/inference/compile/compiler.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/kernels/copy_steps.hpp"
#include "ohmloop/inference/kernels/plain_step.hpp"
#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/rewrite.hpp"
#include "ohmloop/inference/run_node.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

/// More memory than this for one tensor of a batch is refused.
constexpr std::size_t largest_slot_bytes = std::size_t{1} << 33U;

std::size_t checked_bytes(const Program::Plan& plan, std::size_t bytes) {
  if (bytes <= largest_slot_bytes) return bytes;
  throw InputError(
      {binary_problem(fmt::format("{}: a tensor of {} bytes; the limit is {}", plan.source, bytes, largest_slot_bytes),
                      {"a smaller batch helps"})});
}

}  // namespace

Compiler::Compiler(const Graph& graph, Program::Plan& plan, std::int64_t batch)
    : graph_(graph), plan_(plan), batch_(batch), values_(graph.values.size()), compiled_(graph.nodes.size(), false) {
  for (std::size_t i = 0; i < graph.values.size(); ++i) values_[i].known = graph.values[i].constant;
  for (const ValueId output : graph.outputs) state(output).is_output = true;
  count_readers();
  define_inputs();
}

void Compiler::count_readers() {
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    for (const auto& input : graph_.nodes[i].inputs) {
      if (input) state(*input).readers.push_back(i);
    }
  }
}

void Compiler::define_inputs() {
  for (const GraphInput& input : graph_.inputs) {
    const auto refuse = [&](const std::string& why) {
      throw InputError(
          {binary_problem(fmt::format("{}: the input '{}' {}", graph_.source, graph_.value(input.value).name, why))});
    };
    if (input.type == ElementType::string) refuse("holds strings, which are not computed in a run");
    if (!input.rank_known) refuse("has no size in the file");
    Dims sizes = input.dims;
    if (!sizes.empty() && sizes[0] < 0) sizes[0] = batch_;
    if (std::any_of(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; })) {
      refuse(fmt::format("has the size {}: only the first one may be open", to_string(input.dims)));
    }
    if (!sizes.empty()) batch_ = sizes[0];
    const SlotId slot = new_plain_slot(input.type, sizes);
    plan_.inputs.push_back(slot);
    state(input.value).type = input.type;
    define(input.value, slot);
  }
  plan_.batch = batch_;
}

void Compiler::compile_all() {
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    if (!compiled_[i]) compile_node(i);
  }
  define_outputs();
}

void Compiler::define_outputs() {
  for (const ValueId output : graph_.outputs) {
    const bool activation = is_activation(output);
    const Dims& sizes = dims(output);
    plan_.outputs.push_back(activation ? slot_in(output, plain_layout(sizes)) : slot_of(output));
  }
}

void Compiler::compile_node(std::size_t index) {
  const GraphNode& node = graph_.nodes[index];
  try {
    if (!compute_beforehand(index)) {
      const FastRule rule = find_fast_rule(node.operation);
      bool fast = false;
      try {
        fast = rule != nullptr && rule(*this, index);
      } catch (const dnnl::error& error) {
        if (error.status != dnnl_unimplemented && error.status != dnnl_invalid_arguments) throw;
      }
      if (!fast) compile_plain(index);
    }
  } catch (const OperatorError& error) {
    throw node_error(graph_.source, node, error.what());
  } catch (const OverflowError& error) {
    throw node_error(graph_.source, node, error.what());
  }
  absorb(index);
}

bool Compiler::compute_beforehand(std::size_t index) {
  const GraphNode& node = graph_.nodes[index];
  if (is_own_operation(node.operation)) return false;
  const bool of_sizes = (node.operation == "Shape" || node.operation == "Size") && node.inputs[0].has_value();
  std::vector<const TensorData*> inputs;
  std::optional<TensorData> stand_in;
  for (const auto& input : node.inputs) {
    inputs.push_back(known(input));
    if (!input || inputs.back() != nullptr) continue;
    if (!of_sizes) return false;
    inputs.back() = &stand_in.emplace(ElementType::boolean, dims(*input));
  }
  std::vector<TensorData> outputs = run_node(graph_.source, {node, graph_.operator_set, inputs});
  for (std::size_t i = 0; i < node.outputs.size(); ++i) {
    if (node.outputs[i]) define_known(*node.outputs[i], std::move(outputs[i]));
  }
  return true;
}

void Compiler::compile_plain(std::size_t index) {
  const GraphNode& node = graph_.nodes[index];
  auto step = std::make_unique<PlainStep>(graph_, index);
  std::vector<SlotId> reads;
  std::vector<TensorData> samples;
  for (const auto& input : node.inputs) {
    if (!input) {
      step->add_missing();
    } else if (const TensorData* value = known(input)) {
      step->add_known(*value);
    } else {
      const SlotId slot = is_activation(*input) ? slot_in(*input, plain_layout(dims(*input))) : slot_of(*input);
      step->add_input(type(*input), dims(*input));
      reads.push_back(slot);
    }
  }
  const std::vector<TensorData> outputs = step->sample();
  std::vector<SlotId> writes;
  for (std::size_t i = 0; i < node.outputs.size(); ++i) {
    if (!node.outputs[i]) continue;
    const SlotId slot = new_plain_slot(outputs[i].type(), outputs[i].dims());
    state(*node.outputs[i]).type = outputs[i].type();
    define(*node.outputs[i], slot);
    writes.push_back(slot);
    step->add_output(i, outputs[i].type(), outputs[i].dims());
  }
  emit(std::move(step), std::move(reads), std::move(writes));
  ++plain_steps_;
}

const TensorData* Compiler::known(std::optional<ValueId> value) const {
  return value && state(*value).known ? &*state(*value).known : nullptr;
}

const Dims& Compiler::dims(ValueId value) const {
  const State& one = state(value);
  if (one.known) return one.known->dims();
  OHM_CHECK(!one.slots.empty(), "nodes stand in execution order");
  return plan_.slots[one.slots.front().index()].dims;
}

ElementType Compiler::type(ValueId value) const {
  const State& one = state(value);
  return one.known ? one.known->type() : one.type;
}

bool Compiler::is_activation(std::optional<ValueId> value) const {
  if (!value || state(*value).known || state(*value).type != ElementType::float32) return false;
  const Dims& sizes = dims(*value);
  return !sizes.empty() && sizes.size() <= 5 &&
         std::all_of(sizes.begin(), sizes.end(), [](auto size) { return size > 0; });
}

SlotId Compiler::slot_of(ValueId value) {
  State& one = state(value);
  if (one.slots.empty()) {
    OHM_CHECK(one.known.has_value(), "a value that is not known has a place");
    const SlotId slot = new_plain_slot(one.known->type(), one.known->dims());
    emit(std::make_unique<ConstantStep>(*one.known), {}, {slot});
    one.slots.push_back(slot);
  }
  return one.slots.front();
}

SlotId Compiler::slot_in(ValueId value, const dnnl::memory::desc& layout) {
  const SlotId first = slot_of(value);
  for (const SlotId slot : state(value).slots) {
    if (layout_of(slot) == layout) return slot;
  }
  const SlotId slot = new_slot(dims(value), layout);
  emit(std::make_unique<ReorderStep>(engine(), layout_of(first), layout), {first}, {slot});
  state(value).slots.push_back(slot);
  ++reorders_;
  return slot;
}

SlotId Compiler::new_slot(const Dims& sizes, const dnnl::memory::desc& layout) {
  plan_.slots.push_back({ElementType::float32, sizes, layout, checked_bytes(plan_, layout.get_size())});
  return SlotId(plan_.slots.size() - 1);
}

SlotId Compiler::new_plain_slot(ElementType type, const Dims& sizes) {
  const std::int64_t elements = element_count(sizes);
  const bool activation = type == ElementType::float32 && !sizes.empty() && sizes.size() <= 6 && elements > 0;
  if (activation) return new_slot(sizes, plain_layout(sizes));
  if (type == ElementType::string) throw OperatorError("texts are not computed in a run");
  plan_.slots.push_back({type, sizes, {}, checked_bytes(plan_, static_cast<std::size_t>(elements) * bytes_of(type))});
  return SlotId(plan_.slots.size() - 1);
}

void Compiler::define(ValueId value, SlotId slot) { state(value).slots = {slot}; }

void Compiler::define_known(ValueId value, TensorData tensor) { state(value).known = std::move(tensor); }

void Compiler::emit(std::unique_ptr<Step> step, std::vector<SlotId> reads, std::vector<SlotId> writes) {
  step->reads = std::move(reads);
  step->writes = std::move(writes);
  plan_.steps.push_back(std::move(step));
}

std::optional<std::size_t> Compiler::only_reader(ValueId value) const {
  const State& one = state(value);
  if (one.is_output || one.readers.size() != 1) return std::nullopt;
  return one.readers.front();
}

bool Compiler::dies_in(ValueId value, std::size_t node) const {
  const State& one = state(value);
  return !one.is_output &&
         std::all_of(one.readers.begin(), one.readers.end(), [&](auto reader) { return reader == node; });
}

void Compiler::absorb(std::size_t node) {
  if (compiled_[node]) return;
  compiled_[node] = true;
  for (const auto& input : graph_.nodes[node].inputs) {
    if (input) std::erase(state(*input).readers, node);
  }
}

}  // namespace ohmloop
