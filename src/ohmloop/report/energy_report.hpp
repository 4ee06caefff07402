#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/cost/peak.hpp"
#include "ohmloop/energy/action_counts.hpp"
#include "ohmloop/energy/system.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// What `ohmloop energy` was asked for.
struct EnergySettings {
  std::vector<std::string> chip;  ///< presets, files and folders, as given
  std::string counts;             ///< the file with the action counts; empty: none
  std::vector<std::string> overrides;
  std::vector<std::string> estimators;
  std::vector<std::string> estimator_programs;
  bool exact = false;  ///< nothing of Accelergy's files was rounded as Accelergy does
};

/// A chip with its numbers, and what counts amount to where there are some.
struct EnergyReport {
  ToolVersion tool;
  std::vector<InputFile> inputs;
  EnergySettings settings;
  std::string name;                       ///< of the chip
  std::string accelergy_version = "0.4";  ///< in which its tables are written in Accelergy's form
  SystemTables tables;
  std::optional<ActionCounts> counts;
  std::optional<ChargedEnergy> charged;  ///< set if `counts` is
  std::optional<PeakPerformance> peak;   ///< of descriptions that say how fast the chip computes
  std::vector<Diagnostic> warnings;
};

/// Counted energy of one action of one component on one tensor.
struct EnergyRow {
  std::size_t entry = 0;   ///< of the report's tables
  std::size_t action = 0;  ///< of the entry's actions
  std::string component;   ///< the entry's name, or the instance that was counted
  std::string tensor;      ///< empty: not said
  double count = 0;
  double energy_pj = 0;
};

enum class Detail {
  entries,   ///< instances of a component together
  instances  ///< each as the counts name it
};

/// Everything that was counted, equal things together, ordered by entry, then as it was counted. Empty without counts.
std::vector<EnergyRow> energy_rows(const SystemTables& tables, const ChargedEnergy& charged, Detail detail);

/// A name and its share of the energy, in the order of the first appearance.
struct NamedEnergy {
  std::string name;
  double energy_pj = 0;
};
/// By tensor; counts that name none are "not said". Empty if none does.
std::vector<NamedEnergy> energy_by_tensor(const ChargedEnergy& charged);
std::vector<NamedEnergy> energy_by_instance(const ChargedEnergy& charged);

/// Of the whole chip.
double total_area_um2(const SystemTables& tables);
double total_leakage_power_w(const SystemTables& tables);
/// Whether a leakage of 0 W means nothing, or that no source gives any.
bool any_leakage_known(const SystemTables& tables);

/// Copies and counts for people: "1,234", "0.250".
std::string format_copies(double copies);

/// "address_delta 0, data_delta 1"; empty for no arguments.
std::string argument_text(const ActionArguments& arguments);

}  // namespace ohmloop
