#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/report/sweep_report.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {
namespace {

/// Each column's unit suits its largest point.
struct Units {
  DisplayUnit energy, energy_per_mac, latency, area;
};

Units units_of(const NetworkSweep& sweep) {
  double energy = 0;
  double energy_per_mac = 0;
  double latency = 0;
  double area = 0;
  for (const SweepPoint& point : sweep.points) {
    if (!point.costs) continue;
    energy = std::max(energy, point.costs->energy_pj);
    energy_per_mac =
        std::max(energy_per_mac, share(point.costs->energy_pj, static_cast<double>(point.costs->work.macs)));
    latency = std::max(latency, point.costs->latency_s);
    area = std::max(area, point.costs->area_um2);
  }
  return {energy_unit(energy), energy_unit(energy_per_mac), time_unit(latency), area_unit(area)};
}

bool has_arrays(const NetworkSweep& sweep) {
  return std::any_of(sweep.points.begin(), sweep.points.end(),
                     [](const SweepPoint& point) { return point.costs && point.costs->array_utilisation.has_value(); });
}

std::vector<TableColumn> columns_of(const NetworkSweep& sweep, const Units& units, bool arrays) {
  std::vector<TableColumn> columns = {{"network", "", Align::left, true}};
  for (const SweepAxis& axis : sweep.axes) columns.push_back({fmt::format("{}", fmt::join(axis.keys, "=")), ""});
  columns.push_back({"energy", std::string(units.energy.name)});
  columns.push_back({"energy/MAC", std::string(units.energy_per_mac.name)});
  columns.push_back({"latency", std::string(units.latency.name)});
  columns.push_back({"area", std::string(units.area.name)});
  columns.push_back({"moved", "%"});
  if (arrays) {
    columns.push_back({"cells", "%"});
    columns.push_back({"arrays", ""});
    columns.push_back({"MACs/conv", ""});
    columns.push_back({"ADCs", "%"});
  }
  return columns;
}

void add_costs(std::vector<std::string>& cells, const SweepCosts& costs, const Units& units, bool arrays) {
  const LayerWork& work = costs.work;
  cells.push_back(cell(costs.energy_pj, units.energy));
  cells.push_back(cell(share(costs.energy_pj, static_cast<double>(work.macs)), units.energy_per_mac));
  cells.push_back(cell(costs.latency_s, units.latency));
  cells.push_back(cell(costs.area_um2, units.area));
  cells.push_back(percent_cell(work.activation_movement_share()));
  if (!arrays) return;
  cells.push_back(percent_cell(costs.array_utilisation.value_or(0)));
  cells.push_back(count_cell(costs.arrays_used.value_or(0)));
  cells.push_back(format_number(work.macs_per_conversion()));
  cells.push_back(percent_cell(share(work.energy_by_part_pj[part_index(CostPart::adc)], work.energy_pj)));
}

/// Every reason once, with the number of points that it holds for.
std::string failures_note(const NetworkSweep& sweep) {
  constexpr std::size_t most_reasons = 10;
  std::vector<std::pair<std::string, std::int64_t>> reasons;
  for (const SweepPoint& point : sweep.points) {
    if (point.costs) continue;
    const auto known =
        std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == point.failure; });
    if (known == reasons.end()) {
      reasons.emplace_back(point.failure, 1);
    } else {
      ++known->second;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(reasons.size(), most_reasons); ++i) {
    text += fmt::format("without result: {}: {}\n", counted(reasons[i].second, "point"), reasons[i].first);
  }
  if (reasons.size() > most_reasons) text += fmt::format("... and {} more reasons\n", reasons.size() - most_reasons);
  return text;
}

}  // namespace

std::string network_sweep_table(const NetworkSweep& sweep, const TableStyle& style) {
  const Units units = units_of(sweep);
  const bool arrays = has_arrays(sweep);
  std::vector<TableColumn> columns = columns_of(sweep, units, arrays);
  const std::size_t width = columns.size();
  TextTable table(std::move(columns));
  for (const SweepPoint& point : sweep.points) {
    std::vector<std::string> cells = {sweep.networks[point.network]};
    for (std::size_t axis = 0; axis < sweep.axes.size(); ++axis) {
      cells.push_back(to_string(sweep.axes[axis].values[point.choice[axis]]));
    }
    if (point.costs) add_costs(cells, *point.costs, units, arrays);
    cells.resize(width, "-");
    table.add_row(std::move(cells));
  }
  std::string legend = "moved: share of the energy that moves activations";
  if (arrays) legend += "; cells: storage elements that hold a weight, of the arrays\nthat hold any; ADCs: their share";
  return fmt::format("{} on {}, batch {}, mapped for {}\n\n{}{}\n{}",
                     counted(static_cast<std::int64_t>(sweep.points.size()), "point"), sweep.settings.architecture,
                     sweep.settings.batch, to_string(sweep.settings.mapper.objective), table.render(style), legend,
                     failures_note(sweep));
}

}  // namespace ohmloop
