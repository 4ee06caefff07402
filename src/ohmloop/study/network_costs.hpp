#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/study/chip.hpp"
#include "ohmloop/study/sweep_point.hpp"

namespace ohmloop {

/// What a network costs on a chip, or why nobody can say.
struct CostOutcome {
  std::optional<SweepCosts> costs;
  std::string failure;
  std::vector<Diagnostic> warnings;
};

struct CostOptions {
  MapperOptions mapper = {};
  /// True once no further result is wanted.
  std::function<bool()> stop = {};
};

/// `stop` ended an evaluation between two of its layers.
struct Stopped {};

/// Evaluates a network on the caller's thread. A chip that can't be read, a layer without a mapping and counts beyond
/// 64 bits are failures. Throws Stopped.
CostOutcome evaluate_costs(const Network& network, ChipInUse& chip, const CostOptions& options = {});

}  // namespace ohmloop
