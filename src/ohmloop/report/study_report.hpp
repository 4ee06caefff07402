#pragma once

#include <string>

#include "ohmloop/base/provenance.hpp"
#include "ohmloop/report/text_table.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// Tidy CSV: a row per point, its part (where the study has parts), a column per axis, why there is no result, a column
/// per metric. Empty fields: no such axis in that part, or no such figure. Equal results give equal bytes.
std::string study_csv(const StudyResults& results);
/// Schema ohmloop-study/1 (share/ohmloop/schemas/ohmloop-study-1.json).
std::string study_json(const StudyResults& results, const ToolVersion& tool);
/// For people.
std::string study_table(const StudyResults& results, const TableStyle& style = {});

}  // namespace ohmloop
