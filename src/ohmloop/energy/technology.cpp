#include "ohmloop/energy/technology.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t node_count = 10;
constexpr std::array<double, node_count> nodes_nm = {130, 90, 65, 45, 32, 20, 16, 14, 10, 7};

// Row: from; column: to.
constexpr std::array<std::array<double, node_count>, node_count> area_factors = {{
    {1, .44, .23, .16, .072, .033, .03, .027, .016, .0092},
    {2.3, 1, .53, .35, .16, .075, .067, .061, .036, .021},
    {4.3, 1.9, 1, .66, .31, .14, .13, .12, .068, .039},
    {6.4, 2.8, 1.5, 1, .46, .21, .19, .17, .1, .059},
    {14, 6.1, 3.3, 2.2, 1, .46, .41, .38, .22, .13},
    {30, 13, 7.1, 4.7, 2.2, 1, .89, .82, .48, .28},
    {34, 15, 7.9, 5.3, 2.4, 1.1, 1, .91, .54, .31},
    {37, 16, 8.7, 5.8, 2.7, 1.2, 1.1, 1, .59, .34},
    {63, 28, 15, 9.8, 4.5, 2.1, 1.9, 1.7, 1, .58},
    {110, 48, 25, 17, 7.8, 3.6, 3.2, 2.9, 1.7, 1},
}};

struct Quadratic {
  double a = 0;
  double b = 0;
  double c = 0;
};

// Energy of a gate at a node as a function of the supply in volts, in the paper's arbitrary unit.
constexpr std::array<Quadratic, node_count> energy_of_supply = {{
    {7.171, -6.709, 2.904},
    {4.762, -4.781, 2.092},
    {3.755, -4.398, 1.975},
    {1.103, -.362, .2767},
    {.9559, -.7823, .471},
    {.373, -.1582, .04104},
    {.2958, -.1241, .03024},
    {.2363, -.09675, .02239},
    {.2068, -.09311, .02375},
    {.1776, -.09097, .02447},
}};

/// A place between two neighbouring nodes of the table.
struct Position {
  std::size_t low = 0;
  double fraction = 0;
};

Position position_of(double nm) {
  if (nm >= nodes_nm.front()) return {0, 0};
  if (nm <= nodes_nm.back()) return {node_count - 1, 0};
  std::size_t low = 0;
  while (nodes_nm[low + 1] > nm) ++low;
  return {low, (nodes_nm[low] - nm) / (nodes_nm[low] - nodes_nm[low + 1])};
}

double mix(double at_low, double at_high, double fraction) { return at_low + (at_high - at_low) * fraction; }

double area_from_row(std::size_t row, const Position& to) {
  const std::size_t high = std::min(to.low + 1, node_count - 1);
  return mix(area_factors[row][to.low], area_factors[row][high], to.fraction);
}

double energy_at(std::size_t node, double supply_v) {
  const Quadratic& q = energy_of_supply[node];
  return q.a * supply_v * supply_v + q.b * supply_v + q.c;
}

double energy_at(const Position& position, double supply_v) {
  const std::size_t high = std::min(position.low + 1, node_count - 1);
  return mix(energy_at(position.low, supply_v), energy_at(high, supply_v), position.fraction);
}

double clamp_to_table(double nm) { return std::clamp(nm, nodes_nm.back(), nodes_nm.front()); }

/// How much more energy a node beyond the table takes than the table's end.
double energy_beyond_table(double nm) { return std::sqrt(std::max(nm, 1.0) / clamp_to_table(std::max(nm, 1.0))); }

}  // namespace

double area_scale(double from_nm, double to_nm) {
  OHM_CHECK(from_nm > 0 && to_nm > 0, "technologies are positive");
  if (from_nm == to_nm) return 1;
  const Position from = position_of(from_nm);
  const Position to = position_of(to_nm);
  const std::size_t high = std::min(from.low + 1, node_count - 1);
  const double inside = mix(area_from_row(from.low, to), area_from_row(high, to), from.fraction);
  return inside * (to_nm / clamp_to_table(to_nm)) / (from_nm / clamp_to_table(from_nm));
}

double energy_scale(double from_nm, double to_nm, double supply_v) {
  return energy_scale(from_nm, to_nm, supply_v, supply_v);
}

double energy_scale(double from_nm, double to_nm, double from_v, double to_v) {
  OHM_CHECK(from_nm > 0 && to_nm > 0 && from_v > 0 && to_v > 0, "technologies and supplies are positive");
  if (from_nm == to_nm && from_v == to_v) return 1;
  const double from = energy_at(position_of(from_nm), from_v) * energy_beyond_table(from_nm);
  const double to = energy_at(position_of(to_nm), to_v) * energy_beyond_table(to_nm);
  return to / from;
}

double lowest_supply_v(double nm) {
  const Position position = position_of(nm);
  const std::size_t high = std::min(position.low + 1, node_count - 1);
  const auto vertex = [](std::size_t node) { return -energy_of_supply[node].b / (2 * energy_of_supply[node].a); };
  return position.fraction > 0 ? std::max(vertex(position.low), vertex(high)) : vertex(position.low);
}

double leakage_scale(double from_nm, double to_nm, double from_v, double to_v) {
  OHM_CHECK(from_v > 0 && to_v > 0, "supplies are positive");
  return area_scale(from_nm, to_nm) * to_v / from_v;
}

std::string describe_scaling(const char* what, double factor, double from_nm, double to_nm) {
  return describe_scaling(what, factor, Scaling{from_nm, to_nm}, "Stillmaker & Baas 2017");
}

std::string describe_scaling(const char* what, double factor, const Scaling& scaling, const char* source) {
  std::string way;
  if (scaling.from_nm != scaling.to_nm) way = fmt::format(" from {:g} nm to {:g} nm", scaling.from_nm, scaling.to_nm);
  if (scaling.from_v != scaling.to_v) {
    way += fmt::format("{} from {:g} V to {:g} V", way.empty() ? "" : " and", scaling.from_v, scaling.to_v);
  }
  return fmt::format("x {:.4g} {}{} ({})", factor, what, way, source);
}

}  // namespace ohmloop
