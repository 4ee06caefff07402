#include "ohmloop/accelergy/field_overrides.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// A map with `attributes`, and its path without ranges.
struct AttributeOwner {
  YamlNode* node = nullptr;
  std::string path;
};

std::string base_name(const YamlNode& node) {
  const YamlNode* name = node.find("name");
  return name == nullptr ? std::string() : name->scalar.substr(0, name->scalar.find('['));
}

void collect(YamlNode& node, const std::string& around, std::vector<AttributeOwner>& owners) {
  const std::string name = base_name(node);
  const std::string path = around.empty() || name.empty() ? around + name : around + "." + name;
  if (!name.empty()) owners.push_back({&node, path});
  for (const char* key : {"local", "subtree", "nodes"}) {
    YamlNode* list = node.find(key);
    if (list == nullptr) continue;
    for (YamlNode& item : list->items) collect(item, path, owners);
  }
}

YamlEntry entry_of(const Override& change, const std::string& attribute) {
  const std::string text = change.path + "=" + change.value;
  const auto source = std::make_shared<const SourceFile>(SourceFile{.path = "--set", .text = text});
  YamlEntry entry;
  entry.key = attribute;
  entry.key_span = span_at(source, 0, std::max<std::size_t>(change.path.size(), 1));
  entry.value.kind = YamlNode::Kind::scalar;
  entry.value.scalar = change.value;
  entry.value.span = span_at(source, change.path.size() + 1, std::max<std::size_t>(change.value.size(), 1));
  return entry;
}

void set(YamlNode& owner, const YamlEntry& entry) {
  YamlNode* attributes = owner.find("attributes");
  if (attributes == nullptr) {
    owner.entries.push_back({"attributes", entry.key_span, {}});
    attributes = &owner.entries.back().value;
  }
  attributes->kind = YamlNode::Kind::map;
  if (YamlNode* found = attributes->find(entry.key)) {
    *found = entry.value;
  } else {
    attributes->entries.push_back(entry);
  }
}

bool states(const YamlNode& owner, const std::string& attribute) {
  const YamlNode* attributes = owner.find("attributes");
  return attributes != nullptr && attributes->find(attribute) != nullptr;
}

void apply_everywhere(const std::vector<AttributeOwner>& owners, const YamlEntry& entry) {
  bool found = false;
  for (const AttributeOwner& owner : owners) {
    if (!states(*owner.node, entry.key)) continue;
    set(*owner.node, entry);
    found = true;
  }
  if (found) return;
  // What stands at the top reaches everything below.
  const auto top = std::find_if(owners.begin(), owners.end(),
                                [](const AttributeOwner& owner) { return owner.node->find("class") == nullptr; });
  if (top != owners.end()) set(*top->node, entry);
}

bool ends_with_path(const std::string& path, const std::string& wanted) {
  return path == wanted || path.ends_with("." + wanted);
}

}  // namespace

void apply_field_overrides(YamlNode& architecture, std::span<const Override> overrides, Diagnostics& diagnostics) {
  std::vector<AttributeOwner> owners;
  collect(architecture, "", owners);
  for (const Override& change : overrides) {
    const std::size_t dot = change.path.rfind('.');
    const YamlEntry entry = entry_of(change, dot == std::string::npos ? change.path : change.path.substr(dot + 1));
    if (dot == std::string::npos) {
      apply_everywhere(owners, entry);
      continue;
    }
    const std::string node = change.path.substr(0, dot);
    bool found = false;
    for (const AttributeOwner& owner : owners) {
      if (!ends_with_path(owner.path, node)) continue;
      set(*owner.node, entry);
      found = true;
    }
    if (found) continue;
    std::vector<std::string> names;
    names.reserve(owners.size());
    for (const AttributeOwner& owner : owners) names.push_back(owner.path);
    diagnostics.error(fmt::format("no node '{}' in the architecture", node), entry.key_span, did_you_mean(node, names),
                      {"nodes: " + list_names(names)});
  }
}

}  // namespace ohmloop
