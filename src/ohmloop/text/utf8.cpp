#include "ohmloop/text/utf8.hpp"

#include <fmt/format.h>

namespace ohmloop {
namespace {

bool is_continuation(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80;
}

bool is_control(unsigned char byte) { return byte < 0x20 || byte == 0x7f; }

}  // namespace

std::size_t utf8_length_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text, offset + i)) return 0;
  }
  const auto second = static_cast<unsigned char>(text[offset + 1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool too_large = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : length;
}

std::optional<std::size_t> first_non_text_byte(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    const bool layout = byte == '\t' || byte == '\n' || byte == '\r';
    const std::size_t length = utf8_length_at(text, offset);
    if (length == 0 || (is_control(byte) && !layout)) return offset;
    offset += length;
  }
  return std::nullopt;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    const std::size_t length = utf8_length_at(text, offset);
    if (length == 0 || is_control(byte)) {
      result += fmt::format("\\x{:02x}", byte);
      ++offset;
    } else {
      result += text.substr(offset, length);
      offset += length;
    }
  }
  return result;
}

}  // namespace ohmloop
