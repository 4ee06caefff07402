#include "ohmloop/energy/system.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/energy/component_estimator.hpp"

namespace ohmloop {
namespace {

/// Attributes without those that say where to look or how many there are.
std::string describe_component(const ComponentInstance& component, const ClassLibrary& classes) {
  if (const ComponentClass* known = classes.find(component.class_name)) {
    return describe_attributes(*known, component.attributes);
  }
  std::string text;
  for (const auto& [name, attribute] : component.attributes) {
    if (name == "from" || name == "units") continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, to_string(attribute.value));
  }
  return text;
}

NodeReference reference_of(const ComponentEstimate& estimate, double units) {
  NodeReference reference;
  reference.actions = estimate.actions;
  reference.area_um2 = estimate.area_um2 * units;
  reference.area_provenance = estimate.area_provenance;
  reference.leakage_power_w = estimate.leakage_power_w * units;
  reference.leakage_known = estimate.leakage_known;
  reference.leakage_provenance = estimate.leakage_provenance;
  reference.units = units;
  if (units != 1) {
    std::string& derivation = reference.area_provenance.derivation;
    derivation += fmt::format("{}x {:g} units", derivation.empty() ? "" : "; ", units);
  }
  return reference;
}

void warn(const SystemComponent& component, const ComponentEstimate& estimate, Diagnostics& diagnostics) {
  for (const std::string& warning : estimate.warnings) {
    diagnostics.warning(fmt::format("{}: {}", component.component.what, warning), component.component.where);
  }
  if (!estimate.area_known) {
    diagnostics.warning(fmt::format("the area of {} is unknown and counts as 0", component.component.what),
                        component.component.where);
  }
  for (const std::string& name : estimate.unread) {
    const auto found = component.component.attributes.find(name);
    if (found == component.component.attributes.end()) continue;
    const ComponentAttribute& attribute = found->second;
    diagnostics.warning(fmt::format("attribute '{}' of {} has no influence", name, component.component.what),
                        attribute.key_where.empty() ? attribute.where : attribute.key_where,
                        "no estimator that was chosen reads it");
  }
}

std::string describe_node(const Node& node) {
  std::string text;
  for (const auto& [name, attribute] : node.attributes) {
    if (name == "from" || name == "units") continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, to_string(attribute.value));
  }
  return text;
}

}  // namespace

const SystemEntry* SystemTables::find(std::string_view name) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const SystemEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

SystemTables estimate_system(const SystemDescription& system, const Registry& registry, Scope* variables,
                             Diagnostics& diagnostics) {
  ComponentEstimator estimator(registry, system.compounds, variables, diagnostics, system.tables);
  SystemTables tables;
  // Equal components are estimated once, but each has its own entry.
  EstimateBudget entries;
  for (const SystemComponent& component : system.components) {
    const ComponentEstimate& estimate = estimator.estimate(component.component, {.whatever_is_known = true});
    if (!estimate.good) continue;
    if (!entries.spend(estimate.actions.size(), component.component.what, component.component.where, diagnostics))
      break;
    warn(component, estimate, diagnostics);
    tables.entries.push_back({component.name, component.component.class_name,
                              describe_component(component.component, registry.classes()), component.copies,
                              reference_of(estimate, component.units), component.component.where});
  }
  diagnostics.throw_if_errors();
  return tables;
}

SystemTables system_tables(const Architecture& architecture, const ReferenceTables& tables) {
  SystemTables result;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (node.class_name.empty()) continue;
    const auto* placed = node.as<Component>();
    const double copies = static_cast<double>(architecture.instances(NodeId(i))) *
                          (placed == nullptr ? 1.0 : static_cast<double>(placed->count));
    result.entries.push_back({node.name, node.class_name, describe_node(node), copies, tables.nodes[i], node.where});
  }
  return result;
}

}  // namespace ohmloop
