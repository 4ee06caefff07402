#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/crossing_trace.hpp"

namespace ohmloop {

/// Which count is asked for.
struct CountQuestion {
  CountedAction action = CountedAction::reads;
  NodeId node;
  Role role = Role::input;
  bool busiest = true;  ///< of the instance that does most; false: of all instances
};

/// A derivation in words that a reader can check by hand; its last line ends in `count`.
struct CountDerivation {
  std::string text;
  std::int64_t count = 0;
};

/// Derives one of the counts of count_actions() from the loops: which of them move the tile, which copies are served
/// together, what is kept from step to step. The mapping must be legal.
CountDerivation explain_count(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                              const CountQuestion& question);

std::string_view to_string(CountedAction action);

}  // namespace ohmloop
