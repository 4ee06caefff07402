#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace ohmloop {

/// Exponents of the base units. "0.8 pJ" has {.joule = 1}; "64 bit/cycle" has {.bit = 1, .cycle = -1}.
/// ampere = joule / (second volt), ohm = volt^2 second / joule, siemens = its inverse, farad = joule / volt^2.
struct Dimension {
  std::int8_t bit = 0;
  std::int8_t second = 0;
  std::int8_t joule = 0;
  std::int8_t metre = 0;
  std::int8_t volt = 0;
  std::int8_t cycle = 0;

  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
};

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension bits{.bit = 1};
inline constexpr Dimension time{.second = 1};
inline constexpr Dimension frequency{.second = -1};
inline constexpr Dimension energy{.joule = 1};
inline constexpr Dimension power{.second = -1, .joule = 1};
inline constexpr Dimension length{.metre = 1};
inline constexpr Dimension area{.metre = 2};
inline constexpr Dimension voltage{.volt = 1};
inline constexpr Dimension resistance{.second = 1, .joule = -1, .volt = 2};
inline constexpr Dimension bits_per_cycle{.bit = 1, .cycle = -1};
inline constexpr Dimension bits_per_second{.bit = 1, .second = -1};
}  // namespace dimension

/// "an energy, as in 0.8 pJ", "a plain number", ...: what a user should write; stands behind "expected".
std::string describe(Dimension dimension);

/// A number in base units: bit, second, joule, metre, volt, cycle.
struct Quantity {
  double value = 0;
  Dimension dimension;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// What an expression evaluates to.
using Value = std::variant<Quantity, bool, std::string>;

/// The value as a user would write it: "65 nm", "true", "lpddr4". A quantity's text reads back as the same double.
std::string to_string(const Value& value);
std::string to_string(const Quantity& quantity);

}  // namespace ohmloop
