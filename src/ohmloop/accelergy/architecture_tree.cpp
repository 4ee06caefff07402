#include "ohmloop/accelergy/architecture_tree.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/accelergy/ranged_name.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// What surrounds a node.
struct Surroundings {
  std::string path;         ///< "eyeriss_like.PE[0..167]"
  std::int64_t copies = 1;  ///< of it on the chip
  AttributeMap attributes;
};

constexpr std::size_t most_attributes = 2'000'000;

struct TaggedKind {
  std::string_view tag;
  FieldNode::Kind kind;
};

constexpr std::array<TaggedKind, 6> tagged_kinds = {{
    {"!Component", FieldNode::Kind::component},
    {"!Container", FieldNode::Kind::container},
    {"!Hierarchical", FieldNode::Kind::hierarchical},
    {"!Parallel", FieldNode::Kind::parallel},
    {"!Pipelined", FieldNode::Kind::pipelined},
    {"!Nothing", FieldNode::Kind::nothing},
}};

std::optional<FieldNode::Kind> kind_of_tag(std::string_view tag) {
  for (const TaggedKind& known : tagged_kinds) {
    if (known.tag == tag) return known.kind;
  }
  return std::nullopt;
}

bool is_branch(FieldNode::Kind kind) {
  return kind == FieldNode::Kind::hierarchical || kind == FieldNode::Kind::parallel ||
         kind == FieldNode::Kind::pipelined;
}

std::string join_path(const std::string& around, const std::string& name) {
  if (name.empty()) return around;
  return around.empty() ? name : around + "." + name;
}

class TreeReader {
 public:
  TreeReader(FieldDialect dialect, Scope* variables, Diagnostics& diagnostics)
      : dialect_(dialect), variables_(variables), diagnostics_(diagnostics) {}

  /// The lists of a v0.3 container, or of the architecture itself.
  void read_lists(const YamlNode& map, const Surroundings& around, std::vector<FieldNode>& into) {
    if (const YamlNode* local = list(map, "local")) {
      for (const YamlNode& item : local->items) add(read_component(item, around), into);
    }
    if (const YamlNode* subtree = list(map, "subtree")) {
      for (const YamlNode& item : subtree->items) add(read_subtree(item, around), into);
    }
  }

  /// A v0.4 list of a hierarchy: what a container says holds for everything behind it.
  void read_hierarchy(const YamlNode& map, Surroundings& around, std::vector<FieldNode>& into) {
    const YamlNode* nodes = list(map, "nodes");
    if (nodes == nullptr) return;
    for (const YamlNode& item : nodes->items) {
      std::optional<FieldNode> node = read_tagged(item, around);
      if (!node) continue;
      if (node->kind == FieldNode::Kind::container && node->enabled) surround(*node, around);
      into.push_back(std::move(*node));
    }
  }

 private:
  static void add(std::optional<FieldNode> node, std::vector<FieldNode>& into) {
    if (node) into.push_back(std::move(*node));
  }

  static void surround(const FieldNode& container, Surroundings& around) {
    around = {.path = container.path, .copies = container.copies, .attributes = container.attributes};
  }

  const YamlNode* list(const YamlNode& map, std::string_view key) {
    const YamlNode* found = map.find(key);
    if (found == nullptr || found->is_null()) return nullptr;
    if (found->is_sequence()) return found;
    diagnostics_.error(fmt::format("expected a list for '{}', found {}", key, kind_name(*found)), found->span);
    return nullptr;
  }

  bool expect_map(const YamlNode& item, std::string_view what) {
    if (item.is_map()) return true;
    diagnostics_.error(fmt::format("expected a map for {}, found {}", what, kind_name(item)), item.span);
    return false;
  }

  /// Name, attributes and place: what all nodes have. Nothing after an error without which there is no node.
  std::optional<FieldNode> start(const YamlNode& item, FieldNode::Kind kind, const Surroundings& around) {
    FieldNode node;
    node.kind = kind;
    const YamlNode* name = item.find("name");
    std::optional<RangedName> ranged;
    if (name != nullptr) {
      ranged = read_ranged_name(*name, diagnostics_);
      if (!ranged) return std::nullopt;
      node.name = ranged->base;
      node.where = name->span;
    } else if (kind == FieldNode::Kind::component || kind == FieldNode::Kind::container) {
      diagnostics_.error("a node of the architecture needs the key 'name'", item.span);
      return std::nullopt;
    }
    if (node.where.empty()) node.where = item.span;
    read_attributes(item, around, node);
    read_class(item, node);
    if (!read_instances(item, ranged, around, node)) return std::nullopt;
    return node;
  }

  void read_attributes(const YamlNode& item, const Surroundings& around, FieldNode& node) {
    const YamlNode* own = item.find("attributes");
    if (own != nullptr && !own->is_map() && !own->is_null()) {
      diagnostics_.error(fmt::format("expected a map for the attributes of '{}', found {}", node.name, kind_name(*own)),
                         own->span);
      own = nullptr;
    }
    if (own != nullptr) node.raw_attributes = *own;
    FieldScope scope(own, around.attributes, variables_, dialect_);
    node.attributes = scope.evaluate_all(diagnostics_);
    bound_size(item, node);
    read_enabled(item, scope, node);
    if (const YamlNode* constraints = item.find("constraints")) node.constraints = *constraints;
  }

  /// Every node holds what it inherits, too: a small file could ask for a lot of memory.
  void bound_size(const YamlNode& item, FieldNode& node) {
    if (node.attributes.size() <= attributes_left_) {
      attributes_left_ -= node.attributes.size();
      return;
    }
    if (attributes_left_ > 0) {
      diagnostics_.error(fmt::format("the nodes of the architecture have more than {} attributes", most_attributes),
                         item.span);
    }
    attributes_left_ = 0;
    node.attributes.clear();
  }

  void read_enabled(const YamlNode& item, Scope& scope, FieldNode& node) {
    const YamlNode* enabled = item.find("enabled");
    if (enabled == nullptr) return;
    const std::optional<Value> value = evaluate_field(*enabled, dialect_, scope, diagnostics_);
    if (!value) return;
    if (const auto* truth = std::get_if<bool>(&*value)) {
      node.enabled = *truth;
    } else {
      diagnostics_.error(fmt::format("'enabled' of '{}' must be true or false", node.name), enabled->span);
    }
  }

  void read_class(const YamlNode& item, FieldNode& node) {
    if (node.kind != FieldNode::Kind::component) return;
    node.class_name = word(item, "class", node, node.class_where);
    node.subclass = word(item, "subclass", node, node.class_where);
    if (!node.class_name.empty() || !node.subclass.empty()) return;
    if (item.find("class") != nullptr || item.find("subclass") != nullptr) return;
    diagnostics_.error(fmt::format("component '{}' needs the key 'class'", node.name), node.where);
  }

  std::string word(const YamlNode& item, std::string_view key, const FieldNode& node, SourceSpan& where) {
    const YamlNode* found = item.find(key);
    if (found == nullptr) return {};
    if (!found->is_scalar() || found->scalar.empty()) {
      diagnostics_.error(fmt::format("expected a word for '{}' of '{}', found {}", key, node.name, kind_name(*found)),
                         found->span);
      return {};
    }
    where = found->span;
    return found->scalar;
  }

  /// The range in the name or `spatial`, the path and the number on the chip.
  bool read_instances(const YamlNode& item, const std::optional<RangedName>& name, const Surroundings& around,
                      FieldNode& node) {
    FieldScope scope(nullptr, node.attributes, variables_, dialect_);
    std::string written = node.name;
    if (name) {
      const std::optional<IndexRange> range = evaluate_range(*name, dialect_, scope, diagnostics_);
      if (!range) return false;
      node.first_instance = range->first;
      node.instances = range->size();
      if (name->first)
        written +=
            name->has_range() ? fmt::format("[{}..{}]", range->first, range->last) : fmt::format("[{}]", range->first);
    }
    if (const YamlNode* spatial = item.find("spatial")) {
      if (!read_spatial(*spatial, scope, node)) return false;
      if (node.instances > 1) written += fmt::format("[1..{}]", node.instances);
    }
    node.path = join_path(around.path, written);
    try {
      const std::int64_t inner_copies = copies_in_path(node.name, scope);
      node.copies = checked_multiply(checked_multiply(around.copies, inner_copies), node.instances);
    } catch (const OverflowError&) {
      diagnostics_.error(fmt::format("the chip has too many instances of '{}' to count", node.path), node.where);
      return false;
    }
    return true;
  }

  /// A flattened architecture has whole paths as names: "eyeriss_like.PE[0..167].mac" exists 168 times.
  std::int64_t copies_in_path(const std::string& path, Scope& scope) {
    std::int64_t copies = 1;
    std::size_t open = path.find('[');
    while (open != std::string::npos) {
      const std::size_t close = path.find(']', open);
      if (close == std::string::npos) break;
      YamlNode text;
      text.kind = YamlNode::Kind::scalar;
      text.scalar = path.substr(0, close + 1);
      if (const auto part = read_ranged_name(text, diagnostics_)) {
        const auto range = evaluate_range(*part, dialect_, scope, diagnostics_);
        if (range) copies = checked_multiply(copies, range->size());
      }
      open = path.find('[', close);
    }
    return copies;
  }

  bool read_spatial(const YamlNode& spatial, Scope& scope, FieldNode& node) {
    if (!expect_map(spatial, fmt::format("'spatial' of '{}'", node.name))) return false;
    report_unknown_keys(spatial, {"meshX", "meshY"}, fmt::format("'spatial' of '{}'", node.name), diagnostics_);
    bool good = true;
    const auto mesh = [&](std::string_view key) -> std::int64_t {
      const YamlNode* size = spatial.find(key);
      if (size == nullptr) return 1;
      const std::string what = fmt::format("'{}' of '{}'", key, node.name);
      const auto number = whole_field_number(*size, dialect_, scope, what, 1, std::int64_t{1} << 20, diagnostics_);
      good = good && number;
      return number.value_or(1);
    };
    node.mesh_x = mesh("meshX");
    node.mesh_y = mesh("meshY");
    node.instances = checked_multiply(node.mesh_x, node.mesh_y);
    return good;
  }

  std::optional<FieldNode> read_component(const YamlNode& item, const Surroundings& around) {
    if (!expect_map(item, "a component")) return std::nullopt;
    std::optional<FieldNode> node = start(item, FieldNode::Kind::component, around);
    report_unknown_keys(item, {"name", "class", "subclass", "attributes", "enabled", "required_actions"},
                        node ? fmt::format("component '{}'", node->name) : "a component", diagnostics_);
    return node;
  }

  std::optional<FieldNode> read_subtree(const YamlNode& item, const Surroundings& around) {
    if (!expect_map(item, "a part of a 'subtree'")) return std::nullopt;
    std::optional<FieldNode> node = start(item, FieldNode::Kind::container, around);
    report_unknown_keys(item, {"name", "attributes", "local", "subtree", "enabled"},
                        node ? fmt::format("'{}'", node->name) : "a part of a 'subtree'", diagnostics_);
    if (!node) return node;
    Surroundings inside;
    surround(*node, inside);
    read_lists(item, inside, node->children);
    return node;
  }

  std::optional<FieldNode> read_tagged(const YamlNode& item, const Surroundings& around) {
    const std::optional<FieldNode::Kind> kind = kind_of_tag(item.tag);
    if (!kind) {
      std::vector<std::string> known;
      known.reserve(tagged_kinds.size());
      for (const TaggedKind& tagged : tagged_kinds) known.emplace_back(tagged.tag);
      const bool tagless = item.tag.empty();
      diagnostics_.error(tagless ? "a node needs a tag" : fmt::format("unknown tag '{}'", item.tag),
                         tagless ? item.span : item.tag_span, tagless ? "" : did_you_mean(item.tag, known),
                         {"known tags: " + list_names(known)});
      return std::nullopt;
    }
    // `!Nothing` may stand alone; the start of a node only looks keys up.
    const bool stands_alone = *kind == FieldNode::Kind::nothing && item.is_null();
    if (!stands_alone && !expect_map(item, fmt::format("a {}", item.tag))) return std::nullopt;
    std::optional<FieldNode> node = start(item, *kind, around);
    report_unknown_keys(item, keys_of(*kind),
                        node && !node->name.empty() ? fmt::format("'{}'", node->name) : "a " + item.tag, diagnostics_);
    if (!node || !is_branch(*kind)) return node;
    read_branch(item, around, *node);
    return node;
  }

  static std::vector<std::string> keys_of(FieldNode::Kind kind) {
    if (is_branch(kind)) return {"name", "attributes", "nodes", "enabled"};
    std::vector<std::string> keys = {"name", "attributes", "spatial", "constraints", "enabled"};
    if (kind == FieldNode::Kind::component) {
      for (const char* key : {"class", "subclass", "required_actions"}) keys.emplace_back(key);
    }
    return keys;
  }

  void read_branch(const YamlNode& item, const Surroundings& around, FieldNode& node) {
    Surroundings inside = around;
    inside.attributes = node.attributes;
    if (node.kind == FieldNode::Kind::hierarchical) {
      read_hierarchy(item, inside, node.children);
      return;
    }
    const YamlNode* nodes = list(item, "nodes");
    if (nodes == nullptr) return;
    for (const YamlNode& child : nodes->items) add(read_tagged(child, inside), node.children);
  }

  FieldDialect dialect_;
  Scope* variables_;
  Diagnostics& diagnostics_;
  std::size_t attributes_left_ = most_attributes;
};

}  // namespace

FieldArchitecture read_field_architecture(const YamlNode& architecture, Scope* variables, Diagnostics& diagnostics) {
  FieldArchitecture result;
  if (!architecture.is_map()) {
    diagnostics.error(fmt::format("expected a map for 'architecture', found {}", kind_name(architecture)),
                      architecture.span);
    return result;
  }
  const std::optional<FieldVersion> version = read_field_version(architecture, "'architecture'", diagnostics);
  if (!version) return result;
  result.version = version->text;
  result.root.where = architecture.span;
  report_unknown_keys(architecture, {"version", "name", "nodes", "subtree", "local"}, "'architecture'", diagnostics);
  TreeReader reader(version->dialect, variables, diagnostics);
  Surroundings around;
  reader.read_hierarchy(architecture, around, result.root.children);
  reader.read_lists(architecture, {}, result.root.children);
  if (result.root.children.empty() && !diagnostics.has_errors()) {
    diagnostics.error("the architecture has no components", architecture.span, {},
                      {"components stand under 'local' and 'subtree' (v0.3) or 'nodes' (v0.4)"});
  }
  return result;
}

}  // namespace ohmloop
