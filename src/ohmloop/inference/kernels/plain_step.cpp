#include "ohmloop/inference/kernels/plain_step.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/run_node.hpp"

namespace ohmloop {

namespace {

/// A tensor of one number. Real numbers are 1, so that nothing is divided by nothing.
TensorData made_up(ElementType type, const Dims& dims, std::int64_t whole) {
  TensorData tensor(type, dims);
  for_type(NumberAndBoolTypes{}, type, [&]<class T>() {
    const auto values = tensor.mutable_values<T>();
    std::fill(values.begin(), values.end(), std::is_integral_v<T> ? convert<T>(whole) : convert<T>(1.0F));
  });
  return tensor;
}

}  // namespace

PlainStep::PlainStep(const Graph& graph, std::size_t node)
    : node_(graph.nodes[node]), source_(graph.source), operator_set_(graph.operator_set) {}

std::vector<TensorData> PlainStep::compute(std::span<const TensorData> read) const {
  std::vector<const TensorData*> inputs;
  std::size_t next = 0;
  for (const Input& input : inputs_) {
    if (input.is_read) {
      inputs.push_back(&read[next++]);
    } else {
      inputs.push_back(input.known ? &*input.known : nullptr);
    }
  }
  return run_node(source_, {node_, operator_set_, inputs});
}

std::vector<TensorData> PlainStep::sample() const {
  const auto attempt = [&](std::int64_t whole) {
    std::vector<TensorData> read;
    for (const Input& input : inputs_) {
      if (input.is_read) read.push_back(made_up(input.type, input.dims, whole));
    }
    return compute(read);
  };
  const bool reads_whole = std::any_of(inputs_.begin(), inputs_.end(), [](const Input& input) {
    return input.is_read && input.type != ElementType::float32;
  });
  // 0 is an index that most tensors have, 1 is what they can be divided by.
  try {
    return attempt(0);
  } catch (const InputError&) {
    if (!reads_whole) throw;
  }
  try {
    return attempt(1);
  } catch (const InputError& error) {
    std::vector<Diagnostic> diagnostics = error.diagnostics();
    diagnostics.front().notes.emplace_back(
        "some of its inputs are known in a run only: sizes that depend on values are not supported");
    throw InputError(std::move(diagnostics));
  }
}

void PlainStep::run(const RunMemory& memory) const {
  std::vector<TensorData> read;
  for (const Input& input : inputs_) {
    if (!input.is_read) continue;
    TensorData tensor(input.type, input.dims);
    std::memcpy(tensor.mutable_bytes(), memory.addresses[reads[read.size()].index()], tensor.size_bytes());
    read.push_back(std::move(tensor));
  }
  const std::vector<TensorData> computed = compute(read);
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const TensorData& tensor = computed[outputs_[i].index];
    if (tensor.type() != outputs_[i].type || tensor.dims() != outputs_[i].dims) {
      throw node_error(source_, node_, "sizes that depend on values are not supported");
    }
    std::memcpy(memory.addresses[writes[i].index()], tensor.bytes(), tensor.size_bytes());
  }
}

std::string PlainStep::describe() const { return fmt::format("{} (plain)", node_.operation); }

}  // namespace ohmloop
