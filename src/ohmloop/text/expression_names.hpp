#pragma once

#include <set>
#include <string>
#include <vector>

#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// The names that stand in a scalar's expression, functions among them; none in a quoted scalar, which is a string, and
/// in one that is no expression (its evaluation reports that).
std::vector<std::string> names_in(const YamlNode& scalar);

/// `names`, and those entries whose expressions stand on one of them, directly or through other entries.
std::set<std::string> with_dependents(std::set<std::string> names, const std::vector<YamlEntry>& entries);

/// The same inside a scope of its own: an entry hides the name outside, which only its own expression still means.
std::set<std::string> with_inner_dependents(std::set<std::string> outer, const std::vector<YamlEntry>& entries);

}  // namespace ohmloop
