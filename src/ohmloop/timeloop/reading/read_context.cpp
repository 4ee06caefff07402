#include "ohmloop/timeloop/reading/read_context.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "ohmloop/accelergy/ranged_name.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop::timeloop {

std::optional<std::int64_t> ReadContext::whole(const YamlNode& scalar, std::string_view what, std::int64_t low,
                                               std::int64_t high) const {
  return whole_field_number(scalar, dialect, scope, what, low, high, diagnostics);
}

std::optional<double> ReadContext::number(const YamlNode& scalar, std::string_view what) const {
  const std::optional<Value> value = evaluate_field(scalar, dialect, scope, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  if (quantity != nullptr && quantity->dimension == dimension::none) return quantity->value;
  diagnostics.error(fmt::format("{} must be a number, found {}", what, to_string(*value)), scalar.span);
  return std::nullopt;
}

std::optional<std::size_t> index_of_name(std::string_view name, const std::vector<std::string>& known,
                                         std::string_view what, const SourceSpan& where, Diagnostics& diagnostics) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  // Among single letters every one is near every other.
  const std::string near = name.size() > 1 ? did_you_mean(name, known) : std::string();
  diagnostics.error(fmt::format("unknown {} '{}'", what, name), where, near,
                    {fmt::format("known: {}", list_names(known))});
  return std::nullopt;
}

std::vector<YamlNode> words_of(const YamlNode& node, std::string_view what, Diagnostics& diagnostics) {
  std::vector<YamlNode> words;
  for (const YamlNode* item : items_of(node)) {
    if (!item->is_scalar()) {
      diagnostics.error(fmt::format("{}: expected a name, found {}", what, kind_name(*item)), item->span);
      continue;
    }
    constexpr std::string_view separators = " \t,";
    for (std::size_t at = item->scalar.find_first_not_of(separators); at != std::string::npos;) {
      const std::size_t end = std::min(item->scalar.find_first_of(separators, at), item->scalar.size());
      words.push_back(part_of_scalar(*item, at, end - at));
      at = item->scalar.find_first_not_of(separators, end);
    }
  }
  return words;
}

std::vector<const YamlNode*> items_of(const YamlNode& node) {
  if (node.is_null()) return {};
  if (!node.is_sequence()) return {&node};
  std::vector<const YamlNode*> items;
  for (const YamlNode& item : node.items) items.push_back(&item);
  return items;
}

bool is_empty(const YamlNode& node) {
  return node.is_null() || (node.is_sequence() && node.items.empty()) || (node.is_map() && node.entries.empty());
}

std::string with_underscores(std::string_view key) {
  std::string result(key);
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

const YamlNode* find_spelled(const YamlNode& map, std::string_view key) {
  for (const YamlEntry& entry : map.entries) {
    if (with_underscores(entry.key) == key) return &entry.value;
  }
  return nullptr;
}

}  // namespace ohmloop::timeloop
