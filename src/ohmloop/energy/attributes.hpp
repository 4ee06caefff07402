#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Why a component has an attribute.
enum class AttributeOrigin {
  stated,    ///< its own line in the file
  derived,   ///< follows from the node itself: a memory's size, a converter's rate; or from an enclosing component
  standard,  ///< the class's standard value
};

struct ComponentAttribute {
  Value value;
  SourceSpan where;
  AttributeOrigin origin = AttributeOrigin::stated;
  SourceSpan key_where = {};  ///< of the attribute's name; may be empty
  bool fitted = false;        ///< stands on a constant that was fitted to a measurement of the chip
};

using AttributeMap = std::map<std::string, ComponentAttribute, std::less<>>;

/// A component whose attributes await validation.
struct ComponentInstance {
  std::string class_name;
  AttributeMap attributes;
  std::string what;                         ///< for messages: "memory 'glb'", "subcomponent 'storage' of 'smartbuffer'"
  SourceSpan where;                         ///< of the component
  SourceSpan class_where = {};              ///< of the class's name; may be empty
  std::vector<std::string> node_keys = {};  ///< names that its node knows: for suggestions alone
};

/// Checks attributes against the class: unknown names, wrong dimensions, ranges and words, missing ones. Reports every
/// error with its place; adds standard values. Returns false after an error.
bool complete_attributes(const ComponentClass& component_class, ComponentInstance& instance, Diagnostics& diagnostics);

/// The two errors about names: with the near ones and all known ones, and who was asked about the class.
void report_unknown_class(const ComponentInstance& instance, const std::vector<std::string>& classes,
                          const std::vector<std::string>& estimators, Diagnostics& diagnostics);
void report_unknown_attribute(const ComponentClass& component_class, const ComponentInstance& instance,
                              const std::string& name, const ComponentAttribute& attribute, Diagnostics& diagnostics);

/// An attribute as its class's unit says: bits, nm, Hz, ...; in base units where an open class does not list it.
/// Nothing where it is not given or no number.
std::optional<double> number_in_class_unit(const ComponentClass& component_class, const AttributeMap& attributes,
                                           std::string_view name);
std::optional<std::string> word_attribute(const AttributeMap& attributes, std::string_view name);

/// "resolution 8 bit, technology 32 nm": in the order of the class, without `from` and `units`.
std::string describe_attributes(const ComponentClass& component_class, const AttributeMap& attributes);

/// Equal texts mean equal components, whatever their names.
std::string identity(const std::string& class_name, const AttributeMap& attributes);

}  // namespace ohmloop
