#include "ohmloop/energy/component_names.hpp"

#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/energy/node_component.hpp"
#include "ohmloop/energy/user_tables.hpp"

namespace ohmloop {
namespace {

void check_names(const ComponentInstance& instance, const CompoundLibrary& compounds, const Registry& registry,
                 Diagnostics& diagnostics) {
  const ClassLibrary& classes = registry.classes();
  // A compound's attributes are whatever its author wrote, and are judged with their values.
  if (compounds.find(instance.class_name) != nullptr) return;
  const ComponentClass* known = classes.find(instance.class_name);
  if (known == nullptr) {
    return report_unknown_class(instance, compounds.known_classes(classes), registry.names(), diagnostics);
  }
  if (known->open) return;
  for (const auto& [name, attribute] : instance.attributes) {
    if (known->attribute(name) == nullptr) report_unknown_attribute(*known, instance, name, attribute, diagnostics);
  }
}

}  // namespace

void check_component_names(const Architecture& architecture, Diagnostics& diagnostics) {
  Registry built_in;
  register_builtin_estimators(built_in);
  check_component_names(architecture, built_in, diagnostics);
}

void check_component_names(const Architecture& architecture, const Registry& estimators, Diagnostics& diagnostics) {
  const Registry registry = tables_of_description(architecture, estimators, diagnostics).registry;
  const ClassLibrary& classes = registry.classes();
  const CompoundLibrary compounds = read_compound_classes(architecture.components, classes, diagnostics);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    // The cells of an array and what multiplies in them are one component of the file.
    const bool said_before = architecture.array && i == architecture.array->cells.index() + 1;
    if (architecture.nodes[i].class_name.empty() || said_before) continue;
    check_names(component_of_node(architecture, NodeId(i), compounds, classes), compounds, registry, diagnostics);
  }
}

}  // namespace ohmloop
