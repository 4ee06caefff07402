#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/class_library.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A part of a compound component. Attribute values and the count are expressions over the compound's attributes.
struct Subcomponent {
  std::string name;
  std::string class_name;
  std::optional<YamlNode> count;  ///< 1 if there is none
  std::vector<YamlEntry> attributes;
  SourceSpan where;
};

/// "`instances` of the storages do read, `repeat` times each". Expressions see the compound's attributes and the
/// action's arguments.
struct CompoundStep {
  std::string component;
  std::string action;
  std::optional<YamlNode> instances = {};  ///< 1 if there is none
  std::optional<YamlNode> repeat;          ///< 1 if there is none
  std::vector<YamlEntry> arguments = {};   ///< of the part's action
  SourceSpan where;
};

/// An argument of an action: whole values from `low` to `high`, expressions over the compound's attributes.
struct CompoundArgument {
  std::string name;
  YamlNode low;
  YamlNode high;
  SourceSpan where;
};

struct CompoundAction {
  std::string name;
  std::optional<ActionUnit> unit;  ///< access for read and write, value for others if there is none
  std::vector<CompoundArgument> arguments = {};
  std::vector<CompoundStep> steps;
  SourceSpan where;
  std::optional<YamlNode> energy = {};  ///< of its own, beside the steps
};

/// A component made of components, or of numbers that the description gives itself, or of both: an entry of a
/// description's `components:`.
struct CompoundClass {
  std::string name;
  std::vector<YamlEntry> attributes;  ///< with their standard expressions; an empty one must be given
  std::vector<Subcomponent> subcomponents;
  std::vector<CompoundAction> actions;
  std::string passing_action;  ///< `passes_with`, or the only action
  SourceSpan where;
  /// Any attribute may be given and is seen by the expressions; one that has no influence is nobody's mistake.
  bool open = false;
  std::optional<YamlNode> area = {};     ///< of its own, beside its parts
  std::optional<YamlNode> leakage = {};  ///< likewise
  std::string source = {};               ///< of its own numbers
  std::optional<double> accuracy_percent = {};

  [[nodiscard]] const CompoundAction* action(std::string_view action_name) const;
  [[nodiscard]] const Subcomponent* subcomponent(std::string_view subcomponent_name) const;
  [[nodiscard]] const YamlEntry* attribute(std::string_view attribute_name) const;
};

class CompoundLibrary {
 public:
  CompoundLibrary() = default;
  explicit CompoundLibrary(std::vector<CompoundClass> classes) : classes_(std::move(classes)) {}

  [[nodiscard]] const CompoundClass* find(std::string_view name) const;
  [[nodiscard]] const std::vector<CompoundClass>& classes() const { return classes_; }
  /// Names of compound classes and of those of the library.
  [[nodiscard]] std::vector<std::string> known_classes(const ClassLibrary& classes) const;

 private:
  std::vector<CompoundClass> classes_;
};

/// Reads `components:` (docs/components.md, "Compound components"). Errors: unknown keys and classes, a step whose
/// component or action does not exist, arguments that the action does not have, names that stand twice or are those of
/// classes of the library, and a compound that contains itself, with the path.
CompoundLibrary read_compound_classes(const YamlNode& list, const ClassLibrary& classes, Diagnostics& diagnostics);

}  // namespace ohmloop
