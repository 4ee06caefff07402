#include "ohmloop/accelergy/compound_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/accelergy/primitive_classes.hpp"
#include "ohmloop/accelergy/ranged_name.hpp"

namespace ohmloop {
namespace {

/// How long an action takes is an attribute of the chip here, and changes no energy but that of `leak`.
bool is_duration(std::string_view argument) {
  return argument == "global_cycle_seconds" || argument == "action_latency_cycles";
}

bool must_be_given(const YamlNode& value) {
  // The library itself writes it either way.
  return value.is_scalar() && (value.scalar == "must_specify" || value.scalar == "must_specity");
}

YamlNode scalar_of(std::string text, const SourceSpan& where) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.scalar = std::move(text);
  node.span = where;
  return node;
}

/// a * b, where nothing is 1.
std::optional<YamlNode> product(const std::optional<YamlNode>& a, const std::optional<YamlNode>& b) {
  if (!a) return b;
  if (!b) return a;
  return scalar_of(fmt::format("({}) * ({})", a->scalar, b->scalar), a->span);
}

class CompoundReader {
 public:
  CompoundReader(FieldDialect dialect, Diagnostics& diagnostics) : dialect_(dialect), diagnostics_(diagnostics) {}

  std::optional<CompoundClass> read(const YamlNode& item) {
    if (!expect(item, YamlNode::Kind::map, "a map", "a compound component")) return std::nullopt;
    const YamlNode* name = item.find("name");
    if (name == nullptr || !name->is_scalar() || name->scalar.empty()) {
      diagnostics_.error("a compound component needs a 'name'", name == nullptr ? item.span : name->span);
      return std::nullopt;
    }
    what_ = fmt::format("compound component '{}'", name->scalar);
    report_unknown_keys(item, {"name", "attributes", "subcomponents", "actions"}, what_, diagnostics_);
    CompoundClass compound;
    compound.name = class_name_here(name->scalar);
    compound.where = name->span;
    compound.open = true;
    read_attributes(item, compound);
    for (const YamlNode& part : items(item, "subcomponents")) read_subcomponent(part, compound);
    for (const YamlNode& action : items(item, "actions")) read_action(action, compound);
    return compound;
  }

 private:
  bool expect(const YamlNode& node, YamlNode::Kind kind, std::string_view wanted, std::string_view what) {
    if (node.kind == kind) return true;
    diagnostics_.error(fmt::format("expected {} for {}, found {}", wanted, what, kind_name(node)), node.span);
    return false;
  }

  /// The items of a list under a key; nothing where it is missing or null.
  const std::vector<YamlNode>& items(const YamlNode& map, std::string_view key) {
    static const std::vector<YamlNode> none;
    const YamlNode* list = map.find(key);
    if (list == nullptr || list->is_null()) return none;
    if (!expect(*list, YamlNode::Kind::sequence, "a list", fmt::format("'{}' of {}", key, what_))) return none;
    return list->items;
  }

  /// The entries of a map under a key; nothing where it is missing or null.
  const std::vector<YamlEntry>& entries(const YamlNode& map, std::string_view key) {
    static const std::vector<YamlEntry> none;
    const YamlNode* inner = map.find(key);
    if (inner == nullptr || inner->is_null()) return none;
    if (!expect(*inner, YamlNode::Kind::map, "a map", fmt::format("'{}' of {}", key, what_))) return none;
    return inner->entries;
  }

  std::optional<RangedName> name_of(const YamlNode& map, std::string_view what) {
    if (!expect(map, YamlNode::Kind::map, "a map", fmt::format("{} of {}", what, what_))) return std::nullopt;
    const YamlNode* name = map.find("name");
    if (name != nullptr) return read_ranged_name(*name, diagnostics_);
    diagnostics_.error(fmt::format("{} of {} needs a 'name'", what, what_), map.span);
    return std::nullopt;
  }

  std::optional<YamlNode> expression(const YamlNode& map, std::string_view key) {
    const YamlNode* found = map.find(key);
    if (found == nullptr || found->is_null()) return std::nullopt;
    if (!expect(*found, YamlNode::Kind::scalar, "a value", fmt::format("'{}' of {}", key, what_))) return std::nullopt;
    return translate_expression(*found, dialect_);
  }

  void read_attributes(const YamlNode& item, CompoundClass& compound) {
    for (const YamlEntry& entry : entries(item, "attributes")) {
      YamlEntry attribute = entry;
      if (must_be_given(entry.value)) {
        attribute.value = YamlNode{};
        attribute.value.span = entry.value.span;
      } else if (entry.value.is_scalar()) {
        attribute.value = translate_expression(entry.value, dialect_);
      } else if (!entry.value.is_null()) {
        diagnostics_.error(
            fmt::format("attribute '{}' of {} must be a value, not {}", entry.key, what_, kind_name(entry.value)),
            entry.value.span);
        continue;
      }
      // In v0.4 the number of seconds of a cycle reaches every component of the chip by itself.
      if (attribute.value.is_null() && is_duration(entry.key)) continue;
      compound.attributes.push_back(std::move(attribute));
    }
  }

  /// last - first + 1; nothing for one.
  std::optional<YamlNode> size_of(const RangedName& name) {
    if (!name.last) return std::nullopt;
    const std::string first = translate_expression(*name.first, dialect_).scalar;
    const std::string last = translate_expression(*name.last, dialect_).scalar;
    if (first == "1") return scalar_of(last, name.last->span);
    return scalar_of(fmt::format("({}) - ({}) + 1", last, first), name.last->span);
  }

  void read_subcomponent(const YamlNode& item, CompoundClass& compound) {
    const std::optional<RangedName> name = name_of(item, "a subcomponent");
    if (!name) return;
    report_unknown_keys(item, {"name", "class", "attributes", "area_scale", "area_share"},
                        fmt::format("subcomponent '{}' of {}", name->base, what_), diagnostics_);
    Subcomponent part;
    part.name = name->base;
    part.where = name->where;
    part.count = product(size_of(*name), product(expression(item, "area_scale"), expression(item, "area_share")));
    const YamlNode* class_name = item.find("class");
    if (class_name == nullptr || !class_name->is_scalar() || class_name->scalar.empty()) {
      diagnostics_.error(fmt::format("subcomponent '{}' of {} needs a 'class'", name->base, what_), name->where);
      return;
    }
    part.class_name = class_name_here(class_name->scalar);
    for (const YamlEntry& entry : entries(item, "attributes")) {
      if (entry.value.is_null()) continue;
      part.attributes.push_back(entry);
      part.attributes.back().value = translate_expression(entry.value, dialect_);
    }
    hand_cycle_on(part);
    compound.subcomponents.push_back(std::move(part));
  }

  void hand_cycle_on(Subcomponent& part) const {
    constexpr const char* cycle = "global_cycle_seconds";
    const bool stated = std::any_of(part.attributes.begin(), part.attributes.end(),
                                    [](const YamlEntry& entry) { return entry.key == cycle; });
    if (dialect_ == FieldDialect::v03 || stated) return;
    part.attributes.push_back({cycle, part.where, scalar_of(cycle, part.where)});
  }

  void read_action(const YamlNode& item, CompoundClass& compound) {
    const std::optional<RangedName> name = name_of(item, "an action");
    if (!name) return;
    report_unknown_keys(item, {"name", "arguments", "subcomponents"},
                        fmt::format("action '{}' of {}", name->base, what_), diagnostics_);
    CompoundAction action;
    action.name = name->base;
    action.where = name->where;
    for (const YamlEntry& entry : entries(item, "arguments")) read_argument(entry, action);
    std::sort(action.arguments.begin(), action.arguments.end(),
              [](const CompoundArgument& a, const CompoundArgument& b) { return a.name < b.name; });
    for (const YamlNode& part : items(item, "subcomponents")) read_steps(part, action);
    compound.actions.push_back(std::move(action));
  }

  void read_argument(const YamlEntry& entry, CompoundAction& action) {
    if (is_duration(entry.key)) return;
    const std::size_t dots = entry.value.is_scalar() ? entry.value.scalar.find("..") : std::string::npos;
    if (dots == std::string::npos) {
      diagnostics_.error(fmt::format("argument '{}' of action '{}' needs a range", entry.key, action.name),
                         entry.value.span.empty() ? entry.key_span : entry.value.span, "as in 0..1");
      return;
    }
    const YamlNode low = part_of_scalar(entry.value, 0, dots);
    const YamlNode high = part_of_scalar(entry.value, dots + 2, entry.value.scalar.size() - dots - 2);
    if (low.scalar.empty() || high.scalar.empty()) {
      diagnostics_.error(fmt::format("the range of argument '{}' lacks an end", entry.key), entry.value.span,
                         "as in 0..1");
      return;
    }
    action.arguments.push_back(
        {entry.key, translate_expression(low, dialect_), translate_expression(high, dialect_), entry.key_span});
  }

  void read_steps(const YamlNode& item, CompoundAction& action) {
    const std::optional<RangedName> name = name_of(item, fmt::format("a part of action '{}'", action.name));
    if (!name) return;
    report_unknown_keys(item, {"name", "actions"}, fmt::format("a part of action '{}' of {}", action.name, what_),
                        diagnostics_);
    for (const YamlNode& step : items(item, "actions")) read_step(step, *name, action);
  }

  void read_step(const YamlNode& item, const RangedName& part, CompoundAction& action) {
    const std::optional<RangedName> name = name_of(item, fmt::format("a step of action '{}'", action.name));
    if (!name) return;
    report_unknown_keys(item, {"name", "arguments", "repeat", "action_share", "energy_scale"},
                        fmt::format("a step of action '{}' of {}", action.name, what_), diagnostics_);
    CompoundStep step;
    step.component = part.base;
    step.action = name->base;
    step.where = name->where;
    step.instances = size_of(part);
    step.repeat = product(expression(item, "repeat"),
                          product(expression(item, "action_share"), expression(item, "energy_scale")));
    for (const YamlEntry& entry : entries(item, "arguments")) {
      if (is_duration(entry.key)) continue;
      step.arguments.push_back(entry);
      step.arguments.back().value = translate_expression(entry.value, dialect_);
    }
    action.steps.push_back(std::move(step));
  }

  FieldDialect dialect_;
  Diagnostics& diagnostics_;
  std::string what_;
};

void add_names(const YamlNode& expression, std::set<std::string>& names) {
  if (expression.quoted) return;
  std::string word;
  for (const char c : expression.scalar + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      names.insert(std::exchange(word, {}));
    }
  }
}

void add_names(const std::optional<YamlNode>& expression, std::set<std::string>& names) {
  if (expression) add_names(*expression, names);
}

}  // namespace

std::vector<CompoundClass> read_field_compounds(const YamlNode& compound_components, Diagnostics& diagnostics) {
  std::vector<CompoundClass> result;
  const char* const what = "'compound_components'";
  if (!compound_components.is_map()) {
    diagnostics.error(fmt::format("expected a map for {}, found {}", what, kind_name(compound_components)),
                      compound_components.span);
    return result;
  }
  const std::optional<FieldVersion> version = read_field_version(compound_components, what, diagnostics);
  if (!version) return result;
  report_unknown_keys(compound_components, {"version", "classes"}, what, diagnostics);
  const YamlNode* classes = compound_components.find("classes");
  if (classes == nullptr || classes->is_null()) return result;
  if (!classes->is_sequence()) {
    diagnostics.error(fmt::format("expected a list for 'classes', found {}", kind_name(*classes)), classes->span);
    return result;
  }
  CompoundReader reader(version->dialect, diagnostics);
  for (const YamlNode& item : classes->items) {
    if (std::optional<CompoundClass> compound = reader.read(item)) result.push_back(std::move(*compound));
  }
  return result;
}

std::set<std::string> names_in_expression(const YamlNode& expression) {
  std::set<std::string> names;
  add_names(expression, names);
  return names;
}

std::set<std::string> names_in_expressions(const CompoundClass& compound) {
  std::set<std::string> names;
  for (const YamlEntry& entry : compound.attributes) add_names(entry.value, names);
  for (const Subcomponent& part : compound.subcomponents) {
    add_names(part.count, names);
    for (const YamlEntry& entry : part.attributes) add_names(entry.value, names);
  }
  for (const CompoundAction& action : compound.actions) {
    for (const CompoundArgument& argument : action.arguments) {
      add_names(argument.low, names);
      add_names(argument.high, names);
    }
    for (const CompoundStep& step : action.steps) {
      add_names(step.instances, names);
      add_names(step.repeat, names);
      for (const YamlEntry& entry : step.arguments) add_names(entry.value, names);
    }
  }
  return names;
}

}  // namespace ohmloop
