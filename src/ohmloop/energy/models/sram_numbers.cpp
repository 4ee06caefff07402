#include <algorithm>
#include <array>
#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/sram_points.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"

namespace ohmloop {
namespace {

/// A place between two points of an axis whose points double.
struct Place {
  std::size_t below = 0;
  double fraction = 0;
};

Place place_on(double value, double first, std::size_t points) {
  const double steps = std::clamp(std::log2(value / first), 0.0, static_cast<double>(points - 1));
  const auto below = std::min(static_cast<std::size_t>(steps), points - 2);
  return {below, steps - static_cast<double>(below)};
}

double interpolate(const SramTable& table, const Place& depth, const Place& width) {
  const auto along_depth = [&](const std::array<double, sram_depths>& row) {
    return std::log(row[depth.below]) * (1 - depth.fraction) + std::log(row[depth.below + 1]) * depth.fraction;
  };
  return std::exp(along_depth(table[width.below]) * (1 - width.fraction) +
                  along_depth(table[width.below + 1]) * width.fraction);
}

const SramGrid& grid_at(double technology_nm) {
  const auto* const found = std::find_if(sram_grids.begin(), sram_grids.end(), [&](const SramGrid& grid) {
    return std::abs(grid.technology_nm - technology_nm) <= 1e-6 * technology_nm;
  });
  OHM_CHECK(found != sram_grids.end(), "no static memories at this technology");
  return *found;
}

}  // namespace

std::vector<double> sram_technologies_nm() {
  std::vector<double> all;
  for (const SramGrid& grid : sram_grids) all.push_back(grid.technology_nm);
  return all;
}

namespace {

SramNumbers one_bank(double technology_nm, double depth, double width) {
  const SramGrid& grid = grid_at(technology_nm);
  const Place at_depth = place_on(depth, sram_first_depth, sram_depths);
  const Place at_width = place_on(width, sram_first_width, sram_widths);
  const double shallow = std::min(1.0, depth / sram_first_depth);
  const double narrow = std::min(1.0, width / sram_first_width);
  const double energy = std::pow(shallow, .78) * (.3 + .7 * narrow);
  const double size = shallow * narrow;
  return {interpolate(grid.read_pj, at_depth, at_width) * energy,
          interpolate(grid.write_pj, at_depth, at_width) * energy,
          interpolate(grid.leakage_nw, at_depth, at_width) * 1e-9 * size,
          interpolate(grid.area_um2, at_depth, at_width) * size};
}

struct Supply {
  double technology_nm;
  double volts;
};

/// Of the low-standby-power transistors in CACTI 7's files of technologies.
constexpr std::array<Supply, 5> supplies = {{{22, .8}, {32, 1.0}, {45, 1.1}, {65, 1.2}, {90, 1.3}}};

double supply_v(double technology_nm) {
  const auto* const found = std::find_if(supplies.begin(), supplies.end(), [&](const Supply& supply) {
    return std::abs(supply.technology_nm - technology_nm) <= 1e-6 * technology_nm;
  });
  OHM_CHECK(found != supplies.end(), "no static memories at this technology");
  return found->volts;
}

}  // namespace

double sram_bank_wires_pj(double technology_nm, double depth, double width, double banks) {
  const double area_um2 = banks * one_bank(technology_nm, depth / banks, width).area_um2;
  const double side_mm = std::sqrt(area_um2) / 1000;
  const double length_mm = 1.4 * (1 - 1 / std::sqrt(banks)) * side_mm;
  return (width + std::log2(depth)) * wire_energy_pj(length_mm, technology_nm, supply_v(technology_nm), 1);
}

SramNumbers sram_numbers(double technology_nm, double depth, double width, double banks) {
  const SramNumbers whole = one_bank(technology_nm, depth, width);
  if (banks <= 1) return whole;
  const SramNumbers bank = one_bank(technology_nm, depth / banks, width);
  const double wires_pj = sram_bank_wires_pj(technology_nm, depth, width, banks);
  return {bank.read_pj + wires_pj, bank.write_pj + wires_pj, whole.leakage_w * std::pow(banks, .1253),
          whole.area_um2 * std::pow(banks, .0567)};
}

}  // namespace ohmloop
