#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {

/// A primitive component class as Accelergy's libraries have it, in short: "width=64 depth=512" are attributes with
/// their values where none is given; an action with an `@` has the arguments of an access: `address_delta`, the banks
/// whose address changes, and `data_delta`, 0 or 1.
struct PrimitiveClass {
  std::string_view name;
  std::string_view attributes;
  std::string_view actions;
  std::string_view later_actions;  ///< that v0.4 added
};

/// Those of primitive_component.lib and pim_primitive_component.lib, and the Aladdin components of v0.4.
std::span<const PrimitiveClass> primitive_classes();

/// A class as energy estimation knows it: open, because any attribute may be given.
ComponentClass make_primitive_class(const PrimitiveClass& primitive, FieldDialect dialect);

/// The name that a class of these files has among ours: its own, but for the few names that a built-in class has.
std::string class_name_here(std::string_view field_name);
/// The way back.
std::string class_name_there(std::string_view name);

}  // namespace ohmloop
