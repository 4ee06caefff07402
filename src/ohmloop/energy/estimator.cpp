#include "ohmloop/energy/estimator.hpp"

#include <algorithm>

namespace ohmloop {

std::optional<double> Query::argument(std::string_view name) const {
  if (arguments_ == nullptr) return std::nullopt;
  const auto found = arguments_->find(name);
  return found == arguments_->end() ? std::nullopt : std::optional<double>(found->second);
}

const ActionArguments& Query::arguments() const {
  static const ActionArguments none;
  return arguments_ == nullptr ? none : *arguments_;
}

std::string Query::subject_name() const {
  switch (subject_) {
    case Subject::energy:
      return action_->name;
    case Subject::area:
      return "area";
    case Subject::leakage:
      return "leakage";
  }
  return {};
}

std::optional<double> Query::number(std::string_view name) {
  const std::optional<double> value = number_in_class_unit(*class_, *attributes_, name);
  if (value) used_.emplace(name);
  return value;
}

const Value* Query::value(std::string_view name) {
  const auto found = attributes_->find(name);
  if (found == attributes_->end()) return nullptr;
  used_.emplace(name);
  return &found->second.value;
}

std::optional<std::string> Query::word(std::string_view name) {
  std::optional<std::string> value = word_attribute(*attributes_, name);
  if (value) used_.emplace(name);
  return value;
}

bool Estimator::knows(const ComponentClass& component_class) const {
  const std::vector<std::string> names = classes();
  return std::find(names.begin(), names.end(), component_class.name) != names.end();
}

}  // namespace ohmloop
