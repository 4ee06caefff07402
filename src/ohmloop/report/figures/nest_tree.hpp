#pragma once

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

/// A mapping as a tree, its tensors in the colours of their roles.
NestTreeFigure nest_tree(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

}  // namespace ohmloop
