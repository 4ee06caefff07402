#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/workload/layer_file.hpp"

namespace ohmloop {

/// A layer of a file as this architecture computes it: a shape is lowered as any, an einsum is taken as it is, with the
/// architecture's widths where it states none. Throws InputError at `where` for an einsum on arrays of storage elements
/// (they slice and flatten shapes only), OverflowError where a size leaves 64 bits.
Einsum lower(const Layer& layer, const Architecture& architecture, const SourceSpan& where);

}  // namespace ohmloop
