#include "ohmloop/inference/kernels/copy_steps.hpp"

#include <cstring>

namespace ohmloop {

ReorderStep::ReorderStep(const dnnl::engine& engine, const dnnl::memory::desc& from, const dnnl::memory::desc& to)
    : reorder_(dnnl::reorder::primitive_desc(engine, from, engine, to)) {}

void ReorderStep::run(const RunMemory& memory) const {
  dnnl::memory from = memory.slots[reads[0].index()];
  dnnl::memory to = memory.slots[writes[0].index()];
  reorder_.execute(memory.stream, {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}});
}

void ConstantStep::run(const RunMemory& memory) const {
  std::memcpy(memory.addresses[writes[0].index()], value_.bytes(), value_.size_bytes());
}

}  // namespace ohmloop
