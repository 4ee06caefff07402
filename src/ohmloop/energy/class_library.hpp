#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {

/// The component classes that a description may use: the built-in ones and those that a user's table, a program or a
/// file of the field brings along. Classes stay where they are for as long as any copy of the library lives.
class ClassLibrary {
 public:
  /// The built-in classes.
  ClassLibrary();

  /// Throws InternalError if the library has a class of that name; asking find() first is the reader's work.
  const ComponentClass& add(ComponentClass component_class);

  /// Null if there is no such class.
  [[nodiscard]] const ComponentClass* find(std::string_view name) const;
  /// Built-in ones first, each part in its own order.
  [[nodiscard]] const std::vector<std::shared_ptr<const ComponentClass>>& all() const { return classes_; }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool is_built_in(std::string_view name) const { return find_component_class(name) != nullptr; }

 private:
  std::vector<std::shared_ptr<const ComponentClass>> classes_;
};

}  // namespace ohmloop
