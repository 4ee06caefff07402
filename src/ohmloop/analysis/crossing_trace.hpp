#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/analysis/crossing.hpp"

namespace ohmloop {

/// One of the counts of TensorActions.
enum class CountedAction { reads, fills, updates, drains };

/// A product that a crossing is made of: everything the children walk over, or what they hold already at one moment.
struct CrossingProduct {
  std::optional<std::size_t> advancing;  ///< the loop that moves on, those inside returning to 0; nothing: all moments
  std::vector<std::pair<std::string, std::int64_t>> factors;  ///< by rank or group of ranks, "E, R"
  std::int64_t value = 0;
};

/// How one crossing was counted: value = the first product less the others.
struct CrossingTrace {
  std::vector<CrossingProduct> products;
};

/// A crossing that a count adds or subtracts.
struct CountedCrossing {
  bool subtracted = false;
  std::string what;  ///< "sums that leave psum_spad, as shared_glb sees them"
  std::vector<WalkedLoop> loops;
  CrossingTrace trace;
  std::int64_t count = 0;
};

}  // namespace ohmloop
