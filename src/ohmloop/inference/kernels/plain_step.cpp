#include "ohmloop/inference/kernels/plain_step.hpp"

#include <cstring>

#include <fmt/format.h>

#include "ohmloop/inference/run_node.hpp"

namespace ohmloop {

namespace {

template <class T>
void fill(TensorData& tensor, T value) {
  const auto values = tensor.mutable_values<T>();
  std::fill(values.begin(), values.end(), value);
}

/// Ones rather than zeros: no division by nothing, and an index that most tensors have.
TensorData ones(ElementType type, const Dims& dims) {
  TensorData tensor(type, dims);
  if (type == ElementType::float32) fill(tensor, 1.0F);
  if (type == ElementType::float64) fill(tensor, 1.0);
  if (type == ElementType::float16) fill(tensor, to_float16(1.0F));
  if (type == ElementType::bfloat16) fill(tensor, to_bfloat16(1.0F));
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
  std::vector<TensorData> read;
  for (const Input& input : inputs_) {
    if (input.is_read) read.push_back(ones(input.type, input.dims));
  }
  return compute(read);
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
      throw node_error(source_, node_, "its output's sizes depend on the values of its inputs, which is not supported");
    }
    std::memcpy(memory.addresses[writes[i].index()], tensor.bytes(), tensor.size_bytes());
  }
}

std::string PlainStep::describe() const { return fmt::format("{} (plain)", node_.operation); }

}  // namespace ohmloop
