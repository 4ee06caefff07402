#pragma once

#include "ohmloop/energy/action_counts.hpp"
#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// What every component of the chip did during the whole run, by tensor, with the run's latency as the runtime:
/// charged with the chip's tables it gives the run's energy again.
ActionCounts run_counts(const RunReport& report);

/// A run seen as a chip with counts.
EnergyReport run_as_energy(const RunReport& report);

}  // namespace ohmloop
