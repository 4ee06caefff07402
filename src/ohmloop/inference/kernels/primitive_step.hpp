#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

/// Executes one oneDNN primitive. Its arguments are slots that it reads or writes, and memory of its own (weights).
class PrimitiveStep final : public Step {
 public:
  PrimitiveStep(const dnnl::primitive_desc_base& description, dnnl::primitive primitive, std::string name);

  void add_read(int argument, std::size_t index) { arguments_.push_back({argument, index, false, {}, {}}); }
  void add_write(int argument, std::size_t index) { arguments_.push_back({argument, index, true, {}, {}}); }
  /// The same with the slot's memory seen under other sizes.
  void add_read_as(int argument, std::size_t index, const dnnl::memory::desc& as) {
    arguments_.push_back({argument, index, false, as, {}});
  }
  void add_write_as(int argument, std::size_t index, const dnnl::memory::desc& as) {
    arguments_.push_back({argument, index, true, as, {}});
  }
  void add_constant(int argument, dnnl::memory value) {
    arguments_.push_back({argument, 0, false, {}, std::move(value)});
  }

  void run(const RunMemory& memory) const override;
  [[nodiscard]] std::size_t scratch_bytes() const override { return scratchpad_.get_size(); }
  [[nodiscard]] std::string describe() const override { return name_; }

 private:
  struct Argument {
    int argument = 0;
    std::size_t index = 0;  ///< among `reads` or `writes`
    bool is_write = false;
    std::optional<dnnl::memory::desc> as;
    dnnl::memory constant;
  };

  dnnl::primitive primitive_;
  dnnl::memory::desc scratchpad_;
  dnnl::engine engine_;
  std::string name_;
  std::vector<Argument> arguments_;
};

/// Attributes of every primitive here: its scratch memory comes from the session, so that many sessions share it.
dnnl::primitive_attr session_attributes();

/// A tensor in oneDNN's memory, in C order, and reordered.
dnnl::memory constant_memory(const dnnl::engine& engine, const TensorData& tensor, const Dims& dims);
dnnl::memory reordered(const dnnl::engine& engine, dnnl::memory from, const dnnl::memory::desc& layout);

/// The clamp as an operation after a primitive.
void append_clamp(dnnl::post_ops& operations, const Clamp& clamp);

}  // namespace ohmloop
