#pragma once

#include <string>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// One class as Markdown: attributes, actions, estimators that know it.
std::string describe_class(const ComponentClass& component_class, const Registry& registry);

/// The whole of docs/components.md.
std::string component_docs(const Registry& registry);

}  // namespace ohmloop
