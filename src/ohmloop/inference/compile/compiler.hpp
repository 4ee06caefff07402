#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ohmloop/inference/compile/plan.hpp"
#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

/// Compiles the nodes of a graph one after another into the steps of a plan. What a node's rule sees of the whole: what
/// is known of its inputs, where they lie, who else reads them.
class Compiler {
 public:
  Compiler(const Graph& graph, Program::Plan& plan, std::int64_t batch);

  void compile_all();
  [[nodiscard]] std::size_t plain_steps() const { return plain_steps_; }
  [[nodiscard]] std::size_t reorders() const { return reorders_; }

  [[nodiscard]] const Graph& graph() const { return graph_; }
  [[nodiscard]] const GraphNode& node(std::size_t index) const { return graph_.nodes[index]; }
  [[nodiscard]] const dnnl::engine& engine() const { return plan_.engine; }
  [[nodiscard]] std::int64_t batch() const { return batch_; }

  /// The value itself, where it doesn't depend on the network's input or only on its size.
  [[nodiscard]] const TensorData* known(std::optional<ValueId> value) const;
  [[nodiscard]] const Dims& dims(ValueId value) const;
  [[nodiscard]] ElementType type(ValueId value) const;
  /// True for float32 values of 1 to 5 axes that a run computes: what fast steps work on.
  [[nodiscard]] bool is_activation(std::optional<ValueId> value) const;

  /// Whether a step computes the value that was emitted already.
  [[nodiscard]] bool is_computed(ValueId value) const { return !state(value).slots.empty(); }

  /// Where the value lies as its maker left it, and in another layout (a reorder if need be). A known value gets a
  /// slot, too, that is filled in every run.
  SlotId slot_of(ValueId value);
  SlotId slot_in(ValueId value, const dnnl::memory::desc& layout);
  [[nodiscard]] const dnnl::memory::desc& layout_of(SlotId slot) const { return plan_.slots[slot.index()].layout; }
  SlotId new_slot(const Dims& dims, const dnnl::memory::desc& layout);
  SlotId new_plain_slot(ElementType type, const Dims& dims);

  /// From here on the value lies in the slot.
  void define(ValueId value, SlotId slot);
  void define_known(ValueId value, TensorData tensor);
  void emit(std::unique_ptr<Step> step, std::vector<SlotId> reads, std::vector<SlotId> writes);

  /// The one node that still has to read the value, if it is no output; nothing otherwise.
  [[nodiscard]] std::optional<std::size_t> only_reader(ValueId value) const;
  /// Whether `node` is the last to read the value, so that it may overwrite the slot.
  [[nodiscard]] bool dies_in(ValueId value, std::size_t node) const;
  /// The node was compiled together with one before it.
  void absorb(std::size_t node);

 private:
  struct State {
    std::optional<TensorData> known{};
    ElementType type = ElementType::float32;
    std::vector<SlotId> slots{};         ///< the same value in several layouts, its maker's first
    std::vector<std::size_t> readers{};  ///< nodes that are not compiled yet
    bool is_output = false;
  };

  void define_inputs();
  void count_readers();
  void compile_node(std::size_t index);
  bool compute_beforehand(std::size_t index);
  void compile_plain(std::size_t index);
  void forget_reader(std::size_t index);
  void define_outputs();
  State& state(ValueId value) { return values_[value.index()]; }
  [[nodiscard]] const State& state(ValueId value) const { return values_[value.index()]; }

  const Graph& graph_;
  Program::Plan& plan_;
  std::int64_t batch_;
  std::vector<State> values_;
  std::vector<bool> compiled_;
  std::size_t plain_steps_ = 0;
  std::size_t reorders_ = 0;
};

/// A node's rule: emits its steps and defines its outputs, or returns false where this form of the operator has no
/// fast step. Throws dnnl::error where oneDNN has none; nothing is emitted before all its primitives exist.
using FastRule = bool (*)(Compiler& compiler, std::size_t node);

/// Null if the operator only has a plain form.
FastRule find_fast_rule(std::string_view operation);

bool compile_convolution(Compiler& compiler, std::size_t node);
bool compile_product(Compiler& compiler, std::size_t node);
bool compile_pool(Compiler& compiler, std::size_t node);
bool compile_global_pool(Compiler& compiler, std::size_t node);
bool compile_elementwise(Compiler& compiler, std::size_t node);
bool compile_binary(Compiler& compiler, std::size_t node);
bool compile_concat(Compiler& compiler, std::size_t node);
bool compile_softmax(Compiler& compiler, std::size_t node);
bool compile_normalisation(Compiler& compiler, std::size_t node);
bool compile_transform(Compiler& compiler, std::size_t node);
bool compile_dequantise(Compiler& compiler, std::size_t node);

/// The layout's name, if it is one of those.
std::optional<ActivationLayout> name_of_layout(const dnnl::memory::desc& layout, const Dims& dims);

/// The clamp that a node is, if it is one with known bounds: Relu, Clip.
std::optional<Clamp> clamp_of(const Compiler& compiler, const GraphNode& node);

}  // namespace ohmloop
