#include "ohmloop/text/yaml_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/mark.h>

namespace ohmloop {
namespace {

constexpr std::string_view standard_tags = "tag:yaml.org,2002:";

/// The tag as written: the library spells `!!str` out and marks untagged nodes with "?" or "!".
std::string written_tag(const std::string& tag) {
  if (tag == "?" || tag == "!") return {};
  if (tag.starts_with(standard_tags)) return "!!" + tag.substr(standard_tags.size());
  return tag;
}

bool spells_null(std::string_view text) {
  return text.starts_with("~") || text.starts_with("null") || text.starts_with("Null") || text.starts_with("NULL");
}

}  // namespace

YamlBuilder::YamlBuilder(const YamlLayout& layout, Diagnostics& diagnostics, const YamlLimits& limits)
    : layout_(layout), diagnostics_(diagnostics), limits_(limits) {}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  const std::size_t offset = layout_.offset_of(mark.pos);
  if (layout_.text().substr(offset).starts_with("---")) {
    diagnostics_.error("a second document begins here", layout_.span(offset, 3),
                       "a file holds one document: remove this line or split the file");
  } else {
    diagnostics_.error("the value above ends here, but the file goes on", layout_.span(offset),
                       "a file is one map or one list: check the indentation");
  }
  throw YamlStopped{};
}

void YamlBuilder::OnAnchor(const YAML::Mark& /*mark*/, const std::string& name) { anchor_names_.push_back(name); }

YamlNode YamlBuilder::node_at(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) const {
  const YamlLayout::Properties properties = layout_.properties_at(layout_.offset_of(mark.pos));
  YamlNode node;
  node.kind = kind;
  node.tag = written_tag(tag);
  node.span = layout_.span(properties.node_offset);
  if (properties.tag_length > 0) node.tag_span = layout_.span(properties.tag_offset, properties.tag_length);
  return node;
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node = node_at(YamlNode::Kind::null, mark, {});
  const std::string_view text = layout_.text();
  const std::size_t offset = layout_.properties_at(layout_.offset_of(mark.pos)).node_offset;
  if (spells_null(text.substr(offset))) {
    node.span.length = text[offset] == '~' ? 1 : 4;
  } else if (!open_.empty() && open_.back().key) {
    // Nothing was written, and the library points at whatever comes next.
    node.span = open_.back().key->span;
  } else {
    const std::size_t before = text.substr(0, offset).find_last_not_of(" \t\r\n");
    if (before != std::string_view::npos) node.span = layout_.span(before);
  }
  add({.node = std::move(node)}, anchor);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const YamlLayout::Properties properties = layout_.properties_at(layout_.offset_of(mark.pos));
  YamlNode node = node_at(YamlNode::Kind::scalar, mark, tag);
  const char first = properties.node_offset < layout_.text().size() ? layout_.text()[properties.node_offset] : '\0';
  const bool in_quotes = layout_.is_quote(properties.node_offset);
  const bool in_block = tag != "?" && (first == '|' || first == '>');
  if (value.empty() && !in_quotes && !in_block) {
    node.kind = YamlNode::Kind::null;  // a tag with nothing behind it: the place is the tag's
    node.span = node.tag_span;
  } else {
    node.quoted = in_quotes || in_block || node.tag == "!!str";
    node.span.length = in_block ? 1 : layout_.scalar_length(properties.node_offset, value);
    node.scalar = value;
    if (node.span.length == 0) {
      // The library takes a line end before the end of the file for a closing quote.
      node.span.length = 1;
      diagnostics_.error("the file ends within a quoted text", node.span, "a closing quote is missing");
      throw YamlStopped{};
    }
  }
  add({.node = std::move(node)}, anchor);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const SourceSpan where = layout_.span(layout_.offset_of(mark.pos));
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end()) {
    diagnostics_.error("an alias stands inside what it stands for", where, "this would never end");
    throw YamlStopped{};
  }
  check_depth(open_.size() + found->second.height, where);
  count(found->second.nodes - 1, where);
  add(found->second, YAML::NullAnchor);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value /*style*/) {
  open(YamlNode::Kind::sequence, mark, tag, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/) {
  open(YamlNode::Kind::map, mark, tag, anchor);
}

void YamlBuilder::open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  Open opened;
  opened.collection.node = node_at(kind, mark, tag);
  opened.collection.height = 1;
  opened.anchor = anchor;
  check_depth(open_.size() + 1, opened.collection.node.span);
  open_.push_back(std::move(opened));
}

void YamlBuilder::close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.collection.node.is_map()) merge_into(closed);
  add(std::move(closed.collection), closed.anchor);
}

void YamlBuilder::add(Finished finished, YAML::anchor_t anchor) {
  count(1, finished.node.span);
  if (anchor != YAML::NullAnchor) {
    count(finished.nodes, finished.node.span);
    anchored_[anchor] = finished;
  }
  if (open_.empty()) {
    root_ = std::move(finished.node);
    return;
  }
  Open& parent = open_.back();
  parent.collection.nodes += finished.nodes;
  parent.collection.height = std::max(parent.collection.height, finished.height + 1);
  if (parent.collection.node.is_sequence()) {
    parent.collection.node.items.push_back(std::move(finished.node));
  } else if (parent.key) {
    add_value(std::move(finished.node), parent);
  } else {
    add_key(finished.node, parent);
  }
}

void YamlBuilder::add_key(const YamlNode& node, Open& map) {
  Key key{.text = node.scalar, .span = node.span, .usable = node.is_scalar(), .merges = false};
  key.merges = key.usable && !node.quoted && node.scalar == "<<";
  if (!key.usable) {
    diagnostics_.error(fmt::format("a key must be a word, not {}", kind_name(node)), node.span);
  } else if (const auto [first, is_new] = map.places.try_emplace(key.text, map.collection.node.entries.size());
             !is_new) {
    const SourceSpan& first_span =
        key.merges ? map.merged.front().key_span : map.collection.node.entries[first->second].key_span;
    diagnostics_.error(fmt::format("duplicate key '{}'", key.text), key.span,
                       key.merges ? "merge several maps as in '<<: [*a, *b]'" : "remove one of the two",
                       {fmt::format("it was first given at {}", to_string(first_span))});
    key.usable = false;
  }
  map.key = std::move(key);
}

void YamlBuilder::add_value(YamlNode node, Open& map) {
  Key key = std::move(*map.key);
  map.key.reset();
  if (!key.usable) return;
  YamlEntry entry{.key = std::move(key.text), .key_span = std::move(key.span), .value = std::move(node)};
  (key.merges ? map.merged : map.collection.node.entries).push_back(std::move(entry));
}

/// The map's own keys win, then those of the earlier merged maps.
void YamlBuilder::merge_into(Open& map) {
  for (const YamlEntry& entry : map.merged) {
    if (entry.value.is_sequence()) {
      for (const YamlNode& item : entry.value.items) merge_map(item, map);
    } else {
      merge_map(entry.value, map);
    }
  }
}

void YamlBuilder::merge_map(const YamlNode& source, Open& map) {
  if (!source.is_map()) {
    diagnostics_.error(fmt::format("'<<' merges maps, not {}", kind_name(source)), source.span);
    return;
  }
  std::vector<YamlEntry>& entries = map.collection.node.entries;
  for (const YamlEntry& entry : source.entries) {
    if (map.places.try_emplace(entry.key, entries.size()).second) entries.push_back(entry);
  }
}

void YamlBuilder::count(std::size_t nodes, const SourceSpan& where) {
  nodes_ += nodes;
  if (nodes_ <= limits_.max_nodes) return;
  diagnostics_.error(fmt::format("the document has more than {} values", limits_.max_nodes), where,
                     "aliases count as often as they are used");
  throw YamlStopped{};
}

void YamlBuilder::check_depth(std::size_t depth, const SourceSpan& where) {
  if (depth <= limits_.max_depth) return;
  diagnostics_.error(fmt::format("the document is nested more than {} levels deep", limits_.max_depth), where);
  throw YamlStopped{};
}

}  // namespace ohmloop
