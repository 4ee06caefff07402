#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/mapper/pareto.hpp"
#include "ohmloop/report/map_report.hpp"

namespace ohmloop {

struct MapRequest {
  MapOptions options;
  bool why = false;                         ///< the runner-up, too
  bool stats = false;                       ///< what every step removed, too
  std::vector<MappingMetric> metrics = {};  ///< the Pareto front of these, too; of our own files alone
};

/// The answer of a search in the words of the files that it was asked for.
struct MappedFiles {
  bool found = false;  ///< else `none` says why, or the search was stopped too early
  std::optional<NoMapping> none;
  MapReport report;          ///< without the tool; where nothing was found, its warnings alone
  std::string mapping_yaml;  ///< in the form of the files
  std::string layer_yaml;    ///< of ours
};

/// Reads the words of `ohmloop map`, ours or Timeloop's, and maps the layer that they describe. Throws InputError with
/// everything that is wrong, or IoError.
MappedFiles map_files(const ParsedArguments& arguments, const MapRequest& request);

}  // namespace ohmloop
