#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "ohmloop/base/strong_id.hpp"
#include "ohmloop/inference/program.hpp"

/// What a program is made of. Only inference includes this: oneDNN's types stay inside.
namespace ohmloop {

using SlotId = StrongId<struct SlotTag>;

/// A tensor in one layout in the memory of a session.
struct Slot {
  ElementType type = ElementType::float32;
  Dims dims;
  dnnl::memory::desc layout;  ///< of float32; other types lie in C order
  std::size_t bytes = 0;
  std::size_t offset = 0;  ///< in the session's memory
};

/// A session's memory as a step sees it.
struct RunMemory {
  std::span<const dnnl::memory> slots;  ///< of float32, bound to their addresses
  std::span<std::byte* const> addresses;
  std::byte* scratch = nullptr;
  const dnnl::stream& stream;
  ImageRange images;
  std::int64_t batch = 0;
  std::span<const ValueTransform* const> transforms;
};

/// One action of a program. Immutable: many sessions run it at once.
class Step {
 public:
  Step() = default;
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  virtual ~Step() = default;

  virtual void run(const RunMemory& memory) const = 0;
  [[nodiscard]] virtual std::size_t scratch_bytes() const { return 0; }
  [[nodiscard]] virtual std::string describe() const = 0;

  std::vector<SlotId> reads;
  std::vector<SlotId> writes;
};

struct Program::Plan {
  std::string source;
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  std::int64_t batch = 0;
  std::vector<Slot> slots;
  std::vector<std::unique_ptr<Step>> steps;
  std::vector<SlotId> inputs;
  std::vector<SlotId> outputs;
  std::size_t memory_bytes = 0;
  std::size_t scratch_bytes = 0;
};

/// Gives every slot its place: slots whose lives don't overlap share memory. Sets offsets, memory_bytes and
/// scratch_bytes.
void place_slots(Program::Plan& plan);

/// oneDNN's C order for so many axes.
dnnl::memory::desc plain_layout(const Dims& dims);
/// Nothing of ours: layouts that oneDNN may choose itself.
dnnl::memory::desc any_layout(const Dims& dims);

/// While it lives, oneDNN works on the calling thread alone.
class SingleThread {
 public:
  SingleThread();
  SingleThread(const SingleThread&) = delete;
  SingleThread& operator=(const SingleThread&) = delete;
  ~SingleThread();

 private:
  int before_;
};

}  // namespace ohmloop
