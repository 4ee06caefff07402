#include "ohmloop/inference/kernels/primitive_step.hpp"

#include <cmath>
#include <cstring>
#include <unordered_map>

namespace ohmloop {

PrimitiveStep::PrimitiveStep(const dnnl::primitive_desc_base& description, dnnl::primitive primitive, std::string name)
    : primitive_(std::move(primitive)),
      scratchpad_(description.query_md(dnnl::query::scratchpad_md)),
      engine_(description.get_engine()),
      name_(std::move(name)) {
  if (const char* implementation = description.impl_info_str()) name_ += std::string(" [") + implementation + "]";
}

void PrimitiveStep::run(const RunMemory& memory) const {
  std::unordered_map<int, dnnl::memory> arguments;
  for (const Argument& one : arguments_) {
    const auto slot = [&] { return (one.is_write ? writes : reads)[one.index].index(); };
    if (one.constant) {
      arguments.emplace(one.argument, one.constant);
    } else if (one.as) {
      arguments.emplace(one.argument, dnnl::memory(*one.as, engine_, memory.addresses[slot()]));
    } else {
      arguments.emplace(one.argument, memory.slots[slot()]);
    }
  }
  if (scratchpad_.get_size() > 0) {
    arguments.emplace(DNNL_ARG_SCRATCHPAD, dnnl::memory(scratchpad_, engine_, memory.scratch));
  }
  primitive_.execute(memory.stream, arguments);
}

dnnl::primitive_attr session_attributes() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

dnnl::memory constant_memory(const dnnl::engine& engine, const TensorData& tensor, const Dims& dims) {
  dnnl::memory memory(plain_layout(dims), engine);
  std::memcpy(memory.get_data_handle(), tensor.bytes(), tensor.size_bytes());
  return memory;
}

dnnl::memory reordered(const dnnl::engine& engine, dnnl::memory from, const dnnl::memory::desc& layout) {
  if (from.get_desc() == layout) return from;
  const SingleThread one_thread;
  dnnl::memory to(layout, engine);
  const dnnl::stream stream(engine);
  dnnl::reorder(from, to).execute(stream, from, to);
  return to;
}

void append_clamp(dnnl::post_ops& operations, const Clamp& clamp) {
  if (clamp.lower == 0 && std::isinf(clamp.upper)) {
    operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
  } else {
    operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_clip_v2, clamp.lower, clamp.upper);
  }
}

}  // namespace ohmloop
