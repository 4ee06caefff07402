#include "ohmloop/report/figures/axis_ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::string_view, 10> raised = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

std::string raised_number(int number) {
  std::string text = number < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(number))) text += raised[static_cast<std::size_t>(digit - '0')];
  return text;
}

/// The largest magnitude that labels show as it is, and the smallest.
constexpr double largest_plain = 99'999.5;
constexpr double smallest_plain = 1e-3;

/// A power of 1000 to count in, as an exponent of ten.
int factor_exponent(double largest) {
  if (largest == 0 || (largest <= largest_plain && largest >= smallest_plain)) return 0;
  return 3 * static_cast<int>(std::floor(std::log10(largest) / 3));
}

double round_step(double span, int most) {
  const double rough = span / most;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= rough * (1 - 1e-9)) return digit * power;
  }
  return 10 * power;
}

/// Of an axis that does not end at a round number: its markers stand free.
constexpr double room_at_ends = 0.03;

/// Doubles have no finer steps there: an axis is never narrower than this share of its values.
constexpr double narrowest = 1e-9;

AxisTicks linear_ticks(const FigureAxis& axis, AxisExtent extent, int most) {
  if (extent.low > extent.high) extent = {0, 1};
  if (extent.from_zero) {
    extent.low = std::min(extent.low, 0.0);
    extent.high = std::max(extent.high, 0.0);
  }
  double low = axis.low.value_or(extent.low);
  double high = axis.high.value_or(extent.high);
  const double magnitude = std::max(std::abs(low), std::abs(high));
  if (high - low <= narrowest * magnitude || high <= low) {
    const double room = magnitude == 0 ? 1 : magnitude / 10;
    if (!axis.high || axis.low) high = low + room;
    if (!axis.low) low = std::min(low, high - room);
  }
  const double step = round_step(high - low, most);
  AxisTicks result;
  if (extent.round_ends) {
    result.low = axis.low ? low : std::floor(low / step + 1e-9) * step;
    result.high = axis.high ? high : std::ceil(high / step - 1e-9) * step;
  } else {
    result.low = axis.low ? low : low - room_at_ends * (high - low);
    result.high = axis.high ? high : high + room_at_ends * (high - low);
  }
  const int exponent = factor_exponent(std::max(std::abs(result.low), std::abs(result.high)));
  if (exponent != 0) result.factor = "10" + raised_number(exponent) + " ";
  const double factor = std::pow(10, exponent);
  const int decimals = std::clamp(-static_cast<int>(std::floor(std::log10(step / factor) + 1e-9)), 0, 12);
  const auto first = static_cast<long>(std::ceil(result.low / step - 1e-9));
  for (long i = first; static_cast<double>(i) * step <= result.high + 1e-9 * step; ++i) {
    const double at = static_cast<double>(i) * step;
    result.ticks.push_back({at, i == 0 ? "0" : fmt::format("{:.{}f}", at / factor, decimals)});
  }
  // One mark tells no scale.
  return result.ticks.size() < 2 ? linear_ticks(axis, extent, 2 * most) : result;
}

/// A logarithmic axis between two neighbouring powers is marked as a linear one.
void mark_linearly(AxisTicks& axis, int most) {
  const AxisTicks linear =
      linear_ticks({.quantity = {}, .low = axis.low, .high = axis.high}, {axis.low, axis.high}, most);
  axis.ticks = linear.ticks;
  axis.minor.clear();
  axis.factor = linear.factor;
}

/// Rounding may have put a tick a hair beyond the axis' end.
bool is_on(const AxisTicks& axis, double at) { return at >= axis.low * (1 - 1e-9) && at <= axis.high * (1 + 1e-9); }

double power_of(double value, double base) { return std::log2(value) / std::log2(base); }
int power_below(double value, double base) { return static_cast<int>(std::floor(power_of(value, base) + 1e-9)); }
int power_above(double value, double base) { return static_cast<int>(std::ceil(power_of(value, base) - 1e-9)); }

/// Below or above: 1, 2 or 5 times a power of ten.
double finely_rounded(double value, bool up) {
  const double power = std::pow(10, power_below(value, 10));
  constexpr std::array<double, 4> steps = {1, 2, 5, 10};
  constexpr double nearly = 1e-9;
  double below = power;
  for (const double step : steps) {
    if (up && step * power >= value * (1 - nearly)) return step * power;
    if (!up && step * power <= value * (1 + nearly)) below = step * power;
  }
  return below;
}

/// The limits of the axis, else what is drawn with its ends made round, or with a little room.
AxisTicks log_range(const FigureAxis& axis, const AxisExtent& extent, double base) {
  AxisTicks range;
  range.low = axis.low.value_or(extent.low);
  range.high = axis.high.value_or(extent.high);
  if (range.high <= range.low) range.high = range.low * base;
  const double room = std::pow(range.high / range.low, room_at_ends);
  constexpr double hardly_more_than_a_decade = 12;
  if (base == 10 && extent.round_ends && range.high / range.low < hardly_more_than_a_decade) {
    if (!axis.low) range.low = finely_rounded(range.low, false);
    if (!axis.high) range.high = finely_rounded(range.high, true);
    return range;
  }
  if (!axis.low) range.low = extent.round_ends ? std::pow(base, power_below(range.low, base)) : range.low / room;
  if (!axis.high) range.high = extent.round_ends ? std::pow(base, power_above(range.high, base)) : range.high * room;
  return range;
}

/// 1, 2 and 5 times powers of ten: for axes of hardly more than a decade.
void mark_finely(AxisTicks& axis) {
  for (int power = power_below(axis.low, 10); power <= power_below(axis.high, 10); ++power) {
    for (const int digit : {1, 2, 5}) {
      const double at = digit * std::pow(10, power);
      if (!is_on(axis, at)) continue;
      const std::string label = digit == 1            ? power_of_ten_label(power)
                                : std::abs(power) > 3 ? fmt::format("{}·{}", digit, power_of_ten_label(power))
                                                      : fmt::format("{:.{}f}", at, std::max(0, -power));
      axis.ticks.push_back({at, label});
    }
  }
}

std::string power_of_two_label(int power) {
  constexpr int largest_in_full = 16;
  return power >= -3 && power <= largest_in_full ? shortest_double(std::pow(2, power))
                                                 : fmt::format("2{}", raised_number(power));
}

void mark_powers(AxisTicks& axis, double base, int most) {
  const int first = power_above(axis.low, base);
  const int last = power_below(axis.high, base);
  const int every = std::max(1, (last - first + 1 + most) / (most + 1));
  for (int power = first; power <= last; power += every)
    axis.ticks.push_back({std::pow(base, power), base == 2 ? power_of_two_label(power) : power_of_ten_label(power)});
  if (base == 2 || every > 1) return;
  for (int power = first - 1; power <= last; ++power) {
    for (int digit = 2; digit < 10; ++digit) {
      const double at = digit * std::pow(10, power);
      if (at > axis.low && at < axis.high) axis.minor.push_back(at);
    }
  }
}

AxisTicks log_ticks(const FigureAxis& axis, AxisExtent extent, int most) {
  const double base = axis.scale == AxisScale::log2 ? 2 : 10;
  if (extent.low > extent.high) extent = {1, base};
  AxisTicks ticks = log_range(axis, extent, base);
  constexpr double hardly_more = 1.5;
  if (base == 10 && power_of(ticks.high / ticks.low, base) < hardly_more) {
    mark_finely(ticks);
  } else {
    mark_powers(ticks, base, most);
  }
  if (ticks.ticks.size() < 2) mark_linearly(ticks, most);
  return ticks;
}

}  // namespace

std::string power_of_ten_label(int exponent) {
  if (exponent < -3 || exponent > 3) return "10" + raised_number(exponent);
  constexpr std::array<std::string_view, 7> plain = {"0.001", "0.01", "0.1", "1", "10", "100", "1000"};
  const int index = exponent + 3;
  return std::string(plain.at(index));
}

AxisTicks axis_ticks(const FigureAxis& axis, const AxisExtent& extent, int most) {
  return axis.scale == AxisScale::linear ? linear_ticks(axis, extent, most) : log_ticks(axis, extent, most);
}

std::string axis_title(const FigureAxis& axis, const AxisTicks& ticks) {
  std::string unit = ticks.factor + axis.unit;
  while (!unit.empty() && unit.back() == ' ') unit.pop_back();
  return unit.empty() ? axis.quantity : fmt::format("{} ({})", axis.quantity, unit);
}

}  // namespace ohmloop
