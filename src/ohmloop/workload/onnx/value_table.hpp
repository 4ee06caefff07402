#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ohmloop/workload/onnx/model.hpp"
#include "ohmloop/workload/onnx/node_context.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

/// All tensors of a graph by name: initializers and inputs with their sizes, the outputs of nodes still without.
class ValueTable {
 public:
  /// `batch` stands for an open first dimension of an input. Reports inputs whose sizes are open otherwise, tensors
  /// that nothing writes, and (as a warning) a fixed batch that differs. The model must outlive the table.
  ValueTable(const OnnxModel& model, std::int64_t batch, OnnxProblems& problems);

  /// Null for the empty name: an input left out. Pointers stay valid.
  [[nodiscard]] OnnxValue* find(std::string_view name);

  /// The sizes that the file itself states for a tensor, if it states all of them.
  [[nodiscard]] std::optional<Dims> declared(std::string_view name) const;

  /// Sizes of the network's first input.
  [[nodiscard]] const Dims& network_input() const { return network_input_; }

  /// A trained tensor of so many elements.
  std::size_t add_parameter(std::int64_t elements);
  [[nodiscard]] std::int64_t parameter_elements(std::size_t parameter) const { return parameters_[parameter]; }
  [[nodiscard]] std::size_t parameter_count() const { return parameters_.size(); }

 private:
  void add_initializers(const OnnxModel& model);
  void add_inputs(const OnnxModel& model, std::int64_t batch, OnnxProblems& problems);
  void add_data_input(const OnnxValueInfo& info, std::int64_t batch, OnnxProblems& problems);
  void add_static(std::string_view name, std::int32_t type, const Dims& dims);
  void add_undefined(const OnnxModel& model, OnnxProblems& problems);
  [[nodiscard]] std::vector<std::string> suggest(std::string_view name) const;
  [[nodiscard]] std::optional<Dims> resolve(const OnnxValueInfo& info) const;

  std::unordered_map<std::string_view, OnnxValue> values_;
  std::unordered_map<std::string_view, const OnnxValueInfo*> declared_;
  std::unordered_map<std::string_view, std::int64_t> symbols_;
  std::vector<std::int64_t> parameters_;
  Dims network_input_;
};

}  // namespace ohmloop
