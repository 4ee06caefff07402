#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"
#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

/// Keys of an architecture that take the same value, one value after the other.
struct SweepAxis {
  std::vector<std::string> keys;
  std::vector<Value> values;
};

/// What one network costs at one choice of values.
struct SweepCosts {
  double energy_pj = 0;
  double leakage_pj = 0;
  std::int64_t latency_cycles = 0;
  double latency_s = 0;
  double interval_s = 0;  ///< from one result to the next
  double area_um2 = 0;    ///< of all chips that the network takes
  double utilisation = 0;
  std::optional<double> array_utilisation;
  std::optional<std::int64_t> arrays_used;
  LayerWork work;
};

struct SweepPoint {
  std::size_t network = 0;           ///< index into NetworkSweep::networks
  std::vector<std::size_t> choice;   ///< per axis, the index of its value
  std::optional<SweepCosts> costs;   ///< nothing if there is a failure
  std::string failure;               ///< why there are no costs
  std::vector<Diagnostic> warnings;  ///< of this point
};

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
