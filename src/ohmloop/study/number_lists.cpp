#include "ohmloop/study/number_lists.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/study/sweep_values.hpp"

namespace ohmloop {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

template <class T>
std::optional<T> number_in(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> amplitude_in(std::string_view text) {
  const std::optional<double> value = number_in<double>(text);
  return value && std::isfinite(*value) && *value >= 0 ? value : std::nullopt;
}

/// Twelve digits are more than anyone writes, and hide that 0.1 has no binary form.
double rounded(double value) { return number_in<double>(fmt::format("{:.12g}", value)).value_or(value); }

std::vector<double> curve(double from, double to, double step, const SourceSpan& where, Diagnostics& diagnostics) {
  const double steps = std::floor((to - from) / step + 1e-9);
  if (!(step > 0) || !(to >= from) || steps + 1 > static_cast<double>(max_sweep_points)) {
    diagnostics.error("no curve goes that way", where, "expected FROM:TO:STEP with TO above FROM, and a step above 0",
                      {fmt::format("at most {} points", max_sweep_points)});
    return {};
  }
  std::vector<double> values;
  for (int i = 0; i <= static_cast<int>(steps); ++i) values.push_back(rounded(from + i * step));
  return values;
}

constexpr int most_bits = 16;

std::optional<int> bits_in(std::string_view text) {
  const std::optional<int> bits = number_in<int>(text);
  return bits && *bits >= 1 && *bits <= most_bits ? bits : std::nullopt;
}

}  // namespace

std::vector<double> parse_amplitudes(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics) {
  const bool is_curve = text.find(':') != std::string_view::npos;
  std::vector<double> values;
  for (const std::string_view part : split(text, is_curve ? ':' : ',')) {
    const std::optional<double> value = amplitude_in(part);
    if (!value) {
      diagnostics.error(fmt::format("'{}' is no amplitude of noise", part), where, "expected a number of at least 0",
                        {"as in fixed:0.5, rescaled:0:0.2:0.01 (from, to, step) or fixed:0,0.1,1"});
      return {};
    }
    values.push_back(*value);
  }
  if (!is_curve) return values;
  if (values.size() != 3) {
    diagnostics.error(fmt::format("{} numbers for a curve", values.size()), where, "expected FROM:TO:STEP");
    return {};
  }
  return curve(values[0], values[1], values[2], where, diagnostics);
}

std::vector<std::optional<int>> parse_bits(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics) {
  std::vector<std::optional<int>> values;
  for (const std::string_view part : split(text, ',')) {
    const std::size_t dots = part.find("..");
    const std::optional<int> first = bits_in(part.substr(0, dots));
    const std::optional<int> last = dots == std::string_view::npos ? first : bits_in(part.substr(dots + 2));
    if (part == "float") {
      values.emplace_back();
    } else if (!first || !last || *last < *first) {
      diagnostics.error(fmt::format("'{}' is no number of bits", part), where, "expected 1 to 16, or 'float'",
                        {"as in 4, 2,4,8 or 2..8"});
      return {};
    } else {
      for (int bits = *first; bits <= *last; ++bits) values.emplace_back(bits);
    }
  }
  return values;
}

std::optional<double> parse_fraction(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics) {
  const bool is_percent = text.ends_with('%');
  const std::optional<double> number = number_in<double>(is_percent ? text.substr(0, text.size() - 1) : text);
  const double value = number ? *number / (is_percent ? 100 : 1) : 0;
  if (value > 0 && value <= 1) return value;
  diagnostics.error(fmt::format("'{}' is no width of an interval", text), where,
                    "expected more than 0 and at most 100%", {"as in 1% or 0.01"});
  return std::nullopt;
}

}  // namespace ohmloop
