#pragma once

#include <span>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Replaces values in the tree of a native description before it is read. Every replaced value carries a place on the
/// command line. Unknown paths are reported with suggestions.
void apply_overrides(YamlNode& root, std::span<const Override> overrides, Diagnostics& diagnostics);

}  // namespace ohmloop
