#include "ohmloop/study/study_tree.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

bool is_among(const std::string& key, const std::vector<std::string>& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

const std::vector<std::string>& quick_keys() {
  static const std::vector<std::string> keys = {"networks", "architecture", "images", "axes"};
  return keys;
}

void replace(YamlNode& map, const YamlEntry& entry) {
  if (YamlNode* known = map.find(entry.key)) {
    *known = entry.value;
  } else {
    map.entries.push_back(entry);
  }
}

void replace_axes(YamlNode& map, const YamlNode& quick, Diagnostics& diagnostics) {
  YamlNode* axes = map.find("axes");
  std::vector<std::string> known;
  if (axes != nullptr) {
    for (const YamlEntry& entry : axes->entries) known.push_back(entry.key);
  }
  for (const YamlEntry& entry : quick.entries) {
    if (axes == nullptr || axes->find(entry.key) == nullptr) {
      diagnostics.error(fmt::format("there is no axis '{}' to make smaller", entry.key), entry.key_span,
                        did_you_mean(entry.key, known), {fmt::format("axes: {}", list_names(known))});
    } else {
      replace(*axes, entry);
    }
  }
}

void apply_quick(YamlNode& map, Diagnostics& diagnostics) {
  const auto found =
      std::find_if(map.entries.begin(), map.entries.end(), [](const YamlEntry& one) { return one.key == "quick"; });
  if (found == map.entries.end()) return;
  const YamlNode quick = std::move(found->value);
  map.entries.erase(found);
  if (!quick.is_map()) {
    diagnostics.error(fmt::format("expected a map behind 'quick', found {}", kind_name(quick)), quick.span);
    return;
  }
  for (const YamlEntry& entry : quick.entries) {
    if (!is_among(entry.key, quick_keys())) {
      diagnostics.error(fmt::format("unknown key '{}' in 'quick'", entry.key), entry.key_span,
                        did_you_mean(entry.key, quick_keys()),
                        {fmt::format("known keys: {}", list_names(quick_keys()))});
    } else if (entry.key == "axes") {
      replace_axes(map, entry.value, diagnostics);
    } else {
      replace(map, entry);
    }
  }
}

void append(std::string& text, std::string_view piece) { text += fmt::format("{}:{}", piece.size(), piece); }

void append(std::string& text, const YamlNode& node, const std::vector<std::string>& left_out) {
  append(text, node.tag);
  text += fmt::format("{}{}", static_cast<int>(node.kind), node.quoted ? 'q' : 'p');
  if (node.is_scalar()) append(text, node.scalar);
  for (const YamlNode& item : node.items) append(text, item, left_out);
  for (const YamlEntry& entry : node.entries) {
    if (is_among(entry.key, left_out)) continue;
    append(text, entry.key);
    append(text, entry.value, left_out);
  }
  text += ';';
}

}  // namespace

const std::vector<std::string>& part_keys() {
  static const std::vector<std::string> keys = {"networks",  "layers",  "architecture", "set",    "batch",
                                                "objective", "axes",    "data",         "images", "seeds",
                                                "accuracy",  "metrics", "quick"};
  return keys;
}

YamlNode quick_tree(YamlNode root, Diagnostics& diagnostics) {
  // What is said at the top holds for parts, which may have axes of their own.
  if (YamlNode* parts = root.find("parts")) {
    std::vector<YamlNode> whole = part_trees(root, diagnostics);
    for (std::size_t i = 0; i < std::min(whole.size(), parts->items.size()); ++i) {
      apply_quick(whole[i], diagnostics);
      parts->items[i] = std::move(whole[i]);
    }
    std::erase_if(root.entries, [](const YamlEntry& one) { return one.key == "quick"; });
    return root;
  }
  apply_quick(root, diagnostics);
  return root;
}

std::vector<YamlNode> part_trees(const YamlNode& root, Diagnostics& diagnostics) {
  YamlNode common = root;
  std::erase_if(common.entries, [](const YamlEntry& one) { return !is_among(one.key, part_keys()); });
  const YamlNode* parts = root.find("parts");
  if (parts == nullptr) return {common};
  if (!parts->is_sequence() || parts->items.empty()) {
    diagnostics.error(fmt::format("expected a list of parts, found {}", kind_name(*parts)), parts->span,
                      "as in - {name: arrays, axes: {rows: [128, 256]}}");
    return {};
  }
  constexpr std::size_t most_parts = 64;
  if (parts->items.size() > most_parts) {
    diagnostics.error(fmt::format("the study has {} parts", parts->items.size()), parts->span,
                      fmt::format("at most {}", most_parts));
    return {};
  }
  std::vector<YamlNode> trees;
  for (const YamlNode& part : parts->items) {
    if (!part.is_map()) {
      diagnostics.error(fmt::format("expected a map for a part, found {}", kind_name(part)), part.span);
      continue;
    }
    YamlNode tree = part;
    for (const YamlEntry& entry : common.entries) {
      if (part.find(entry.key) == nullptr) tree.entries.push_back(entry);
    }
    trees.push_back(std::move(tree));
  }
  return trees;
}

std::string canonical_text(const YamlNode& node, const std::vector<std::string>& left_out) {
  std::string text;
  append(text, node, left_out);
  return text;
}

}  // namespace ohmloop
