#include "ohmloop/base/number_format.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// The largest of the units (in ascending order) in which the number is at least one.
DisplayUnit unit_for(double largest, std::span<const DisplayUnit> units) {
  // The nearest double of 1000 pJ may come out of a sum as 999.9999: three figures would show 1000 pJ, not 1.00 nJ.
  constexpr double rounds_up_to_one = 0.9995;
  DisplayUnit chosen = units.front();
  for (const DisplayUnit& unit : units) {
    if (std::isfinite(largest) && std::abs(largest) >= unit.in_base * rounds_up_to_one) chosen = unit;
  }
  return chosen;
}

std::string with_thousands_separators(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t place = digits.size(); place > first + 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return digits;
}

}  // namespace

DisplayUnit energy_unit(double largest_pj) {
  static constexpr std::array<DisplayUnit, 6> units = {
      {{"fJ", 1e-3}, {"pJ", 1}, {"nJ", 1e3}, {"uJ", 1e6}, {"mJ", 1e9}, {"J", 1e12}}};
  return largest_pj == 0 ? units[1] : unit_for(largest_pj, units);
}

DisplayUnit area_unit(double largest_um2) {
  static constexpr std::array<DisplayUnit, 2> units = {{{"um2", 1}, {"mm2", 1e6}}};
  return unit_for(largest_um2 * 100, units).in_base > 1 ? units[1] : units[0];
}

DisplayUnit time_unit(double largest_s) {
  static constexpr std::array<DisplayUnit, 4> units = {{{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}}};
  return unit_for(largest_s, units);
}

DisplayUnit power_unit(double largest_w) {
  static constexpr std::array<DisplayUnit, 4> units = {{{"nW", 1e-9}, {"uW", 1e-6}, {"mW", 1e-3}, {"W", 1}}};
  return unit_for(largest_w, units);
}

DisplayUnit cycles_unit() { return {"cycles", 1}; }

std::string format_number(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  const double magnitude = std::abs(value);
  if (magnitude < 0.0009995 || magnitude >= 1e15) return fmt::format("{:.2e}", value);
  if (magnitude >= 99.95) return with_thousands_separators(fmt::format("{:.0f}", value));
  // Figures after the point so that three count, judged after rounding: 9.996 is 10.0, not 10.00.
  int decimals = 2 - static_cast<int>(std::floor(std::log10(magnitude)));
  const double rounded = std::round(magnitude * std::pow(10, decimals));
  if (rounded >= 1000) --decimals;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string format_number(std::optional<double> value) { return value ? format_number(*value) : "-"; }

std::string format_number(double value, const DisplayUnit& unit) { return format_number(value / unit.in_base); }

std::string format_with_unit(double value, const DisplayUnit& unit) {
  return fmt::format("{} {}", format_number(value, unit), unit.name);
}

std::string format_count(std::int64_t count) { return with_thousands_separators(fmt::format("{}", count)); }

std::string format_magnitude(double count) {
  if (count < 1e6) return format_count(std::llround(count));
  const int exponent = static_cast<int>(std::floor(std::log10(count)));
  const std::string digits = fmt::format("{:.1f}", count / std::pow(10.0, exponent));
  return digits == "10.0" ? fmt::format("1.0e{}", exponent + 1) : fmt::format("{}e{}", digits, exponent);
}

std::string format_percent(double fraction) { return fmt::format("{} %", format_number(fraction * 100)); }

std::string shortest_double(double value) {
  if (!std::isfinite(value)) throw std::invalid_argument("infinity and NaN have no number text");
  // Whole numbers in full, as long as every digit is meant.
  constexpr double exact_integers = 9007199254740992.0;
  if (value == std::floor(value) && !(value == 0 && std::signbit(value)) && std::abs(value) <= exact_integers) {
    return fmt::format("{}", static_cast<std::int64_t>(value));
  }
  return fmt::format("{}", value);
}

}  // namespace ohmloop
