#include "ohmloop/report/table_cells.hpp"

#include <array>

namespace ohmloop {

DisplayUnit count_unit(double largest) {
  static constexpr std::array<DisplayUnit, 4> units = {{{"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}}};
  DisplayUnit chosen = {"", 1};
  for (const DisplayUnit& unit : units) {
    if (largest >= unit.in_base * 10) chosen = unit;
  }
  return chosen;
}

std::string cell(double value, const DisplayUnit& unit) { return value == 0 ? "-" : format_number(value, unit); }

std::string percent_cell(double fraction) { return fraction == 0 ? "-" : format_number(fraction * 100); }

std::string count_cell(std::int64_t count) { return count == 0 ? "-" : format_count(count); }

double share(double part, double whole) { return whole == 0 ? 0 : part / whole; }

std::string counted(std::int64_t count, const std::string& noun) {
  return format_count(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace ohmloop
