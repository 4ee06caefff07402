#pragma once

#include <string>

#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// For chips with arrays: a row per layer with its values, arrays and conversions. Empty for others.
std::string array_table(const RunReport& report, const TableStyle& style = {});

/// "energy: ADCs 37%, ...; moving activations 52%", the sentence below the tables.
std::string energy_parts_note(const RunReport& report);

}  // namespace ohmloop
