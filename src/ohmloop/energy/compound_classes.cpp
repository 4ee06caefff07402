#include "ohmloop/energy/compound_classes.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/energy/compound_checks.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

template <class T>
const T* find_named(const std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

std::optional<YamlNode> copy_of(const YamlNode* node) {
  return node == nullptr ? std::nullopt : std::optional<YamlNode>(*node);
}

class CompoundReader {
 public:
  explicit CompoundReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  CompoundClass read(const YamlNode& yaml) {
    MapReader reader(yaml, title("compound component", yaml), scope_, diagnostics_);
    CompoundClass compound;
    compound.where = reader.key_span("name");
    compound.name = reader.required_text("name").value_or("");
    if (const YamlNode* attributes = map_of(reader, "attributes")) compound.attributes = attributes->entries;
    read_own_numbers(reader, compound);
    for (const YamlNode& each : list_of(reader, "subcomponents", false)) {
      if (each.is_map()) compound.subcomponents.push_back(read_subcomponent(each, compound.name));
    }
    for (const YamlNode& each : list_of(reader, "actions", !compound.area && !compound.leakage)) {
      if (each.is_map()) compound.actions.push_back(read_action(each, compound.name));
    }
    compound.passing_action = reader.text("passes_with").value_or("");
    if (compound.passing_action.empty() && compound.actions.size() == 1) {
      compound.passing_action = compound.actions.front().name;
    }
    reader.finish();
    return compound;
  }

 private:
  static std::string title(const char* noun, const YamlNode& yaml) {
    const YamlNode* name = yaml.find("name");
    return name != nullptr && name->is_scalar() ? fmt::format("{} '{}'", noun, name->scalar) : noun;
  }

  void read_own_numbers(MapReader& reader, CompoundClass& compound) {
    compound.area = copy_of(reader.node("area"));
    compound.leakage = copy_of(reader.node("leakage"));
    compound.source = reader.text("source").value_or("");
    compound.accuracy_percent = reader.number("accuracy", dimension::none);
    if (compound.accuracy_percent && (*compound.accuracy_percent < 0 || *compound.accuracy_percent > 100)) {
      diagnostics_.error(fmt::format("bad accuracy of '{}'", compound.name), reader.node("accuracy")->span,
                         "expected a number from 0 to 100");
    }
  }

  const YamlNode* map_of(MapReader& reader, std::string_view key) {
    const YamlNode* node = reader.node(key);
    if (node == nullptr || node->is_map() || node->is_null()) return node;
    diagnostics_.error(fmt::format("'{}' of {} must be a map", key, reader.what()), node->span,
                       "this is " + kind_name(*node));
    return nullptr;
  }

  std::vector<YamlNode> list_of(MapReader& reader, std::string_view key, bool required) {
    const YamlNode* node = required ? reader.required_node(key) : reader.node(key);
    if (node == nullptr) return {};
    if (!node->is_sequence()) {
      diagnostics_.error(fmt::format("'{}' of {} must be a list", key, reader.what()), node->span,
                         "this is " + kind_name(*node));
      return {};
    }
    for (const YamlNode& item : node->items) {
      if (!item.is_map()) {
        diagnostics_.error(fmt::format("an entry of '{}' of {} must be a map", key, reader.what()), item.span,
                           "this is " + kind_name(item));
      }
    }
    return node->items;
  }

  Subcomponent read_subcomponent(const YamlNode& yaml, const std::string& owner) {
    MapReader reader(yaml, title("subcomponent", yaml) + " of '" + owner + "'", scope_, diagnostics_);
    Subcomponent part;
    part.name = reader.required_text("name").value_or("");
    part.class_name = reader.required_text("class").value_or("");
    part.count = copy_of(reader.node("count"));
    part.where = reader.key_span("class");
    for (const YamlEntry* entry : reader.remaining()) part.attributes.push_back(*entry);
    return part;
  }

  CompoundAction read_action(const YamlNode& yaml, const std::string& owner) {
    static const std::vector<std::string> unit_names = {"access", "value", "bit"};
    constexpr std::array units = {ActionUnit::access, ActionUnit::value, ActionUnit::bit};
    MapReader reader(yaml, title("action", yaml) + " of '" + owner + "'", scope_, diagnostics_);
    CompoundAction action;
    action.name = reader.required_text("name").value_or("");
    action.where = reader.key_span("name");
    if (const std::optional<std::string> unit = reader.choice("unit", unit_names)) {
      const auto at = std::find(unit_names.begin(), unit_names.end(), *unit) - unit_names.begin();
      action.unit = units[static_cast<std::size_t>(at)];
    }
    if (const YamlNode* arguments = map_of(reader, "arguments")) {
      for (const YamlEntry& entry : arguments->entries) read_argument(entry, action);
    }
    action.energy = copy_of(reader.node("energy"));
    for (const YamlNode& step : list_of(reader, "steps", !action.energy)) {
      if (step.is_map()) action.steps.push_back(read_step(step, action.name));
    }
    reader.finish();
    return action;
  }

  /// "0..1", "0..banks - 1": both ends are expressions.
  void read_argument(const YamlEntry& entry, CompoundAction& action) {
    const std::string& text = entry.value.scalar;
    const std::size_t dots = text.find("..");
    if (!entry.value.is_scalar() || dots == std::string::npos || dots == 0 || dots + 2 == text.size()) {
      diagnostics_.error(fmt::format("argument '{}' of action '{}' needs a range", entry.key, action.name),
                         entry.value.span.empty() ? entry.key_span : entry.value.span, "as in 0..1 or 0..banks");
      return;
    }
    CompoundArgument argument{entry.key, entry.value, entry.value, entry.key_span};
    argument.low.scalar = text.substr(0, dots);
    argument.high.scalar = text.substr(dots + 2);
    argument.high.span.column += dots + 2;
    argument.low.span.length = dots;
    argument.high.span.length = argument.high.scalar.size();
    action.arguments.push_back(std::move(argument));
  }

  CompoundStep read_step(const YamlNode& yaml, const std::string& owner) {
    MapReader reader(yaml, "step of action '" + owner + "'", scope_, diagnostics_);
    CompoundStep step;
    step.component = reader.required_text("component").value_or("");
    step.action = reader.required_text("action").value_or("");
    step.instances = copy_of(reader.node("instances"));
    step.repeat = copy_of(reader.node("repeat"));
    if (const YamlNode* arguments = map_of(reader, "arguments")) step.arguments = arguments->entries;
    step.where = reader.key_span("component");
    reader.finish();
    return step;
  }

  Diagnostics& diagnostics_;
  EmptyScope scope_;
};

}  // namespace

const CompoundAction* CompoundClass::action(std::string_view action_name) const {
  return find_named(actions, action_name);
}

const Subcomponent* CompoundClass::subcomponent(std::string_view subcomponent_name) const {
  return find_named(subcomponents, subcomponent_name);
}

const YamlEntry* CompoundClass::attribute(std::string_view attribute_name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const YamlEntry& entry) { return entry.key == attribute_name; });
  return found == attributes.end() ? nullptr : &*found;
}

const CompoundClass* CompoundLibrary::find(std::string_view name) const { return find_named(classes_, name); }

std::vector<std::string> CompoundLibrary::known_classes(const ClassLibrary& classes) const {
  std::vector<std::string> names;
  for (const CompoundClass& compound : classes_) names.push_back(compound.name);
  for (std::string& name : classes.names()) names.push_back(std::move(name));
  return names;
}

CompoundLibrary read_compound_classes(const YamlNode& list, const ClassLibrary& classes, Diagnostics& diagnostics) {
  if (list.is_null()) return {};
  if (!list.is_sequence()) {
    diagnostics.error("'components' must be a list", list.span, "this is " + kind_name(list));
    return {};
  }
  std::vector<CompoundClass> compounds;
  CompoundReader reader(diagnostics);
  for (const YamlNode& item : list.items) {
    if (item.is_map()) {
      compounds.push_back(reader.read(item));
    } else {
      diagnostics.error("a compound component must be a map", item.span, "this is " + kind_name(item));
    }
  }
  CompoundLibrary library(std::move(compounds));
  check_compound_classes(library, classes, diagnostics);
  return library;
}

}  // namespace ohmloop
