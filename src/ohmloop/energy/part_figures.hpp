#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// One number of one component with everybody's answers to the question for it.
struct PartFigure {
  std::string name;  ///< an action, "area" or "leakage"
  std::string unit;  ///< "pJ/access", "um2", "W"
  Choice choice;     ///< actions with arguments: of their costliest case
};

/// All actions of the class in its order, then area and leakage, of one unit. Attributes were completed
/// (complete_attributes).
std::vector<PartFigure> part_figures(const Registry& registry, const ComponentClass& component_class,
                                     const AttributeMap& attributes);

}  // namespace ohmloop
