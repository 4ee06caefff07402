#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

/// A unit as base units: one of it is factor * 10^decimal_exponent. The power of ten is kept apart so that "0.8 pJ" is
/// the double nearest to 0.8e-12, not a product of two rounded numbers; `factor` is always a power of two.
struct Unit {
  Dimension dimension;
  int decimal_exponent = 0;
  double factor = 1;
};

/// One unit of the table, with an optional prefix and without powers: "pJ", "KiB", "bits", "um", "%". Case counts.
/// SI prefixes a f p n u m k M G T where they make sense, c for metre, Ki Mi Gi Ti for bit and byte.
std::optional<Unit> find_unit(std::string_view symbol);

/// a * b^power; nothing if an exponent leaves [-max_dimension_exponent, max_dimension_exponent].
std::optional<Dimension> multiply(Dimension a, Dimension b, int power = 1);
inline constexpr int max_dimension_exponent = 8;
std::optional<Unit> multiply(const Unit& a, const Unit& b, int power = 1);

/// All units with the prefixes that are common, for suggestions.
std::vector<std::string> common_unit_names();

/// The number's digits, as in "0.8" or "1e3", in a unit; rounded once. Nothing if it overflows a double.
std::optional<double> number_in_unit(std::string_view digits, const Unit& unit);

}  // namespace ohmloop
