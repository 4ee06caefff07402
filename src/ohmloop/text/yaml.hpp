#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

struct YamlEntry;

/// A YAML value with its place. Aliases are copied in and merge keys (`<<`) are resolved, the mapping's own keys first.
struct YamlNode {
  enum class Kind { null, scalar, sequence, map };

  Kind kind = Kind::null;
  std::string tag;      ///< "!Memory" as written, empty where none is
  std::string scalar;   ///< text of a scalar
  bool quoted = false;  ///< a quoted scalar is always a string
  SourceSpan span;      ///< of the scalar with its quotes, or of the first character of a collection
  SourceSpan tag_span;  ///< of the tag, empty where none is
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }

  /// The value of a key of a map, or null.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  [[nodiscard]] YamlNode* find(std::string_view key);
};

struct YamlEntry {
  std::string key;
  SourceSpan key_span;
  YamlNode value;
};

/// Bounds on untrusted input; passing one is an error with its place.
struct YamlLimits {
  std::size_t max_depth = 64;
  std::size_t max_nodes = 1'000'000;  ///< after aliases were copied in
};

/// Parses the one document of a source. Syntax errors, duplicate keys, non-scalar keys, several documents, unknown
/// anchors and merge keys that are no maps are collected; the caller decides when to throw. Returns a null node if
/// nothing could be read.
YamlNode parse_yaml(const SourceFilePtr& source, Diagnostics& diagnostics, const YamlLimits& limits = {});

/// "a map", "a list", "a scalar", "nothing": for messages.
std::string kind_name(const YamlNode& node);

}  // namespace ohmloop
