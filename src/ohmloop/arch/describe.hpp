#pragma once

#include <string>

#include "ohmloop/arch/architecture.hpp"

namespace ohmloop {

/// The architecture as people read it: a heading, then one line per node, indented below every fan-out, with its class,
/// copies in the whole chip, size and what it keeps, passes or maps. An array's four nodes are shown as they are.
std::string to_text(const Architecture& architecture);

/// "64 KiB", "1.5 KiB", "16 bit": a capacity in the largest unit that leaves a short number.
std::string bits_to_text(std::int64_t bits);

}  // namespace ohmloop
