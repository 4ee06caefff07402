#pragma once

#include <stdexcept>
#include <string>

#include "ohmloop/energy/registry.hpp"

/// For the tests of models: one number of one component, through the whole choice among estimators.
namespace ohmloop::model_test {

inline ComponentAttribute quantity(double value, Dimension of) { return {Quantity{value, of}, {}}; }
inline ComponentAttribute bits(double value) { return quantity(value, dimension::bits); }
inline ComponentAttribute plain(double value) { return quantity(value, dimension::none); }
inline ComponentAttribute nanometres(double value) { return quantity(value * 1e-9, dimension::length); }
inline ComponentAttribute name(std::string word) { return {Value{std::move(word)}, {}}; }

inline const Registry& builtin_registry() {
  static const Registry registry = [] {
    Registry made;
    register_builtin_estimators(made);
    return made;
  }();
  return registry;
}

/// `subject` is an action, "area" or "leakage".
inline Choice choose(const std::string& class_name, AttributeMap attributes, const std::string& subject) {
  const ComponentClass* component_class = find_component_class(class_name);
  if (component_class == nullptr) throw std::invalid_argument("no class " + class_name);
  Diagnostics diagnostics;
  ComponentInstance instance{class_name, std::move(attributes), class_name, {}};
  if (!complete_attributes(*component_class, instance, diagnostics)) {
    throw std::invalid_argument(render(diagnostics.all()));
  }
  const ActionSpec* action = component_class->action(subject);
  Query::Subject of = Query::Subject::energy;
  if (subject == "area") of = Query::Subject::area;
  if (subject == "leakage") of = Query::Subject::leakage;
  return choose_estimate(builtin_registry(), *component_class, instance.attributes, of, action);
}

/// The number; throws with all rejections where nobody knows it.
inline double value_of(const std::string& class_name, AttributeMap attributes, const std::string& subject) {
  const Choice choice = choose(class_name, std::move(attributes), subject);
  if (choice.estimate) return choice.estimate->value;
  std::string reasons;
  for (const std::string& rejection : choice.rejections) reasons += rejection + "; ";
  throw std::invalid_argument("nobody knows '" + subject + "' of " + class_name + ": " + reasons);
}

}  // namespace ohmloop::model_test
