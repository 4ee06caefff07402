#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop::timeloop {

/// What every reader of a part needs.
struct ReadContext {
  Scope& scope;  ///< the variables of the files
  FieldDialect dialect = FieldDialect::v04;
  Diagnostics& diagnostics;

  /// A whole number within [low, high], maybe from an expression; anything else is reported.
  std::optional<std::int64_t> whole(const YamlNode& scalar, std::string_view what, std::int64_t low,
                                    std::int64_t high = INT64_MAX) const;
  /// A plain number.
  std::optional<double> number(const YamlNode& scalar, std::string_view what) const;
};

/// The place of a name among known ones; an unknown one is reported with the nearest: "unknown level 'glb' in ...".
std::optional<std::size_t> index_of_name(std::string_view name, const std::vector<std::string>& known,
                                         std::string_view what, const SourceSpan& where, Diagnostics& diagnostics);

/// The words of a list or of one scalar ("Inputs Weights", "Inputs,Weights"), each with its place.
std::vector<YamlNode> words_of(const YamlNode& node, std::string_view what, Diagnostics& diagnostics);

/// The values of a list, or the value itself where it is no list; nothing of a null.
std::vector<const YamlNode*> items_of(const YamlNode& node);

/// True for a null, an empty list and an empty map.
bool is_empty(const YamlNode& node);

/// The value of a key with '-' and '_' alike: "read_write" finds "read-write".
const YamlNode* find_spelled(const YamlNode& map, std::string_view key);

/// '-' as '_'.
std::string with_underscores(std::string_view key);

}  // namespace ohmloop::timeloop
