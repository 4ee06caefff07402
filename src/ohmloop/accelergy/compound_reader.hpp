#pragma once

#include <set>
#include <string>
#include <vector>

#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Reads the value of a `compound_components:` (or v0.4 `components:`) key as compound classes of ours: the range of a
/// subcomponent's name becomes its count, that of a step's the instances that act; `repeat`, `action_share` and
/// `energy_scale` multiply; arguments are sorted by name, as the field's tables have them. Reports what it can't read.
std::vector<CompoundClass> read_field_compounds(const YamlNode& compound_components, Diagnostics& diagnostics);

/// Every name that an expression mentions; every one that any expression of a class does.
std::set<std::string> names_in_expression(const YamlNode& expression);
std::set<std::string> names_in_expressions(const CompoundClass& compound);

}  // namespace ohmloop
