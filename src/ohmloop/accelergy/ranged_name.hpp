#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A name as the field's files write it: "mac", "PE[0..167]", "buffet[0..n_buffets-1]", "buffet[1]". Only brackets at
/// the end belong to the name's range.
struct RangedName {
  std::string base;
  std::optional<YamlNode> first;  ///< an expression, with its place
  std::optional<YamlNode> last;   ///< nothing in "buffet[1]"
  SourceSpan where;               ///< of the base

  [[nodiscard]] bool has_range() const { return last.has_value(); }
};

/// Reports brackets that don't close, empty names and ends.
std::optional<RangedName> read_ranged_name(const YamlNode& scalar, Diagnostics& diagnostics);

/// A range that was evaluated.
struct IndexRange {
  std::int64_t first = 0;
  std::int64_t last = 0;

  [[nodiscard]] std::int64_t size() const { return last - first + 1; }
};

/// The most instances one name may stand for.
inline constexpr std::int64_t largest_range = std::int64_t{1} << 40;

/// {0, 0} where the name has no range. Reports ends that are no whole numbers, negative or in the wrong order.
std::optional<IndexRange> evaluate_range(const RangedName& name, FieldDialect dialect, Scope& scope,
                                         Diagnostics& diagnostics);

/// A part of a scalar's text as a scalar with its own place.
YamlNode part_of_scalar(const YamlNode& scalar, std::size_t offset, std::size_t length);

}  // namespace ohmloop
