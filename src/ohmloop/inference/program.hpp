#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/inference/graph.hpp"
#include "ohmloop/inference/transforms.hpp"

namespace ohmloop {

struct ProgramStats {
  std::size_t steps = 0;
  std::size_t plain_steps = 0;      ///< nodes that run as plain operators
  std::size_t reorders = 0;         ///< changes of layout
  std::size_t session_bytes = 0;    ///< memory of one session, without the weights
  std::vector<std::string> plan{};  ///< one line per step, for people
};

/// A graph compiled for one batch size: immutable, shared by all threads.
class Program {
 public:
  /// `batch` replaces the first size of every input that leaves it open; an input whose first size is fixed keeps it,
  /// and the program then takes that many images. Throws InputError: sizes that don't fit, named by node.
  Program(const Graph& graph, std::int64_t batch, ProgramStats* stats = nullptr);
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) = delete;

  [[nodiscard]] std::int64_t batch() const;
  [[nodiscard]] const Dims& input_dims(std::size_t input) const;    ///< with the batch
  [[nodiscard]] const Dims& output_dims(std::size_t output) const;  ///< with the batch
  [[nodiscard]] std::size_t inputs() const;
  [[nodiscard]] std::size_t session_bytes() const;  ///< memory that a session works in

  struct Plan;  ///< its inside: compile/plan.hpp

 private:
  friend class Session;
  std::unique_ptr<const Plan> plan_;
};

/// The images of one batch.
struct ImageRange {
  std::uint64_t first = 0;
  std::size_t count = 0;
};

/// The memory in which one thread runs a program. The program must outlive it.
class Session {
 public:
  explicit Session(const Program& program);
  /// In memory of the caller's, of at least `session_bytes` and aligned to 64: sessions of several programs may take
  /// turns in it.
  Session(const Program& program, std::span<std::byte> memory);
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) = delete;

  /// Where the caller puts an input of float32 before every run(), in C order. Of a batch that is not full, the rest
  /// may hold anything finite.
  [[nodiscard]] std::span<float> input(std::size_t index);
  /// An input of any type.
  void set_input(std::size_t index, const TensorData& value);

  /// Runs the batch on the calling thread alone. `transforms[i]` is applied where the graph has the Transform node of
  /// that number; null leaves the values as they are. Throws InputError where a plain operator meets values it can't
  /// work on.
  void run(const ImageRange& images, std::span<const ValueTransform* const> transforms = {});

  /// An output after run(), in C order; of a batch that is not full, the rest is of no meaning.
  [[nodiscard]] TensorData output(std::size_t index) const;
  /// The same without a copy, for outputs of float32.
  [[nodiscard]] std::span<const float> output_values(std::size_t index) const;

 private:
  struct Memory;
  void bind(std::span<std::byte> memory);

  std::unique_ptr<Memory> memory_;
  const Program::Plan* plan_;
};

}  // namespace ohmloop
