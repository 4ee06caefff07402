#include "ohmloop/inference/program.hpp"

#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/inference/aligned_memory.hpp"
#include "ohmloop/inference/compile/compiler.hpp"
#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

namespace {

void report(const Program::Plan& plan, const Compiler& compiler, ProgramStats& stats) {
  stats.steps = plan.steps.size();
  stats.plain_steps = compiler.plain_steps();
  stats.reorders = compiler.reorders();
  stats.session_bytes = plan.memory_bytes + plan.scratch_bytes;
  for (const auto& step : plan.steps) {
    stats.plan.push_back(step->describe());
    for (const SlotId slot : step->writes)
      stats.plan.back() += fmt::format(" -> {}", to_string(plan.slots[slot.index()].dims));
  }
}

}  // namespace

Program::Program(const Graph& graph, std::int64_t batch, ProgramStats* stats) {
  const SingleThread one_thread;
  auto plan = std::make_unique<Plan>();
  plan->source = graph.source;
  Compiler compiler(graph, *plan, batch);
  compiler.compile_all();
  place_slots(*plan);
  if (stats != nullptr) report(*plan, compiler, *stats);
  plan_ = std::move(plan);
}

Program::~Program() = default;
Program::Program(Program&&) noexcept = default;

std::int64_t Program::batch() const { return plan_->batch; }

const Dims& Program::input_dims(std::size_t input) const { return plan_->slots[plan_->inputs[input].index()].dims; }

const Dims& Program::output_dims(std::size_t output) const { return plan_->slots[plan_->outputs[output].index()].dims; }

std::size_t Program::inputs() const { return plan_->inputs.size(); }

std::size_t Program::session_bytes() const { return plan_->memory_bytes + plan_->scratch_bytes; }

struct Session::Memory {
  std::optional<AlignedMemory> own;
  std::byte* scratch = nullptr;
  dnnl::stream stream;
  std::vector<std::byte*> addresses;
  std::vector<dnnl::memory> slots;
};

Session::Session(const Program& program) : memory_(std::make_unique<Memory>()), plan_(program.plan_.get()) {
  memory_->own.emplace(program.session_bytes());
  bind(memory_->own->bytes());
}

Session::Session(const Program& program, std::span<std::byte> memory)
    : memory_(std::make_unique<Memory>()), plan_(program.plan_.get()) {
  bind(memory);
}

void Session::bind(std::span<std::byte> memory) {
  OHM_CHECK(memory.size() >= plan_->memory_bytes + plan_->scratch_bytes, "as much memory as the program says");
  memory_->scratch = memory.data() + plan_->memory_bytes;
  memory_->stream = dnnl::stream(plan_->engine);
  for (const Slot& slot : plan_->slots) {
    std::byte* address = memory.data() + slot.offset;
    memory_->addresses.push_back(address);
    const bool has_layout = slot.layout.data.ndims > 0;
    memory_->slots.push_back(has_layout ? dnnl::memory(slot.layout, plan_->engine, address) : dnnl::memory());
  }
}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;

std::span<float> Session::input(std::size_t index) {
  const SlotId slot = plan_->inputs[index];
  OHM_CHECK(plan_->slots[slot.index()].type == ElementType::float32, "an input of float32");
  return {reinterpret_cast<float*>(memory_->addresses[slot.index()]), plan_->slots[slot.index()].bytes / sizeof(float)};
}

void Session::set_input(std::size_t index, const TensorData& value) {
  const Slot& slot = plan_->slots[plan_->inputs[index].index()];
  OHM_CHECK(slot.type == value.type() && slot.dims == value.dims(), "an input as the program was compiled for");
  std::memcpy(memory_->addresses[plan_->inputs[index].index()], value.bytes(), value.size_bytes());
}

void Session::run(const ImageRange& images, std::span<const ValueTransform* const> transforms) {
  const SingleThread one_thread;
  const RunMemory memory{memory_->slots, memory_->addresses, memory_->scratch, memory_->stream,
                         images,         plan_->batch,       transforms};
  for (const auto& step : plan_->steps) step->run(memory);
  memory_->stream.wait();
}

TensorData Session::output(std::size_t index) const {
  const SlotId slot = plan_->outputs[index];
  TensorData tensor(plan_->slots[slot.index()].type, plan_->slots[slot.index()].dims);
  std::memcpy(tensor.mutable_bytes(), memory_->addresses[slot.index()], tensor.size_bytes());
  return tensor;
}

std::span<const float> Session::output_values(std::size_t index) const {
  const SlotId slot = plan_->outputs[index];
  return {reinterpret_cast<const float*>(memory_->addresses[slot.index()]),
          plan_->slots[slot.index()].bytes / sizeof(float)};
}

}  // namespace ohmloop
