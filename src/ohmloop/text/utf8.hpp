#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ohmloop {

/// Bytes of the well-formed UTF-8 sequence that starts at `offset`, 0 if there is none (RFC 3629: no surrogates, no
/// overlong forms, nothing beyond U+10FFFF).
std::size_t utf8_length_at(std::string_view text, std::size_t offset);

/// Where a text stops being text: the offset of the first control character (other than tab, line feed and carriage
/// return) or malformed UTF-8 sequence.
std::optional<std::size_t> first_non_text_byte(std::string_view text);

/// The text fit for a terminal: control characters and malformed bytes as "\x1b".
std::string printable(std::string_view text);

}  // namespace ohmloop
