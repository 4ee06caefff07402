#pragma once

#include <optional>
#include <string>

#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// A row per layer and one for the total, whose layer is empty. What a chip does not have (arrays, ADCs) is an empty
/// field.
std::string figures_csv(const RunReport& report);

/// The part of a row that tells of a LayerWork, and its header; both begin with a field, not with a comma.
std::string work_csv_header();
std::string work_csv(const LayerWork& work);

/// The number, or an empty field.
std::string optional_field(const std::optional<double>& value);
std::string optional_field(const std::optional<std::int64_t>& value);

}  // namespace ohmloop
