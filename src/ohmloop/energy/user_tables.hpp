#pragma once

#include <set>
#include <string>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// Whether an entry of `tables:` names a file ("./my_devices.csv") rather than a table that the registry has.
bool names_table_file(const std::string& entry);

/// Reads a table of the user's into the registry, in front of all others: of equal accuracy it wins. Its classes join
/// the registry's. Reports a file that can't be read, everything that is wrong in it, and a table of a name that
/// exists. Returns the table's name; nothing after an error.
std::optional<std::string> add_table_file(Registry& registry, const std::string& path, const SourceSpan& where,
                                          Diagnostics& diagnostics);

/// What a description asks of the estimators.
struct DescriptionTables {
  Registry registry;            ///< the given one and the tables that the description brings along
  std::set<std::string> named;  ///< tables that it names, be they files or not
};

/// Follows `tables:`. Files stand relative to the description; those that the command line names (--set), or that a
/// description from elsewhere does, relative to the working directory. Unknown names are reported, those of a selection
/// (Registry::select_ahead) too.
DescriptionTables tables_of_description(const Architecture& architecture, const Registry& registry,
                                        Diagnostics& diagnostics);

}  // namespace ohmloop
