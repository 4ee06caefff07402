#pragma once

#include <string>

#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// The answer for people: a row per layer with totals, energy and area by component, and what the numbers leave out.
std::string run_table(const RunReport& report, const TableStyle& style = {});

/// The sentences below the tables: equal layers, what is not charged, what the model leaves out.
std::vector<std::string> run_notes(const RunReport& report);

}  // namespace ohmloop
