#pragma once

#include <vector>

#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {

/// Writes the table of component classes down; everybody else asks component_classes().
std::vector<ComponentClass> make_component_classes();

}  // namespace ohmloop
