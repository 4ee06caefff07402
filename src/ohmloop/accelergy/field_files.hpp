#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// The parts of Accelergy's files, sorted by what they are.
struct FieldFiles {
  std::optional<YamlNode> architecture;
  std::vector<YamlNode> compounds;    ///< values of `compound_components` and `components`
  std::vector<YamlNode> identifiers;  ///< whole trees of table plug-ins
  std::vector<YamlNode> energies;     ///< values of `ERT`
  std::vector<YamlNode> areas;        ///< values of `ART`
  std::vector<YamlNode> counts;       ///< values of `action_counts`
  YamlNode variables;                 ///< entries of all `variables`
};

/// Parses and sorts the files. Reports templates, two architectures, keys that nobody knows and results where inputs
/// are expected (`ERT_summary`, `energy_estimation`). What concerns mapping alone (`problem`, `mapping`, ...) is left
/// out.
FieldFiles read_field_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics);

/// Whether the tree is a file of this kind; see is_accelergy.
bool is_field_file(const YamlNode& tree);

}  // namespace ohmloop
