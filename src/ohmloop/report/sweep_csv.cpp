#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures_csv.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/sweep_report.hpp"

namespace ohmloop {
namespace {

std::string costs_csv(const SweepCosts& costs) {
  return fmt::format("{},{},{},{},{},{},{},{}", shortest_double(costs.energy_pj), shortest_double(costs.leakage_pj),
                     shortest_double(costs.latency_s), shortest_double(costs.area_um2),
                     shortest_double(costs.utilisation), optional_field(costs.array_utilisation),
                     optional_field(costs.arrays_used), work_csv(costs.work));
}

}  // namespace

std::string network_sweep_csv(const NetworkSweep& sweep) {
  const std::string figures =
      "energy_pj,leakage_pj,latency_s,area_um2,utilisation,array_utilisation,arrays_used," + work_csv_header();
  const std::string nothing(static_cast<std::size_t>(std::count(figures.begin(), figures.end(), ',')), ',');
  std::string text = "network,";
  for (const SweepAxis& axis : sweep.axes) {
    for (const std::string& key : axis.keys) text += fmt::format("{},", csv_field(key));
  }
  text += fmt::format("failure,{}\n", figures);
  for (const SweepPoint& point : sweep.points) {
    text += fmt::format("{},", csv_field(sweep.networks[point.network]));
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
      const std::string value = csv_field(to_string(sweep.axes[axis].values[point.choice[axis]]));
      for (std::size_t key = 0; key < sweep.axes[axis].keys.size(); ++key) text += fmt::format("{},", value);
    }
    text += fmt::format("{},{}\n", csv_field(point.failure), point.costs ? costs_csv(*point.costs) : nothing);
  }
  return text;
}

}  // namespace ohmloop
