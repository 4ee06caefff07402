#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// Names of the estimators that answer about a class without being asked by name.
std::vector<std::string> estimators_of(const ComponentClass& component_class, const Registry& registry);

}  // namespace ohmloop
