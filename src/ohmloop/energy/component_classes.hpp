#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/text/quantity.hpp"

namespace ohmloop {

enum class AttributeKind { number, integer, word, any };

/// One attribute of a component class. Numbers are given by users with any unit of the dimension; estimators, tables
/// and documentation speak of them in `unit`. Of kind `any`: whatever is given, as it stands, numbers in base units.
struct AttributeSpec {
  std::string name = {};
  AttributeKind kind = AttributeKind::number;
  Dimension dimension = {};
  std::string unit = {};  ///< "bit", "nm", "Hz", "mm", "V" or nothing
  double in_base = 1;     ///< one `unit` in base units
  double low = 0;         ///< in `unit`, inclusive
  double high = 1e300;    ///< in `unit`, inclusive
  bool required = false;
  std::string standard = {};            ///< value where none is given, as a user would write it; empty: none
  std::vector<std::string> words = {};  ///< what a word may be; empty: any
  std::string meaning = {};
};

/// A number that an action's energy depends on: whole values from `low` to `high`, or to an attribute's value.
struct ActionArgumentSpec {
  std::string name = {};
  double low = 0;
  double high = 1;
  std::string high_attribute = {};  ///< "banks": where the component gives it, its value is the highest
  std::string meaning = {};
};

struct ActionSpec {
  std::string name = {};
  ActionUnit unit = ActionUnit::value;
  std::string meaning = {};
  std::vector<ActionArgumentSpec> arguments = {};
};

/// A class of components that estimators know. This table is the truth for validation, error messages and
/// docs/components.md.
struct ComponentClass {
  std::string name = {};
  std::string description = {};
  std::vector<AttributeSpec> attributes = {};  ///< the common ones (technology, units, from) included
  std::vector<ActionSpec> actions = {};
  std::string passing_action = {};  ///< charged on every value that passes a converter; empty: can't be a converter
  std::string compute_action = {};  ///< charged on every point that a compute node computes; empty: can't compute
  bool scales = true;               ///< energy and area depend on the technology and are scaled between nodes
  /// Converters: one unit handles one value at a time, so that a node holds as many units as values pass in a step,
  /// divided by `shared_by`. Otherwise a node is one unit.
  bool unit_per_value = false;
  bool no_area = false;  ///< takes no area on the chip by definition
  /// Any attribute is accepted as it is given, beside those of the table; numbers of unlisted ones come in base units.
  bool open = false;

  [[nodiscard]] const AttributeSpec* attribute(std::string_view attribute_name) const;
  [[nodiscard]] const ActionSpec* action(std::string_view action_name) const;
  [[nodiscard]] std::vector<std::string> attribute_names() const;
  [[nodiscard]] std::vector<std::string> action_names() const;
  [[nodiscard]] bool is_memory() const { return action("read") != nullptr && action("write") != nullptr; }
};

/// The built-in classes, in the order of the documentation. What a description may use beside them is in its registry's
/// ClassLibrary (class_library.hpp).
const std::vector<ComponentClass>& component_classes();
/// Null if there is no such built-in class.
const ComponentClass* find_component_class(std::string_view name);
std::vector<std::string> component_class_names();

/// "access", "value", "bit".
std::string_view to_string(ActionUnit unit);

}  // namespace ohmloop
