#pragma once

#include <cstdint>

namespace ohmloop {

/// Calls of `operator new` in this program so far. Memory of more than ordinary alignment is not counted.
std::uint64_t allocations();

}  // namespace ohmloop
