#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"
#include "ohmloop/study/sweep_point.hpp"

namespace ohmloop {

/// Networks x the product of the axes.
struct NetworkSweep {
  ToolVersion tool;
  std::vector<InputFile> inputs;
  RunSettings settings;               ///< network is empty
  std::vector<std::string> networks;  ///< as the user named them
  std::vector<SweepAxis> axes;
  std::vector<SweepPoint> points;  ///< evaluated ones: by network, then by value, the last axis fastest
  std::size_t all_points = 0;      ///< more than `points` where the sweep was interrupted
};

/// For people: a row per point, and why points have no result.
std::string network_sweep_table(const NetworkSweep& sweep, const TableStyle& style = {});
/// Schema ohmloop-sweep/1 (share/ohmloop/schemas/ohmloop-sweep-1.json). Equal sweeps give equal bytes.
std::string network_sweep_json(const NetworkSweep& sweep);
/// Tidy CSV: a row per point, a column per key and figure; what a point does not have is an empty field.
std::string network_sweep_csv(const NetworkSweep& sweep);

}  // namespace ohmloop
