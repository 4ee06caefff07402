#pragma once

#include <set>
#include <string>
#include <vector>

#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/expression.hpp"

namespace ohmloop {

/// A chip as a list of components: what energy estimation needs of a description, whatever language it is written in.
struct SystemComponent {
  std::string name;  ///< "shared_glb"; in Accelergy's files the path: "eyeriss_like.PE[0..167].mac"
  ComponentInstance component;
  double copies = 1;  ///< on the whole chip
  double units = 1;   ///< physical units in one copy: they multiply area and leakage, not energies of actions
};

struct SystemDescription {
  std::string name;
  std::vector<SystemComponent> components;
  CompoundLibrary compounds;
  std::set<std::string> tables;  ///< tables of single designs whose numbers hold here
};

/// One component with its numbers: an entry of the energy and area reference tables.
struct SystemEntry {
  std::string name;
  std::string class_name;
  std::string attributes;  ///< "width 64 bit, depth 1024": for people
  double copies = 1;
  NodeReference reference;  ///< of one copy; its actions hold one entry per combination of argument values
  SourceSpan where;
};

struct SystemTables {
  std::vector<SystemEntry> entries;  ///< in the order of the description

  [[nodiscard]] const SystemEntry* find(std::string_view name) const;
};

/// Every action that is known of every component, with every combination of its arguments' values. Collects errors,
/// then throws InputError; warnings go to `diagnostics`. Equal components are estimated once. `variables` may be null.
SystemTables estimate_system(const SystemDescription& system, const Registry& registry, Scope* variables,
                             Diagnostics& diagnostics);

/// The tables of an architecture in the same form: one entry per node that has a class.
SystemTables system_tables(const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
