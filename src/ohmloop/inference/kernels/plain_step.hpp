#pragma once

#include <optional>
#include <vector>

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

/// Runs a node as its plain operator on tensors in C order.
class PlainStep final : public Step {
 public:
  PlainStep(const Graph& graph, std::size_t node);

  /// The node's inputs, one call each, in order.
  void add_missing() { inputs_.push_back({}); }
  void add_known(TensorData value) { inputs_.push_back({.known = std::move(value)}); }
  void add_input(ElementType type, Dims dims) {
    inputs_.push_back({.type = type, .dims = std::move(dims), .is_read = true});
  }
  /// Outputs of the operator that are written, in the order of `writes`.
  void add_output(std::size_t output, ElementType type, Dims dims) {
    outputs_.push_back({output, type, std::move(dims)});
  }

  /// What the node gives for made-up inputs: the sizes and types that a run will meet, unless they depend on values.
  [[nodiscard]] std::vector<TensorData> sample() const;

  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::string describe() const override;

 private:
  struct Input {
    std::optional<TensorData> known{};
    ElementType type = ElementType::float32;
    Dims dims{};
    bool is_read = false;
  };
  struct Output {
    std::size_t index = 0;
    ElementType type = ElementType::float32;
    Dims dims{};
  };

  [[nodiscard]] std::vector<TensorData> compute(std::span<const TensorData> read) const;

  GraphNode node_;
  std::string source_;
  std::int64_t operator_set_;
  std::vector<Input> inputs_;
  std::vector<Output> outputs_;
};

}  // namespace ohmloop
