#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/timeloop/counting/nest.hpp"
#include "ohmloop/timeloop/counting/result.hpp"

namespace ohmloop {

/// A memory keeps a tile of a tensor from here on.
struct KeepLine {
  std::string level;
  std::string tensor;
  std::int64_t words = 0;  ///< of the largest tile of one instance
};

struct LoopLine {
  std::string rank;
  std::int64_t bound = 1;
  std::string across;  ///< the fan-out, "X" or "Y" of Timeloop's; empty: in time
};

/// A line of a loop nest, whatever way it is counted.
using NestLine = std::variant<KeepLine, LoopLine>;

/// Outermost first.
std::vector<NestLine> nest_lines(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);
std::vector<NestLine> nest_lines(const timeloop::Nest& nest, const timeloop::TimeloopResult& result);

}  // namespace ohmloop
