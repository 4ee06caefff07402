#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// What stands behind a key: a value, or a map with keys of its own.
enum class KeyShape {
  value,        ///< a scalar or a list of words
  loops,        ///< {ranks, factors, order}
  array_loops,  ///< {rows: loops, columns: loops, cells: loops}
  factors,      ///< {<rank>: bound}
  operand,      ///< {bits, encoding}
  result,       ///< {bits}
  widths,       ///< {input, weight, output}
  schedule,     ///< {order, weights, copies, chips, link}
  free_map      ///< any keys: variables, compound components
};

struct Key {
  std::string name;
  KeyShape shape = KeyShape::value;
  bool required = false;
  std::string meaning;
};

/// A kind of node that a file can write, and the keys that the node itself understands; all others are attributes of
/// its component class.
struct NodeTagInfo {
  std::string tag;   ///< "!Memory"
  std::string noun;  ///< "memory"
  std::vector<Key> keys;

  [[nodiscard]] const Key* key(std::string_view name) const;
};

/// The truth about tags and keys: the reader's messages, --set, the JSON schema and docs/architecture.md agree with it.
const std::vector<NodeTagInfo>& node_tags();
/// Null if there is no such tag.
const NodeTagInfo* find_node_tag(std::string_view tag);
/// Keys at the top of a file.
const std::vector<Key>& top_keys();
/// Keys of the map behind a key; empty for values and for maps with free keys.
const std::vector<Key>& keys_within(KeyShape shape);

std::vector<std::string> key_names(const std::vector<Key>& keys);
std::vector<std::string> tag_names();

}  // namespace ohmloop
