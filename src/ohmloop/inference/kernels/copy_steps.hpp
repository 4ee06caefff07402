#pragma once

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

/// Copies a value into another layout.
class ReorderStep final : public Step {
 public:
  ReorderStep(const dnnl::engine& engine, const dnnl::memory::desc& from, const dnnl::memory::desc& to);
  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::string describe() const override { return "reorder"; }

 private:
  dnnl::reorder reorder_;
};

/// Writes a value that is the same in every run; a session's memory is shared by many values, so it can't be kept.
class ConstantStep final : public Step {
 public:
  explicit ConstantStep(TensorData value) : value_(std::move(value)) {}
  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::string describe() const override { return "constant"; }

 private:
  TensorData value_;
};

}  // namespace ohmloop
