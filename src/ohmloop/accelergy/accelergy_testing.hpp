#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ohmloop/accelergy/accelergy_system.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop::testing_accelergy {

inline const std::string peers = OHMLOOP_SOURCE_DIR "/../shared/peers/accelergy/";
inline constexpr const char* no_shared_data = "the shared reference data are not beside the checkout";
inline bool shared_data_is_absent() { return !std::filesystem::exists(peers); }

/// All YAML files of a folder and those in it.
inline std::vector<SourceFilePtr> files_below(const std::string& folder) {
  std::vector<SourceFilePtr> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(read_source_file(entry.path().string()));
  }
  return files;
}

inline YamlNode tree_of_file(const std::string& path) {
  Diagnostics diagnostics;
  YamlNode tree = parse_yaml(read_source_file(path), diagnostics);
  diagnostics.throw_if_errors();
  return tree;
}

/// A system with everything that was registered for it.
struct Estimated {
  Registry registry;
  AccelergySystem input;
  SystemTables tables;
};

/// Reads and estimates; throws InputError after errors.
inline Estimated estimate_files(const std::vector<SourceFilePtr>& files, const EstimatorSelection& selection = {},
                                const AccelergyOptions& options = {}) {
  Estimated result;
  Diagnostics diagnostics;
  register_builtin_estimators(result.registry);
  result.input = read_accelergy_system(files, result.registry, options, diagnostics);
  diagnostics.throw_if_errors();
  result.registry.select(selection, diagnostics);
  diagnostics.throw_if_errors();
  result.tables = estimate_system(result.input.system, result.registry, result.input.variables.get(), diagnostics);
  return result;
}

/// The texts of what is wrong with a file, as the user sees it.
inline std::string errors_of(const std::string& text, const EstimatorSelection& selection = {}) {
  try {
    estimate_files({testing_text::source_of(text)}, selection);
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "";
}

/// "name|action|{argument: value, ...}" to the energy, of an ERT or of our tables.
using Energies = std::map<std::string, double>;

inline std::string energy_key(const std::string& name, const std::string& action, const ActionArguments& arguments) {
  std::string key = name + "|" + action;
  for (const auto& [argument, value] : arguments) key += "|" + argument + " " + std::to_string(value);
  return key;
}

inline Energies energies_of(const SystemTables& tables) {
  Energies result;
  for (const SystemEntry& entry : tables.entries) {
    for (const ActionEnergy& action : entry.reference.actions) {
      result[energy_key(entry.name, action.action, action.arguments)] = action.energy_pj;
    }
  }
  return result;
}

inline Energies energies_of_ert(const YamlNode& tree) {
  Energies result;
  for (const YamlNode& table : tree.find("ERT")->find("tables")->items) {
    for (const YamlNode& action : table.find("actions")->items) {
      ActionArguments arguments;
      for (const YamlEntry& entry : action.find("arguments")->entries) {
        arguments[entry.key] = std::stod(entry.value.scalar);
      }
      result[energy_key(table.find("name")->scalar, action.find("name")->scalar, arguments)] =
          std::stod(action.find("energy")->scalar);
    }
  }
  return result;
}

/// Component to area; a name without its range, as an ART may have it.
inline std::map<std::string, double> areas_of_art(const YamlNode& tree) {
  std::map<std::string, double> result;
  for (const YamlNode& table : tree.find("ART")->find("tables")->items) {
    result[table.find("name")->scalar] = std::stod(table.find("area")->scalar);
  }
  return result;
}

/// "name|action|key" to the number, of an ERT_summary.
inline std::map<std::string, double> figures_of_summary(const YamlNode& tree) {
  std::map<std::string, double> result;
  for (const YamlNode& table : tree.find("ERT_summary")->find("table_summary")->items) {
    for (const YamlNode& action : table.find("actions")->items) {
      for (const YamlEntry& entry : action.entries) {
        if (entry.key == "name") continue;
        result[table.find("name")->scalar + "|" + action.find("name")->scalar + "|" + entry.key] =
            std::stod(entry.value.scalar);
      }
    }
  }
  return result;
}

/// Instance to energy, of an energy_estimation.
inline std::map<std::string, double> energies_of_estimation(const YamlNode& tree) {
  std::map<std::string, double> result;
  for (const YamlNode& component : tree.find("energy_estimation")->find("components")->items) {
    result[component.find("name")->scalar] = std::stod(component.find("energy")->scalar);
  }
  return result;
}

}  // namespace ohmloop::testing_accelergy
