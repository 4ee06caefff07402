#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/action_counts.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/energy/system.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Whether a file's tree is one of Accelergy's: an architecture of its form, compound components, an identifier of a
/// table plug-in (`path_to_data_dir`), ERT, ART or action counts.
bool is_accelergy(const YamlNode& tree);

struct AccelergyOptions {
  /// "technology=65nm": the attribute of that name wherever the architecture states it, or at its top; with a path
  /// ("shared_glb.n_banks=8", "PE.mac.datawidth=8") that of one node.
  std::vector<Override> overrides = {};
  /// Not as Accelergy does where it loses something: it rounds the figures of table plug-ins to 3 decimals of pJ and
  /// um2 (v0.3; 6 in v0.4) before it sums them, and in v0.3 it passes over `repeat` and `action_share` of a step whose
  /// part is itself a compound component.
  bool exact = false;
};

/// What Accelergy's files say about one chip.
struct AccelergySystem {
  std::string version = "0.3";  ///< of the architecture: the form in which its tables are best written
  SystemDescription system;
  std::shared_ptr<Scope> variables;    ///< of the files' `variables:`; for estimate_system, perhaps null
  std::optional<ActionCounts> counts;  ///< of files that say `action_counts:`
};

/// Reads any number of files in any order, told apart by their keys. Adds to the registry the primitive classes, table
/// plug-ins, tables that are given as they are, and two estimators: `native` asks those that the registry had before
/// about the classes' native counterparts, `unit` answers only on request, everything with 1 pJ and 1 um2. Reports all
/// errors it finds; the description is of use only if there were none.
AccelergySystem read_accelergy_system(const std::vector<SourceFilePtr>& files, Registry& registry,
                                      const AccelergyOptions& options, Diagnostics& diagnostics);

}  // namespace ohmloop
