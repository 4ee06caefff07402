#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

inline constexpr std::size_t max_sweep_points = 10'000;

/// The value of an attribute on the command line: "64", "64 KiB", "65nm", "lpddr4", or with a suffix alone "1k", "4Ki".
/// Nothing after an error was reported.
std::optional<Value> parse_attribute_value(const std::string& text, const SourceSpan& where, Diagnostics& diagnostics);

/// Values of a sweep: "64,128,256" as they stand; "1k..1M", "2KiB..1MiB" doubling where an end has a prefix or the last
/// is 32 times the first, the last always among them; "2..10", "2..10 bit" in steps of one unit. Reports what can't be
/// read, ends in the wrong order and more than max_sweep_points.
std::vector<Value> parse_sweep(const std::string& text, const SourceSpan& where, Diagnostics& diagnostics);

}  // namespace ohmloop
