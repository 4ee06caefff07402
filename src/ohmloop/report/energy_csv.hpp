#pragma once

#include <string>

#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// The numbers of the chip, a row per figure: component,class,copies,figure,arguments,value,unit,estimator,source,
/// derivation. A figure is an action, "area" or "leakage", each of one copy.
std::string components_csv(const EnergyReport& report);

/// What the counts amount to, a row per component, action and tensor: component,class,tensor,action,arguments,count,
/// energy_per_action_pj,energy_pj. The energies sum to the total without leakage.
std::string energy_csv(const EnergyReport& report, Detail detail = Detail::entries);

}  // namespace ohmloop
