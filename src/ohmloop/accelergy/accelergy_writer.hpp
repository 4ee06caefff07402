#pragma once

#include <string>
#include <string_view>

#include "ohmloop/energy/action_counts.hpp"
#include "ohmloop/energy/system.hpp"

namespace ohmloop {

/// Tables and energies as Accelergy writes them, each one top-level key of a YAML file; `version` is "0.3" or "0.4".
/// Numbers have twelve digits. Energies in pJ, areas in um2, both of one instance.
std::string write_ert(const SystemTables& tables, std::string_view version);
std::string write_art(const SystemTables& tables, std::string_view version);
/// An action with several combinations of arguments: mean to three decimals, largest and smallest energy. The
/// estimators are those that our numbers come from.
std::string write_ert_summary(const SystemTables& tables, std::string_view version);
std::string write_art_summary(const SystemTables& tables, std::string_view version);
/// One entry per instance that was counted, in the order of the counts.
std::string write_energy_estimation(const ChargedEnergy& charged, std::string_view version);

/// All of them in one file; `charged` may be null.
std::string write_accelergy(const SystemTables& tables, const ChargedEnergy* charged, std::string_view version);

}  // namespace ohmloop
