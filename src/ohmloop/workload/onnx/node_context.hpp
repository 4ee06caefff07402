#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/workload/layer_shape.hpp"
#include "ohmloop/workload/onnx/constant.hpp"
#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// The node contradicts itself or its inputs. What it says becomes a diagnostic that names the node.
class NodeError : public std::runtime_error {
 public:
  explicit NodeError(const std::string& message, std::vector<std::string> hints = {})
      : std::runtime_error(message), hints_(std::move(hints)) {}
  [[nodiscard]] const std::vector<std::string>& hints() const { return hints_; }

 private:
  std::vector<std::string> hints_;
};

/// The sizes or values of an input are not known, so those of the outputs can't be.
class ShapeUnknown : public std::runtime_error {
 public:
  ShapeUnknown(std::size_t input, const char* what) : std::runtime_error(what), input_(input) {}
  [[nodiscard]] std::size_t input() const { return input_; }

 private:
  std::size_t input_;
};

/// What is known about a tensor of the graph.
struct OnnxValue {
  std::string_view name;
  std::int32_t type = onnx_type::undefined;
  std::optional<Dims> dims{};
  std::optional<Constant> constant{};     ///< its elements, where they are few and don't depend on the network's input
  bool is_static = false;                 ///< does not depend on the network's input: computed before it runs
  bool failed = false;                    ///< an error about it was reported
  std::optional<std::size_t> producer{};  ///< index of the network's node that writes it
  std::optional<std::size_t> unknown_since{};  ///< node of the file that made its sizes unknown
  std::optional<std::size_t> parameter{};      ///< which trained tensor it is, however reshaped
};

struct InferredOutput {
  Dims dims;
  std::optional<Constant> constant{};
};

/// What an operator's rule says about a node.
struct Inference {
  std::vector<InferredOutput> outputs{};
  std::optional<LayerShape> layer{};
  std::int64_t window_elements = 0;  ///< of pooling, as in NetworkNode
  bool evaluated = true;             ///< false: its shape is known, but nothing here knows what it costs
};

Inference one_output(Dims dims);
Inference one_output(Constant constant);
/// The constant if it could be folded, else the sizes alone.
Inference one_output(Dims dims, std::optional<Constant> constant);

/// A node as an operator's rule sees it.
class NodeContext {
 public:
  NodeContext(const OnnxNode& node, std::vector<const OnnxValue*> inputs, std::int64_t operator_set)
      : node_(&node), inputs_(std::move(inputs)), operator_set_(operator_set) {}

  [[nodiscard]] std::int64_t operator_set() const { return operator_set_; }
  [[nodiscard]] std::size_t inputs() const { return inputs_.size(); }
  [[nodiscard]] std::size_t outputs() const { return node_->outputs.size(); }
  [[nodiscard]] bool has(std::size_t input) const { return input < inputs_.size() && inputs_[input] != nullptr; }

  /// Throw NodeError if the input is missing, ShapeUnknown if nothing is known of it.
  [[nodiscard]] const OnnxValue& input(std::size_t input) const;
  [[nodiscard]] const Dims& dims(std::size_t input) const;
  /// Sizes that have at least so many axes; else NodeError.
  [[nodiscard]] const Dims& dims(std::size_t input, std::size_t least_rank) const;
  [[nodiscard]] const Constant& constant(std::size_t input) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::size_t input) const;
  [[nodiscard]] const Constant* find_constant(std::size_t input) const;

  [[nodiscard]] const OnnxAttribute* attribute(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] std::string_view text(std::string_view name, std::string_view otherwise) const;
  /// An absent list is nothing; an empty one is empty.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> list(std::string_view name) const;
  /// A list that older operator sets keep in an attribute, newer ones in an input.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> list(std::string_view name, std::size_t input) const;

 private:
  const OnnxNode* node_;
  std::vector<const OnnxValue*> inputs_;
  std::int64_t operator_set_;
};

/// An axis counted from the front; negative ones count from the back. Throws NodeError outside [-rank, rank).
std::size_t resolve_axis(std::int64_t axis, std::size_t rank);

}  // namespace ohmloop
