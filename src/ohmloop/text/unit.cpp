#include "ohmloop/text/unit.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

namespace ohmloop {
namespace {

struct UnitRow {
  std::string_view symbol;
  Dimension dimension;
  double factor;
  int decimal_exponent;
  std::string_view si_prefixes;  ///< those allowed in front
  bool binary_prefixes;          ///< Ki, Mi, Gi, Ti
};

constexpr std::array<UnitRow, 22> unit_rows = {{
    {"bit", {.bit = 1}, 1, 0, "kMGT", true},
    {"bits", {.bit = 1}, 1, 0, "", false},
    {"b", {.bit = 1}, 1, 0, "kMGT", true},
    {"B", {.bit = 1}, 8, 0, "kMGT", true},
    {"byte", {.bit = 1}, 8, 0, "", false},
    {"bytes", {.bit = 1}, 8, 0, "", false},
    {"s", {.second = 1}, 1, 0, "fpnum", false},
    {"Hz", {.second = -1}, 1, 0, "kMGT", false},
    {"J", {.joule = 1}, 1, 0, "afpnumk", false},
    {"W", {.second = -1, .joule = 1}, 1, 0, "afpnumkM", false},
    {"m", {.metre = 1}, 1, 0, "pnumc", false},
    {"V", {.volt = 1}, 1, 0, "num", false},
    {"A", {.second = -1, .joule = 1, .volt = -1}, 1, 0, "afpnum", false},
    {"ohm", {.second = 1, .joule = -1, .volt = 2}, 1, 0, "mkMGT", false},
    {"Ohm", {.second = 1, .joule = -1, .volt = 2}, 1, 0, "mkMGT", false},
    {"\u03a9", {.second = 1, .joule = -1, .volt = 2}, 1, 0, "mkMGT", false},
    {"S", {.second = -1, .joule = 1, .volt = -2}, 1, 0, "afpnum", false},
    {"F", {.joule = 1, .volt = -2}, 1, 0, "afpnum", false},
    {"cycle", {.cycle = 1}, 1, 0, "", false},
    {"cycles", {.cycle = 1}, 1, 0, "", false},
    {"percent", {}, 1, -2, "", false},
    {"%", {}, 1, -2, "", false},
}};

int si_exponent(char prefix) {
  switch (prefix) {
    case 'a':
      return -18;
    case 'f':
      return -15;
    case 'p':
      return -12;
    case 'n':
      return -9;
    case 'u':
      return -6;
    case 'm':
      return -3;
    case 'c':
      return -2;
    case 'k':
      return 3;
    case 'M':
      return 6;
    case 'G':
      return 9;
    default:
      return 12;
  }
}

std::optional<double> binary_factor(std::string_view prefix) {
  if (prefix == "Ki") return 0x1p10;
  if (prefix == "Mi") return 0x1p20;
  if (prefix == "Gi") return 0x1p30;
  if (prefix == "Ti") return 0x1p40;
  return std::nullopt;
}

std::optional<Unit> unit_of_row(const UnitRow& row, std::string_view prefix) {
  Unit unit{.dimension = row.dimension, .decimal_exponent = row.decimal_exponent, .factor = row.factor};
  if (prefix.empty()) return unit;
  if (prefix.size() == 1 && row.si_prefixes.find(prefix[0]) != std::string_view::npos) {
    unit.decimal_exponent += si_exponent(prefix[0]);
    return unit;
  }
  const std::optional<double> binary = row.binary_prefixes ? binary_factor(prefix) : std::nullopt;
  if (!binary) return std::nullopt;
  unit.factor *= *binary;
  return unit;
}

/// Adds power * b to a within the bound on exponents.
bool add_exponent(std::int8_t& a, std::int8_t b, int power) {
  const int sum = a + b * power;
  if (sum < -max_dimension_exponent || sum > max_dimension_exponent) return false;
  a = static_cast<std::int8_t>(sum);
  return true;
}

}  // namespace

std::optional<Unit> find_unit(std::string_view symbol) {
  // The Greek letter and the micro sign both stand for u.
  if (symbol.starts_with("\xc2\xb5") || symbol.starts_with("\xce\xbc")) {
    return find_unit(fmt::format("u{}", symbol.substr(2)));
  }
  for (const UnitRow& row : unit_rows) {
    if (!symbol.ends_with(row.symbol)) continue;
    const auto unit = unit_of_row(row, symbol.substr(0, symbol.size() - row.symbol.size()));
    if (unit) return unit;
  }
  return std::nullopt;
}

std::optional<Dimension> multiply(Dimension a, Dimension b, int power) {
  const bool fits = add_exponent(a.bit, b.bit, power) && add_exponent(a.second, b.second, power) &&
                    add_exponent(a.joule, b.joule, power) && add_exponent(a.metre, b.metre, power) &&
                    add_exponent(a.volt, b.volt, power) && add_exponent(a.cycle, b.cycle, power);
  return fits ? std::optional(a) : std::nullopt;
}

std::optional<Unit> multiply(const Unit& a, const Unit& b, int power) {
  const std::optional<Dimension> dimension = multiply(a.dimension, b.dimension, power);
  if (!dimension) return std::nullopt;
  return Unit{.dimension = *dimension,
              .decimal_exponent = a.decimal_exponent + b.decimal_exponent * power,
              .factor = a.factor * std::pow(b.factor, power)};
}

std::vector<std::string> common_unit_names() {
  std::vector<std::string> names;
  for (const UnitRow& row : unit_rows) {
    names.emplace_back(row.symbol);
    for (const char prefix : row.si_prefixes) names.push_back(fmt::format("{}{}", prefix, row.symbol));
    if (!row.binary_prefixes) continue;
    for (const char* prefix : {"Ki", "Mi", "Gi", "Ti"}) names.push_back(fmt::format("{}{}", prefix, row.symbol));
  }
  return names;
}

std::optional<double> number_in_unit(std::string_view digits, const Unit& unit) {
  const std::size_t mark = digits.find_first_of("eE");
  long exponent = unit.decimal_exponent;
  if (mark != std::string_view::npos) {
    std::string_view written = digits.substr(mark + 1);
    if (written.starts_with('+')) written.remove_prefix(1);
    long own = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), own);
    if (error != std::errc{} || std::abs(own) > 100000) return std::nullopt;
    exponent += own;
  }
  const std::string text = fmt::format("{}e{}", digits.substr(0, mark), exponent);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  value *= unit.factor;
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace ohmloop
