#pragma once

#include <cstdint>

#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// Temporal steps in which an instance of `node` has points to compute, summed over its instances (docs/counting.md).
/// Throws OverflowError.
std::int64_t active_steps(const Einsum& einsum, const Mapping& mapping, NodeId node);

}  // namespace ohmloop
