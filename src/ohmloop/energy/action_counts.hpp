#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/system.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// "shared_glb did `read` with these arguments 10816 times."
struct ActionCount {
  std::string component;  ///< a name of the description, or one instance of it: "eyeriss_like.PE[3].mac"
  std::string action;
  ActionArguments arguments = {};
  double count = 0;         ///< >= 0; whole numbers below 2^53 are exact
  std::string tensor = {};  ///< whom it serves; empty: not said
  SourceSpan where = {};
  SourceSpan component_where = {};  ///< of the component's name
};

struct ActionCounts {
  std::vector<ActionCount> actions;
  double runtime_s = 0;  ///< that leakage is charged for; 0: not said
};

/// Reads `action_counts:` as Accelergy writes it (v0.3 and v0.4: `subtree`, `local`, paths in names), with two more
/// keys of ours, `runtime` at its top and `tensor` at an action. Reports wrong shapes, negative and missing counts.
ActionCounts read_action_counts(const YamlNode& action_counts, Diagnostics& diagnostics);

/// The same form; numbers read back exactly.
std::string write_action_counts(const ActionCounts& counts);

/// One row of the energy that counts amount to.
struct ChargedAction {
  std::size_t entry = 0;   ///< of SystemTables
  std::size_t action = 0;  ///< of the entry's reference.actions
  std::string component;   ///< the instance that was named
  std::string tensor;
  double count = 0;
  double energy_pj = 0;
};

struct ChargedEnergy {
  std::vector<ChargedAction> actions;  ///< in the order of the counts
  std::vector<double> by_entry_pj;     ///< same index as the entries of SystemTables, all instances
  double dynamic_pj = 0;
  double leakage_pj = 0;  ///< leakage power of the whole chip over the runtime
};

/// Counts x energies. Errors, all at once: a component, an action or arguments that the tables don't have, with the
/// near names and the values that exist. A count without arguments of an action that has some is charged with the
/// costliest case, with a warning.
ChargedEnergy charge(const ActionCounts& counts, const SystemTables& tables, Diagnostics& diagnostics);

}  // namespace ohmloop
