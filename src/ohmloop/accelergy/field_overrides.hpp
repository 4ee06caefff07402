#pragma once

#include <span>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Replaces attributes in an architecture's tree before it is read. "technology=65nm" replaces every attribute of that
/// name, or adds one at the top if there is none; "PE.mac.datawidth=8" replaces or adds one of the nodes whose path
/// ends so, ranges left out. The values carry a place on the command line. Reports paths without a node.
void apply_field_overrides(YamlNode& architecture, std::span<const Override> overrides, Diagnostics& diagnostics);

}  // namespace ohmloop
