#include "ohmloop/energy/component_classes.hpp"

#include <algorithm>

#include "ohmloop/energy/class_table.hpp"

namespace ohmloop {
namespace {

template <class T>
const T* find_named(const std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

template <class T>
std::vector<std::string> names_of(const std::vector<T>& list) {
  std::vector<std::string> names;
  names.reserve(list.size());
  for (const T& item : list) names.push_back(item.name);
  return names;
}

}  // namespace

const AttributeSpec* ComponentClass::attribute(std::string_view attribute_name) const {
  return find_named(attributes, attribute_name);
}

const ActionSpec* ComponentClass::action(std::string_view action_name) const {
  return find_named(actions, action_name);
}

std::vector<std::string> ComponentClass::attribute_names() const { return names_of(attributes); }
std::vector<std::string> ComponentClass::action_names() const { return names_of(actions); }

const std::vector<ComponentClass>& component_classes() {
  static const std::vector<ComponentClass> classes = make_component_classes();
  return classes;
}

const ComponentClass* find_component_class(std::string_view name) { return find_named(component_classes(), name); }

std::vector<std::string> component_class_names() { return names_of(component_classes()); }

std::string_view to_string(ActionUnit unit) {
  switch (unit) {
    case ActionUnit::access:
      return "access";
    case ActionUnit::value:
      return "value";
    case ActionUnit::bit:
      return "bit";
  }
  return "";
}

}  // namespace ohmloop
