#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/analog/array_values.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// The most bytes that a record may have: a hundred layers of codes of 16 bits.
inline constexpr std::size_t max_record_bytes = std::size_t{128} << 20;

/// The codes in what `ohmloop accuracy --record` wrote (schema ohmloop-values/1), layer by layer; the other keys are
/// not looked at. Throws InputError, at `where`, with everything that is wrong: no JSON, another schema, codes that do
/// not fit their bits, two layers of one name.
std::vector<LayerCodes> read_value_record(std::string_view text, const std::string& path, const SourceSpan& where);

}  // namespace ohmloop
