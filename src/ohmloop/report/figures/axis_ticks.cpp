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
  return result;
}

AxisTicks log_ticks(const FigureAxis& axis, AxisExtent extent, int most) {
  const bool by_two = axis.scale == AxisScale::log2;
  const double base = by_two ? 2 : 10;
  const auto power_at = [&](double value) { return by_two ? std::log2(value) : std::log10(value); };
  if (extent.low > extent.high) extent = {1, base};
  AxisTicks result;
  result.low = axis.low.value_or(extent.low);
  result.high = axis.high.value_or(extent.high);
  // Up to a decade or two, round the ends to 1, 2 or 5; else to powers. Sizes are powers of two as they are.
  const bool fine = !by_two && power_at(result.high / result.low) < 1.5;
  const auto round_down = [&](double value) {
    const double power = std::pow(base, std::floor(power_at(value) + 1e-9));
    if (!fine) return power;
    return value >= 5 * power * (1 - 1e-9) ? 5 * power : value >= 2 * power * (1 - 1e-9) ? 2 * power : power;
  };
  const auto round_up = [&](double value) {
    const double below = round_down(value);
    if (below >= value * (1 - 1e-9)) return below;
    if (!fine) return below * base;
    const double digit = below / std::pow(10, std::floor(std::log10(below) + 1e-9));
    return below * (digit < 1.5 ? 2 : digit < 3 ? 2.5 : 2);
  };
  if (extent.round_ends) {
    if (!axis.low) result.low = round_down(result.low);
    if (!axis.high) result.high = round_up(result.high);
  }
  if (result.high <= result.low) result.high = result.low * base;
  if (!extent.round_ends) {
    const double room = std::pow(result.high / result.low, room_at_ends);
    if (!axis.low) result.low /= room;
    if (!axis.high) result.high *= room;
  }
  const int first = static_cast<int>(std::ceil(power_at(result.low) - 1e-9));
  const int last = static_cast<int>(std::floor(power_at(result.high) + 1e-9));
  const int every = std::max(1, (last - first + most) / most);
  if (fine) {
    for (int power = first - 1; power <= last; ++power) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double at = digit * std::pow(10, power);
        if (at < result.low * (1 - 1e-9) || at > result.high * (1 + 1e-9)) continue;
        result.ticks.push_back({at, digit == 1.0              ? power_of_ten_label(power)
                                    : power > 3 || power < -3 ? fmt::format("{}·{}", digit, power_of_ten_label(power))
                                                              : shortest_double(std::stod(fmt::format("{:.6g}", at)))});
      }
    }
    return result;
  }
  if (!by_two && every == 1) {
    for (int power = first - 1; power <= last; ++power) {
      for (int digit = 2; digit < 10; ++digit) {
        const double at = digit * std::pow(10, power);
        if (at > result.low && at < result.high) result.minor.push_back(at);
      }
    }
  }
  for (int power = first; power <= last; power += every) {
    const double at = std::pow(base, power);
    result.ticks.push_back({at, by_two && power <= 16 && power >= -3 ? shortest_double(at)
                                : by_two                             ? "2" + raised_number(power)
                                                                     : power_of_ten_label(power)});
  }
  return result;
}

}  // namespace

std::string power_of_ten_label(int exponent) {
  if (exponent < -3 || exponent > 3) return "10" + raised_number(exponent);
  constexpr std::array<std::string_view, 7> plain = {"0.001", "0.01", "0.1", "1", "10", "100", "1000"};
  return std::string(plain[static_cast<std::size_t>(exponent + 3)]);
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
