#include "ohmloop/text/yaml_name.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace ohmloop {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool is_harmless(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == '*' || c == ' ';
}

/// Words that YAML 1.1 reads as something else than text.
bool is_taken(std::string_view text) {
  static constexpr std::array<std::string_view, 10> words = {"y",   "n",    "yes",   "no",   "on",
                                                             "off", "true", "false", "null", "inf"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(words.begin(), words.end(), lower) != words.end();
}

}  // namespace

std::string yaml_name(std::string_view text) {
  const bool plain = !text.empty() && is_letter(text.front()) && text.back() != ' ' &&
                     std::all_of(text.begin(), text.end(), is_harmless) && !is_taken(text);
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      quoted += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace ohmloop
