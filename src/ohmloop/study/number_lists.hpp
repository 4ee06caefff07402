#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// "0.5", a list "0,0.1,1", or a curve "FROM:TO:STEP" with both ends; numbers of at least 0. Reports what can't be read
/// and more than max_sweep_points (sweep_values.hpp).
std::vector<double> parse_amplitudes(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics);

/// "4", a list "2,4,float", or a range "2..8", each from 1 to 16; nothing stands for float.
std::vector<std::optional<int>> parse_bits(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics);

/// "1%" or "0.01", above 0 and at most 1.
std::optional<double> parse_fraction(std::string_view text, const SourceSpan& where, Diagnostics& diagnostics);

}  // namespace ohmloop
