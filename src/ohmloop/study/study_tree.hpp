#pragma once

#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Keys that a part has; at the top of the file they hold for all parts that don't have them.
const std::vector<std::string>& part_keys();

/// The tree with what stands behind `quick` in the place of the full values, at the top and in parts; without any
/// `quick`, the tree as it is. Reports keys that `quick` can't have and axes that there are none of.
YamlNode quick_tree(YamlNode root, Diagnostics& diagnostics);

/// The parts, each with what it inherits; the whole file is one part where it has no `parts`. Reports `parts` that is
/// no list of maps.
std::vector<YamlNode> part_trees(const YamlNode& root, Diagnostics& diagnostics);

/// A text that is the same for equal trees, whatever their comments, layout and places. `left_out`: keys of maps that
/// don't count.
std::string canonical_text(const YamlNode& node, const std::vector<std::string>& left_out = {});

}  // namespace ohmloop
