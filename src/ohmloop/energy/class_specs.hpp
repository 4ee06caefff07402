#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {

/// Builders of the entries of the class table. Ranges are inclusive, in the attribute's own unit.
inline constexpr double max_bits = 9.0e15;

AttributeSpec whole_bits(std::string name, std::string meaning, double low = 1, double high = 65536);
AttributeSpec whole(std::string name, std::string meaning, double low = 1, double high = 1e9);
AttributeSpec fraction(std::string name, std::string meaning, double low, double high);
AttributeSpec physical(std::string name, Dimension dimension, std::string unit, double in_base, double low, double high,
                       std::string meaning);
AttributeSpec rate(std::string meaning);
AttributeSpec length(std::string meaning);
AttributeSpec word(std::string name, std::vector<std::string> words, std::string meaning);
AttributeSpec required(AttributeSpec spec);
AttributeSpec standard(std::string value, AttributeSpec spec);

/// A cycle in which a component does nothing: what it takes beyond its leakage.
ActionSpec idle_action();

inline constexpr Dimension farads{.joule = 1, .volt = -2};

/// What stores in arrays and computes in place, from class_table_storage.cpp.
std::vector<ComponentClass> storage_element_classes();

/// The attributes of every class: `technology` (required where the class scales), `units` and `from`.
void add_common_attributes(ComponentClass& component);

/// Arithmetic and logic, from class_table_digital.cpp.
std::vector<ComponentClass> digital_classes();

}  // namespace ohmloop
