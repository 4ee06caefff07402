#include "ohmloop/report/figures/figure_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ohmloop {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  ///< 0: not UTF-8
};

/// RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t code = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length};
}

/// Of C0, DEL and C1, and the two codes that XML forbids.
bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFFFE || code == 0xFFFF;
}

/// In hundredths of the text's size, from the blank to '~'.
constexpr std::array<std::uint8_t, 95> ascii_widths = {
    32, 40, 46, 84, 64, 95, 78, 27, 39,  39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69,  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};

/// Letters of Latin, Greek and Cyrillic are about as wide as a capital; scripts past U+2E80 as a full square.
double width_of(char32_t code) {
  if (code >= 0x2E80) return 1.0;
  if (code >= 0x7F || code < 0x20) return 0.75;
  return ascii_widths[code - 0x20] / 100.0;
}

}  // namespace

std::string drawable_text(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character next = first_character(text);
    if (text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
      result += ' ';
    } else if (next.bytes == 0 || is_control(next.code)) {
      result += replacement;
    } else {
      result += text.substr(0, next.bytes);
    }
    text.remove_prefix(std::max<std::size_t>(next.bytes, 1));
  }
  return result;
}

double text_width(std::string_view text) {
  double width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += width_of(next.code);
    text.remove_prefix(std::max<std::size_t>(next.bytes, 1));
  }
  return width;
}

std::string shortened(std::string_view text, double width) {
  if (text_width(text) <= width) return std::string(text);
  double used = text_width(ellipsis);
  std::size_t kept = 0;
  while (kept < text.size()) {
    const Character next = first_character(text.substr(kept));
    used += width_of(next.code);
    if (used > width) break;
    kept += std::max<std::size_t>(next.bytes, 1);
  }
  return std::string(text.substr(0, kept)) + std::string(ellipsis);
}

std::vector<std::string> wrapped(std::string_view text, double width, std::size_t most_lines) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    if (lines.size() + 1 == most_lines || text_width(text) <= width) {
      lines.push_back(shortened(text, width));
      break;
    }
    std::size_t end = std::string_view::npos;
    for (std::size_t blank = text.find(' '); blank != std::string_view::npos; blank = text.find(' ', blank + 1)) {
      if (text_width(text.substr(0, blank)) > width) break;
      end = blank;
    }
    if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
    lines.push_back(shortened(text.substr(0, end), width));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace ohmloop
