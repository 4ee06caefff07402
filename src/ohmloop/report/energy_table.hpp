#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/energy_report.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// The answer for people. Without counts: per component and action energy, area, leakage and where they come from. With
/// counts: energy by component, action and tensor, area, leakage over the runtime and the total.
std::string energy_table(const EnergyReport& report, Detail detail = Detail::entries, const TableStyle& style = {});

/// "peak: 41.3 TOPS, 65.8 W, 0.628 TOPS/W, 0.484 TOPS/mm2 (...)"; says what is missing.
std::string peak_note(const PeakPerformance& peak);

/// "0.628 TOPS/W", "628 GOPS/W": operations per second and per what `per` says.
std::string format_operations(double operations_per_s, const std::string& per);

}  // namespace ohmloop
