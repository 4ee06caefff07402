#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ohmloop {

/// A whole number in decimal digits, with a minus sign if it is negative; nothing for any other text.
inline std::optional<std::int64_t> label_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace ohmloop
