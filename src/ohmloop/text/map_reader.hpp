#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Reads the keys of one YAML map with types, units and bounds. Every key that is asked for counts as known;
/// `finish()` reports the others as unknown, with the nearest known one. Errors are collected, never thrown; a value
/// that could not be read is nothing.
class MapReader {
 public:
  /// `what` names the map in messages: "memory 'shared_glb'".
  MapReader(const YamlNode& map, std::string what, Scope& scope, Diagnostics& diagnostics);

  [[nodiscard]] bool has(std::string_view key);

  /// The raw node of a key, or null; marks the key as known.
  const YamlNode* node(std::string_view key);
  /// As node(), but a missing key is an error.
  const YamlNode* required_node(std::string_view key);

  std::optional<std::string> text(std::string_view key);
  std::optional<std::string> required_text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<Value> value(std::string_view key);
  /// A number of the wanted dimension in base units; a plain number is accepted only where `dimension` is none.
  std::optional<double> number(std::string_view key, Dimension dimension);
  /// A whole number (of the dimension's base unit, e.g. bits) within [low, high].
  std::optional<std::int64_t> integer(std::string_view key, Dimension dimension, std::int64_t low,
                                      std::int64_t high = INT64_MAX);
  /// A whole number of bits where a plain number means bits too, as in `width: 64` or `width: 64 bit`.
  std::optional<std::int64_t> integer_in_bits(std::string_view key, std::int64_t low, std::int64_t high = INT64_MAX);
  /// One of the given words.
  std::optional<std::string> choice(std::string_view key, std::span<const std::string> choices);
  /// A list of words, or one word alone.
  std::optional<std::vector<std::string>> words(std::string_view key);

  /// Keys that were not asked for yet, in order: for classes whose attributes are checked elsewhere.
  [[nodiscard]] std::vector<const YamlEntry*> remaining() const;
  void mark_known(std::string_view key);

  /// Reports unknown keys. Call once, after everything was asked for.
  void finish();

  [[nodiscard]] const YamlNode& map() const { return *map_; }
  [[nodiscard]] const std::string& what() const { return what_; }
  /// Place of the key, or of the map if the key is missing.
  [[nodiscard]] SourceSpan key_span(std::string_view key) const;

 private:
  void report_unexpected(std::string_view key, const Value& value, const std::string& expected);
  std::optional<std::int64_t> whole_number(std::string_view key, const Quantity& quantity, std::int64_t low,
                                           std::int64_t high);

  const YamlNode* map_;
  std::string what_;
  Scope* scope_;
  Diagnostics* diagnostics_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace ohmloop
