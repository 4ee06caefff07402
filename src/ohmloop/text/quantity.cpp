#include "ohmloop/text/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {
namespace {

struct Prefixed {
  std::string_view unit;
  int decimal_exponent;
};

/// How values of one dimension are described and printed.
struct DimensionRow {
  Dimension dimension;
  std::string_view name;
  std::string_view example;
  std::vector<Prefixed> units;  ///< ascending
};

const std::vector<DimensionRow>& dimension_rows() {
  static const std::vector<DimensionRow> rows = {
      {dimension::bits, "a size with a unit", "64 KiB or 16 bit", {{"bit", 0}}},
      {dimension::time, "a time", "10 ns", {{"fs", -15}, {"ps", -12}, {"ns", -9}, {"us", -6}, {"ms", -3}, {"s", 0}}},
      {dimension::frequency, "a frequency", "200 MHz", {{"Hz", 0}, {"kHz", 3}, {"MHz", 6}, {"GHz", 9}, {"THz", 12}}},
      {dimension::energy,
       "an energy",
       "0.8 pJ",
       {{"aJ", -18}, {"fJ", -15}, {"pJ", -12}, {"nJ", -9}, {"uJ", -6}, {"mJ", -3}, {"J", 0}, {"kJ", 3}}},
      {dimension::power,
       "a power",
       "3.1 mW",
       {{"aW", -18}, {"fW", -15}, {"pW", -12}, {"nW", -9}, {"uW", -6}, {"mW", -3}, {"W", 0}, {"kW", 3}, {"MW", 6}}},
      {dimension::length, "a length", "65 nm", {{"pm", -12}, {"nm", -9}, {"um", -6}, {"mm", -3}, {"m", 0}}},
      {dimension::area, "an area", "0.3 um2", {{"nm2", -18}, {"um2", -12}, {"mm2", -6}, {"m2", 0}}},
      {dimension::voltage, "a voltage", "1.2 V", {{"nV", -9}, {"uV", -6}, {"mV", -3}, {"V", 0}}},
      {dimension::resistance,
       "a resistance",
       "10 kohm",
       {{"mohm", -3}, {"ohm", 0}, {"kohm", 3}, {"Mohm", 6}, {"Gohm", 9}, {"Tohm", 12}}},
      {{.second = -1, .joule = 1, .volt = -2},
       "a conductance",
       "5 uS",
       {{"aS", -18}, {"fS", -15}, {"pS", -12}, {"nS", -9}, {"uS", -6}, {"mS", -3}, {"S", 0}}},
      {{.joule = 1, .volt = -2},
       "a capacitance",
       "2 fF",
       {{"aF", -18}, {"fF", -15}, {"pF", -12}, {"nF", -9}, {"uF", -6}, {"mF", -3}, {"F", 0}}},
      {{.second = -1, .joule = 1, .volt = -1},
       "a current",
       "3 uA",
       {{"aA", -18}, {"fA", -15}, {"pA", -12}, {"nA", -9}, {"uA", -6}, {"mA", -3}, {"A", 0}}},
      {dimension::bits_per_cycle, "bits per cycle", "64 bit/cycle", {{"bit/cycle", 0}}},
      {dimension::bits_per_second,
       "bits per second",
       "6.4 GB/s",
       {{"bit/s", 0}, {"kbit/s", 3}, {"Mbit/s", 6}, {"Gbit/s", 9}, {"Tbit/s", 12}}},
      {{.cycle = 1}, "a number of cycles", "3 cycles", {{"cycles", 0}}},
      {{.bit = -1, .joule = 1},
       "an energy per bit",
       "4 pJ/bit",
       {{"aJ/bit", -18},
        {"fJ/bit", -15},
        {"pJ/bit", -12},
        {"nJ/bit", -9},
        {"uJ/bit", -6},
        {"mJ/bit", -3},
        {"J/bit", 0}}},
  };
  return rows;
}

const DimensionRow* row_of(Dimension dimension) {
  for (const DimensionRow& row : dimension_rows()) {
    if (row.dimension == dimension) return &row;
  }
  return nullptr;
}

/// "J*s/bit^2" of the exponents, for dimensions that have no name.
std::string product_of_base_units(Dimension dimension) {
  struct Factor {
    std::string_view unit;
    int exponent;
  };
  const std::array<Factor, 6> factors = {{{"bit", dimension.bit},
                                          {"J", dimension.joule},
                                          {"m", dimension.metre},
                                          {"V", dimension.volt},
                                          {"s", dimension.second},
                                          {"cycle", dimension.cycle}}};
  std::string text;
  for (const Factor& factor : factors) {
    if (factor.exponent <= 0) continue;
    text += fmt::format("{}{}", text.empty() ? "" : "*", factor.unit);
    if (factor.exponent > 1) text += fmt::format("^{}", factor.exponent);
  }
  const bool has_numerator = !text.empty();
  for (const Factor& factor : factors) {
    if (factor.exponent >= 0) continue;
    if (has_numerator) {
      text += fmt::format("/{}", factor.unit);
      if (factor.exponent < -1) text += fmt::format("^{}", -factor.exponent);
    } else {
      text += fmt::format("{}{}^{}", text.empty() ? "" : "*", factor.unit, factor.exponent);
    }
  }
  return text;
}

/// The digits of the shortest decimal text of a double and the power of ten of its first one.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

Decimal decimal_of(double magnitude) {
  Decimal result;
  for (int precision = 0; precision <= 17; ++precision) {
    const std::string text = fmt::format("{:.{}e}", magnitude, precision);
    double read_back = 0;
    std::from_chars(text.data(), text.data() + text.size(), read_back);
    if (read_back != magnitude) continue;
    const std::size_t mark = text.find('e');
    result.digits = text.substr(0, mark);
    std::erase(result.digits, '.');
    const std::size_t sign = text[mark + 1] == '+' ? 1 : 0;
    std::from_chars(text.data() + mark + 1 + sign, text.data() + text.size(), result.exponent);
    return result;
  }
  return result;
}

/// The decimal number with its point moved by `shift` places to the left: exact, as no arithmetic is done.
std::string shifted(const Decimal& decimal, int shift) {
  const int point = decimal.exponent - shift + 1;  // digits in front of the point
  const int count = static_cast<int>(decimal.digits.size());
  if (point > 16 || point < -4) {
    std::string text = decimal.digits.substr(0, 1);
    if (count > 1) text += fmt::format(".{}", decimal.digits.substr(1));
    return fmt::format("{}e{}", text, point - 1);
  }
  if (point <= 0) return fmt::format("0.{}{}", std::string(static_cast<std::size_t>(-point), '0'), decimal.digits);
  if (point >= count) return decimal.digits + std::string(static_cast<std::size_t>(point - count), '0');
  std::string text = decimal.digits;
  text.insert(static_cast<std::size_t>(point), 1, '.');
  return text;
}

/// Whole bytes from 1 KiB upwards as KiB, MiB, GiB.
std::optional<std::string> in_binary_bytes(double bits) {
  constexpr std::array<std::string_view, 4> names = {"TiB", "GiB", "MiB", "KiB"};
  double unit = 8 * 0x1p40;
  for (const std::string_view name : names) {
    if (bits >= unit && std::fmod(bits, unit) == 0) return fmt::format("{} {}", shortest_double(bits / unit), name);
    unit /= 1024;
  }
  return std::nullopt;
}

}  // namespace

std::string describe(Dimension dimension) {
  if (dimension == dimension::none) return "a plain number";
  const DimensionRow* row = row_of(dimension);
  if (row != nullptr) return fmt::format("{}, as in {}", row->name, row->example);
  return fmt::format("a number in {}", product_of_base_units(dimension));
}

std::string to_string(const Quantity& quantity) {
  const double value = quantity.value;
  if (!std::isfinite(value)) return fmt::format("{}", value);
  if (quantity.dimension == dimension::none) return shortest_double(value);
  const DimensionRow* row = row_of(quantity.dimension);
  if (row == nullptr) return shortest_double(value) + " " + product_of_base_units(quantity.dimension);
  const std::string sign = std::signbit(value) ? "-" : "";
  if (quantity.dimension == dimension::bits) {
    if (const auto text = in_binary_bytes(std::abs(value))) return sign + *text;
  }
  // Zero fits every unit: it takes the one without a prefix.
  const Decimal decimal = value == 0 ? Decimal{.digits = "0", .exponent = 0} : decimal_of(std::abs(value));
  Prefixed chosen = row->units.front();
  for (const Prefixed& candidate : row->units) {
    if (decimal.exponent >= candidate.decimal_exponent) chosen = candidate;
  }
  return fmt::format("{}{} {}", sign, shifted(decimal, chosen.decimal_exponent), chosen.unit);
}

std::string to_string(const Value& value) {
  if (const auto* quantity = std::get_if<Quantity>(&value)) return to_string(*quantity);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return std::get<std::string>(value);
}

}  // namespace ohmloop
