#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/inference/compile/compiler.hpp"

namespace ohmloop {

/// Nodes behind a layer that run in the same step: the addition of a value that already lies there and that nobody else
/// wants any more, and a clamp.
struct Following {
  std::optional<ValueId> residual{};
  std::optional<Clamp> clamp{};
  ValueId output;                    ///< what the last of them computes
  std::vector<std::size_t> nodes{};  ///< those that are done with it

  [[nodiscard]] dnnl::post_ops operations() const;
  [[nodiscard]] std::string describe() const;
  /// Defines the output and marks the nodes as compiled.
  void finish(Compiler& compiler, SlotId slot) const;
};

/// What can follow node `index`, whose output has these dims.
Following following_of(const Compiler& compiler, std::size_t index, const Dims& dims);

/// The clamp behind a value, if it is the only reader.
void add_clamp(const Compiler& compiler, Following& following);

}  // namespace ohmloop
