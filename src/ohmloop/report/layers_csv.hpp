#pragma once

#include <string>
#include <string_view>

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// Tidy CSV, one row per layer x component x tensor x action: layer,component,class,tensor,action,count,energy_pj. The
/// energies sum to the network's total.
std::string layers_csv(const RunReport& report);

/// A field as RFC 4180 wants it: in quotes where it holds a comma, a quote or a line end.
std::string csv_field(std::string_view text);

}  // namespace ohmloop
