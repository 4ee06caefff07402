#include "ohmloop/arch/overrides.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/arch/node_keys.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

using Names = std::vector<std::string>;

/// The override as a source of its own, "--set:1:6".
struct CommandLine {
  SourceFilePtr source;

  explicit CommandLine(const Override& change)
      : source(std::make_shared<const SourceFile>(SourceFile{"--set", change.path + "=" + change.value})) {}

  [[nodiscard]] SourceSpan span(std::size_t offset, std::size_t length) const {
    return {source, 1, offset + 1, std::max<std::size_t>(length, 1)};
  }
};

/// One part of a path with its place.
struct Part {
  std::string name;
  SourceSpan where;
};

std::vector<Part> split(const std::string& path, const CommandLine& line) {
  std::vector<Part> parts;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = std::min(path.find('.', start), path.size());
    parts.push_back({path.substr(start, end - start), line.span(start, end - start)});
    if (end == path.size()) return parts;
    start = end + 1;
  }
}

void move_spans(YamlNode& node, const CommandLine& line, std::size_t offset) {
  const auto moved = [&](SourceSpan& span) {
    if (span.empty()) return;
    span.file = line.source;
    if (span.line == 1) span.column += offset;
  };
  moved(node.span);
  moved(node.tag_span);
  for (YamlNode& item : node.items) move_spans(item, line, offset);
  for (YamlEntry& entry : node.entries) {
    moved(entry.key_span);
    move_spans(entry.value, line, offset);
  }
}

/// The value as YAML; nothing after an error.
std::optional<YamlNode> parse_value(const Override& change, const CommandLine& line, Diagnostics& diagnostics) {
  const auto text = std::make_shared<const SourceFile>(SourceFile{"--set " + change.path, change.value});
  Diagnostics found;
  YamlNode value = parse_yaml(text, found);
  for (const Diagnostic& each : found.all()) diagnostics.error(each.message, each.where, each.label, each.notes);
  if (found.has_errors()) return std::nullopt;
  if (value.is_null()) {
    diagnostics.error("no value after the '='", line.span(change.path.size(), 1));
    return std::nullopt;
  }
  move_spans(value, line, change.path.size() + 1);
  return value;
}

struct Target {
  YamlNode* map = nullptr;  ///< where the next part of the path is looked up
  std::string what;         ///< for messages
  Names known;              ///< keys that may be added
  bool any_key = false;     ///< all may
};

Names joined(Names names, const YamlNode& map) {
  for (const YamlEntry& entry : map.entries) {
    if (std::find(names.begin(), names.end(), entry.key) == names.end()) names.push_back(entry.key);
  }
  return names;
}

/// The entry of a key, made where the format knows the key; null after an error.
YamlEntry* entry_of(const Target& target, const Part& part, Diagnostics& diagnostics) {
  auto& entries = target.map->entries;
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& e) { return e.key == part.name; });
  if (found != entries.end()) return &*found;
  const bool may_add =
      target.any_key || std::find(target.known.begin(), target.known.end(), part.name) != target.known.end();
  if (!may_add || part.name.empty()) {
    const Names names = joined(target.known, *target.map);
    diagnostics.error(fmt::format("{} has no key '{}'", target.what, part.name), part.where,
                      did_you_mean(part.name, names), {"keys: " + list_names(names)});
    return nullptr;
  }
  entries.push_back({part.name, part.where, {}});
  return &entries.back();
}

KeyShape shape_of(const std::vector<Key>& keys, const std::string& name) {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
  return found == keys.end() ? KeyShape::value : found->shape;
}

/// Follows the path from `parts[next]` on and puts the value there.
void set_within(Target target, std::vector<Key> keys, std::span<const Part> parts, YamlNode value,
                Diagnostics& diagnostics) {
  for (std::size_t i = 0;; ++i) {
    target.known = key_names(keys);
    YamlEntry* entry = entry_of(target, parts[i], diagnostics);
    if (entry == nullptr) return;
    if (i + 1 == parts.size()) {
      entry->value = std::move(value);
      return;
    }
    const KeyShape shape = shape_of(keys, parts[i].name);
    if (entry->value.is_null() && shape != KeyShape::value) {
      entry->value.kind = YamlNode::Kind::map;
      entry->value.span = parts[i].where;
    }
    if (!entry->value.is_map()) {
      diagnostics.error(fmt::format("'{}' of {} is no map", parts[i].name, target.what), parts[i + 1].where,
                        fmt::format("'{}' is not inside of it", parts[i + 1].name));
      return;
    }
    target = {&entry->value, fmt::format("'{}' of {}", parts[i].name, target.what), {}, shape == KeyShape::factors};
    keys = keys_within(shape);
  }
}

YamlNode* find_node(YamlNode& root, const std::string& name) {
  YamlNode* nodes = root.find("architecture");
  if (nodes == nullptr) return nullptr;
  for (YamlNode& node : nodes->items) {
    const YamlNode* own = node.find("name");
    if (own != nullptr && own->is_scalar() && own->scalar == name) return &node;
  }
  return nullptr;
}

Names node_names(const YamlNode& root) {
  Names names;
  const YamlNode* nodes = root.find("architecture");
  if (nodes == nullptr) return names;
  for (const YamlNode& node : nodes->items) {
    const YamlNode* name = node.find("name");
    if (name != nullptr && name->is_scalar()) names.push_back(name->scalar);
  }
  return names;
}

/// Maps at the top whose entries are names for values.
constexpr std::array<std::string_view, 2> maps_of_values = {"variables", "fitted"};

Names variable_names(const YamlNode& root) {
  Names names;
  for (const std::string_view map : maps_of_values) {
    if (const YamlNode* values = root.find(map)) names = joined(std::move(names), *values);
  }
  return names;
}

/// Keys at the top that one value can replace.
Names single_keys() {
  Names names;
  for (const Key& key : top_keys()) {
    if (key.shape == KeyShape::value && key.name != "architecture") names.push_back(key.name);
  }
  names.emplace_back("bits");
  return names;
}

/// Nodes in which the file has a key: where a path with a wrong node may have meant to go.
Names nodes_with_key(const YamlNode& root, const std::string& key) {
  Names names;
  const YamlNode* nodes = root.find("architecture");
  if (nodes == nullptr) return names;
  for (const YamlNode& node : nodes->items) {
    const YamlNode* name = node.find("name");
    if (name != nullptr && name->is_scalar() && node.find(key) != nullptr) names.push_back(name->scalar);
  }
  return names;
}

void report_unknown(const YamlNode& root, std::span<const Part> parts, Diagnostics& diagnostics) {
  const Part& first = parts.front();
  const Names nodes = node_names(root);
  Names names = parts.size() > 1 ? nodes : variable_names(root);
  for (std::string& key : single_keys()) names.push_back(std::move(key));
  std::string label = did_you_mean(first.name, names);
  if (parts.size() == 1 && std::find(nodes.begin(), nodes.end(), first.name) != nodes.end()) {
    label = fmt::format("a node: name the key too, as in {}.KEY=VALUE", first.name);
  }
  std::vector<std::string> notes;
  if (parts.size() > 1) {
    const Names with_key = nodes_with_key(root, parts[1].name);
    if (label.empty() && with_key.size() == 1) {
      label = fmt::format("did you mean '{}'? it has the key '{}'", with_key.front(), parts[1].name);
    }
    notes.push_back("nodes: " + list_names(nodes));
  }
  if (const Names variables = variable_names(root); parts.size() == 1 && !variables.empty()) {
    notes.push_back("variables: " + list_names(variables));
  }
  diagnostics.error(parts.size() > 1 ? fmt::format("no node has the name '{}'", first.name)
                                     : fmt::format("no variable and no key has the name '{}'", first.name),
                    first.where, label, std::move(notes));
}

void apply(YamlNode& root, const Override& change, Diagnostics& diagnostics) {
  const CommandLine line(change);
  const std::vector<Part> parts = split(change.path, line);
  std::optional<YamlNode> value = parse_value(change, line, diagnostics);
  if (!value) return;
  const std::string& first = parts.front().name;
  const std::span<const Part> rest = std::span(parts).subspan(1);
  if (parts.size() == 1) {
    for (const std::string_view map : maps_of_values) {
      YamlNode* values = root.find(map);
      if (values == nullptr || values->find(first) == nullptr) continue;
      *values->find(first) = std::move(*value);
      return;
    }
    const Names keys = single_keys();
    if (std::find(keys.begin(), keys.end(), first) == keys.end()) return report_unknown(root, parts, diagnostics);
    return set_within({&root, "the file", {}, false}, top_keys(), parts, std::move(*value), diagnostics);
  }
  if (YamlNode* node = find_node(root, first)) {
    const NodeTagInfo* info = find_node_tag(node->tag);
    const std::vector<Key> keys = info == nullptr ? std::vector<Key>{} : info->keys;
    return set_within({node, fmt::format("node '{}'", first), {}, false}, keys, rest, std::move(*value), diagnostics);
  }
  if (first == "variables" || first == "fitted" || first == "bits" || first == "schedule") {
    return set_within({&root, "the file", {}, false}, top_keys(), parts, std::move(*value), diagnostics);
  }
  report_unknown(root, parts, diagnostics);
}

}  // namespace

void apply_overrides(YamlNode& root, std::span<const Override> overrides, Diagnostics& diagnostics) {
  if (!root.is_map()) return;
  for (const Override& each : overrides) apply(root, each, diagnostics);
}

Override parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals != std::string::npos && equals > 0) return {text.substr(0, equals), text.substr(equals + 1)};
  const auto source = std::make_shared<const SourceFile>(SourceFile{"--set", text});
  Diagnostics diagnostics;
  diagnostics.error(fmt::format("expected NODE.KEY=VALUE or VARIABLE=VALUE after --set, found '{}'", text),
                    {source, 1, 1, std::max<std::size_t>(text.size(), 1)}, "as in array.rows=256");
  throw InputError(diagnostics.all());
}

}  // namespace ohmloop
