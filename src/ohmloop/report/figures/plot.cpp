#include "ohmloop/report/figures/plot.hpp"

#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/report/figures/figure_text.hpp"

namespace ohmloop {
namespace {

/// Beyond these, products of values and gnuplot's own arithmetic leave the doubles.
constexpr double largest_drawable = 1e100;
constexpr double smallest_drawable = 1e-100;

/// Signs that stand for nothing but themselves wherever gnuplot reads them.
constexpr std::string_view harmless = " .,:()+-=/_%";

}  // namespace

bool LeftOut::accepts(double value, AxisScale scale) {
  if (std::isnan(value)) {
    add("no number");
  } else if (std::abs(value) > largest_drawable || (value != 0 && std::abs(value) < smallest_drawable)) {
    add("too large or too small to draw");
  } else if (scale != AxisScale::linear && value <= 0) {
    add("not above zero, on a logarithmic axis");
  } else {
    return true;
  }
  return false;
}

std::vector<std::string> LeftOut::sentences() const {
  std::vector<std::string> result;
  for (const auto& [reason, count] : counts_) {
    result.push_back(count == 1 ? fmt::format("1 value is not drawn: {}", reason)
                                : fmt::format("{} values are not drawn: {}", count, reason));
  }
  return result;
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : drawable_text(text)) {
    const auto byte = static_cast<unsigned char>(c);
    // The bytes of a character past ASCII mean nothing to gnuplot.
    const bool plain = byte >= 0x80 || std::isalnum(byte) != 0 || harmless.find(c) != std::string_view::npos;
    quoted += plain ? std::string(1, c) : fmt::format("\\{:03o}", byte);
  }
  return quoted + "\"";
}

std::string quoted_tick(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '%') escaped += '%';
    escaped += c;
  }
  return quoted_text(escaped);
}

std::string_view dash_type(int dash) {
  constexpr std::array<std::string_view, 4> patterns = {"1", "(6,3)", "(2,2.5)", "(9,3,2,3)"};
  return patterns[static_cast<std::size_t>(dash - 1) % patterns.size()];
}

std::string data_block(std::string_view name, std::string_view rows) {
  return fmt::format("${} << EOD\n{}EOD\n", name, rows);
}

}  // namespace ohmloop
