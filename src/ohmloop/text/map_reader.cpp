#include "ohmloop/text/map_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/expression_functions.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53

}  // namespace

MapReader::MapReader(const YamlNode& map, std::string what, Scope& scope, Diagnostics& diagnostics)
    : map_(&map), what_(std::move(what)), scope_(&scope), diagnostics_(&diagnostics) {
  if (!map.is_map() && !map.is_null()) {
    diagnostics.error(fmt::format("expected a map for {}, found {}", what_, kind_name(map)), map.span);
  }
}

bool MapReader::has(std::string_view key) { return node(key) != nullptr; }

const YamlNode* MapReader::node(std::string_view key) {
  mark_known(key);
  return map_->find(key);
}

const YamlNode* MapReader::required_node(std::string_view key) {
  const YamlNode* found = node(key);
  if (found == nullptr && (map_->is_map() || map_->is_null())) {
    diagnostics_->error(fmt::format("{} needs the key '{}'", what_, key), map_->span);
  }
  return found;
}

std::optional<std::string> MapReader::text(std::string_view key) {
  const YamlNode* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (found->is_scalar()) return found->scalar;
  diagnostics_->error(fmt::format("expected text for '{}' of {}, found {}", key, what_, kind_name(*found)),
                      found->span);
  return std::nullopt;
}

std::optional<std::string> MapReader::required_text(std::string_view key) {
  return required_node(key) == nullptr ? std::nullopt : text(key);
}

std::optional<Value> MapReader::value(std::string_view key) {
  const YamlNode* found = node(key);
  return found == nullptr ? std::nullopt : evaluate(*found, *scope_, *diagnostics_);
}

void MapReader::report_unexpected(std::string_view key, const Value& value, const std::string& expected) {
  // An expectation with an example in it needs a comma before the sentence goes on.
  const std::string_view comma = expected.find(", as in") == std::string::npos ? "" : ",";
  std::string label;
  if (const auto* word = std::get_if<std::string>(&value)) label = did_you_mean(*word, scope_->names());
  diagnostics_->error(
      fmt::format("expected {}{} for '{}' of {}, found {}", expected, comma, key, what_, describe(value)),
      map_->find(key)->span, label);
}

std::optional<bool> MapReader::boolean(std::string_view key) {
  const std::optional<Value> found = value(key);
  if (!found) return std::nullopt;
  if (const auto* truth = std::get_if<bool>(&*found)) return *truth;
  report_unexpected(key, *found, "true or false");
  return std::nullopt;
}

std::optional<double> MapReader::number(std::string_view key, Dimension dimension) {
  const std::optional<Value> found = value(key);
  if (!found) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*found);
  if (quantity != nullptr && quantity->dimension == dimension) return quantity->value;
  report_unexpected(key, *found, describe(dimension));
  return std::nullopt;
}

std::optional<std::int64_t> MapReader::integer(std::string_view key, Dimension dimension, std::int64_t low,
                                               std::int64_t high) {
  const std::optional<double> found = number(key, dimension);
  return found ? whole_number(key, {.value = *found, .dimension = dimension}, low, high) : std::nullopt;
}

std::optional<std::int64_t> MapReader::integer_in_bits(std::string_view key, std::int64_t low, std::int64_t high) {
  const std::optional<Value> found = value(key);
  if (!found) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*found);
  if (quantity != nullptr && (quantity->dimension == dimension::bits || quantity->dimension == dimension::none)) {
    return whole_number(key, {.value = quantity->value, .dimension = dimension::bits}, low, high);
  }
  report_unexpected(key, *found, "a number of bits, as in 16 or 16 bit");
  return std::nullopt;
}

std::optional<std::int64_t> MapReader::whole_number(std::string_view key, const Quantity& quantity, std::int64_t low,
                                                    std::int64_t high) {
  const SourceSpan& where = map_->find(key)->span;
  const auto refuse = [&](const std::string& expectation) {
    diagnostics_->error(fmt::format("'{}' of {} must be {}, not {}", key, what_, expectation, to_string(quantity)),
                        where);
    return std::nullopt;
  };
  const auto shown = [&](std::int64_t bound) {
    return to_string(Quantity{.value = static_cast<double>(bound), .dimension = quantity.dimension});
  };
  if (quantity.value != std::floor(quantity.value)) return refuse("whole");
  if (std::abs(quantity.value) > largest_exact_integer) return refuse("at most 2^53 to be exact");
  const auto whole = static_cast<std::int64_t>(quantity.value);
  if (whole < low) return refuse("at least " + shown(low));
  if (whole > high) return refuse("at most " + shown(high));
  return whole;
}

std::optional<std::string> MapReader::choice(std::string_view key, std::span<const std::string> choices) {
  std::optional<std::string> found = text(key);
  if (!found) return std::nullopt;
  if (std::find(choices.begin(), choices.end(), *found) != choices.end()) return found;
  diagnostics_->error(fmt::format("'{}' of {} cannot be '{}'", key, what_, *found), map_->find(key)->span,
                      did_you_mean(*found, choices), {"choices: " + list_names(choices)});
  return std::nullopt;
}

std::optional<std::vector<std::string>> MapReader::words(std::string_view key) {
  const YamlNode* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (found->is_scalar()) return std::vector<std::string>{found->scalar};
  if (!found->is_sequence()) {
    diagnostics_->error(fmt::format("expected a list of words for '{}' of {}, found {}", key, what_, kind_name(*found)),
                        found->span);
    return std::nullopt;
  }
  std::vector<std::string> result;
  bool all_words = true;
  for (const YamlNode& item : found->items) {
    if (item.is_scalar()) {
      result.push_back(item.scalar);
    } else {
      diagnostics_->error(fmt::format("expected a word in '{}' of {}, found {}", key, what_, kind_name(item)),
                          item.span);
      all_words = false;
    }
  }
  return all_words ? std::optional(std::move(result)) : std::nullopt;
}

std::vector<const YamlEntry*> MapReader::remaining() const {
  std::vector<const YamlEntry*> result;
  for (const YamlEntry& entry : map_->entries) {
    if (!known_.contains(entry.key)) result.push_back(&entry);
  }
  return result;
}

void MapReader::mark_known(std::string_view key) { known_.emplace(key); }

void MapReader::finish() {
  const std::vector<std::string> known(known_.begin(), known_.end());
  for (const YamlEntry* entry : remaining()) {
    diagnostics_->error(fmt::format("unknown key '{}' in {}", entry->key, what_), entry->key_span,
                        did_you_mean(entry->key, known), {"known keys: " + list_names(known)});
  }
}

SourceSpan MapReader::key_span(std::string_view key) const {
  for (const YamlEntry& entry : map_->entries) {
    if (entry.key == key) return entry.key_span;
  }
  return map_->span;
}

}  // namespace ohmloop
