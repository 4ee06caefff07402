#include "ohmloop/energy/class_library.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"

namespace ohmloop {

ClassLibrary::ClassLibrary() {
  for (const ComponentClass& each : component_classes()) {
    // The built-in table outlives everything: nothing has to own its rows.
    classes_.emplace_back(std::shared_ptr<const void>(), &each);
  }
}

const ComponentClass& ClassLibrary::add(ComponentClass component_class) {
  OHM_CHECK(find(component_class.name) == nullptr, "two component classes are called " + component_class.name);
  return *classes_.emplace_back(std::make_shared<const ComponentClass>(std::move(component_class)));
}

const ComponentClass* ClassLibrary::find(std::string_view name) const {
  const auto found =
      std::find_if(classes_.begin(), classes_.end(), [&](const auto& each) { return each->name == name; });
  return found == classes_.end() ? nullptr : found->get();
}

std::vector<std::string> ClassLibrary::names() const {
  std::vector<std::string> names;
  names.reserve(classes_.size());
  for (const auto& each : classes_) names.push_back(each->name);
  return names;
}

}  // namespace ohmloop
