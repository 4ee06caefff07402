#include "ohmloop/energy/class_specs.hpp"

#include <utility>

namespace ohmloop {

AttributeSpec whole_bits(std::string name, std::string meaning, double low, double high) {
  return {.name = std::move(name),
          .kind = AttributeKind::integer,
          .dimension = dimension::bits,
          .unit = "bit",
          .low = low,
          .high = high,
          .meaning = std::move(meaning)};
}

AttributeSpec whole(std::string name, std::string meaning, double low, double high) {
  return {.name = std::move(name),
          .kind = AttributeKind::integer,
          .dimension = dimension::none,
          .low = low,
          .high = high,
          .meaning = std::move(meaning)};
}

AttributeSpec fraction(std::string name, std::string meaning, double low, double high) {
  AttributeSpec spec = whole(std::move(name), std::move(meaning), low, high);
  spec.kind = AttributeKind::number;
  return spec;
}

AttributeSpec physical(std::string name, Dimension dimension, std::string unit, double in_base, double low, double high,
                       std::string meaning) {
  return {.name = std::move(name),
          .dimension = dimension,
          .unit = std::move(unit),
          .in_base = in_base,
          .low = low,
          .high = high,
          .meaning = std::move(meaning)};
}

AttributeSpec rate(std::string meaning) {
  return physical("rate", dimension::frequency, "Hz", 1, 1, 1e12, std::move(meaning));
}

AttributeSpec length(std::string meaning) {
  return physical("length", dimension::length, "mm", 1e-3, 0, 1000, std::move(meaning));
}

AttributeSpec word(std::string name, std::vector<std::string> words, std::string meaning) {
  return {
      .name = std::move(name), .kind = AttributeKind::word, .words = std::move(words), .meaning = std::move(meaning)};
}

AttributeSpec required(AttributeSpec spec) {
  spec.required = true;
  return spec;
}

AttributeSpec standard(std::string value, AttributeSpec spec) {
  spec.standard = std::move(value);
  return spec;
}

ActionSpec idle_action() { return {"idle", ActionUnit::value, "one cycle without work, beyond the leakage power"}; }

void add_common_attributes(ComponentClass& component) {
  AttributeSpec technology = physical("technology", dimension::length, "nm", 1e-9, 1, 1000,
                                      "process; inherited from the top of the description");
  technology.required = component.scales;
  component.attributes.push_back(std::move(technology));
  if (component.scales && component.attribute("voltage") == nullptr) {
    component.attributes.push_back(physical("voltage", dimension::voltage, "V", 1, 0.3, 1.8,
                                            "supply; numbers of tables that hold at 0.8 V are scaled to it"));
  }
  component.attributes.push_back(
      fraction("units",
               "physical units in one instance of the node: multiplies area and leakage, not the energy of an action; "
               "a fraction where instances share one",
               1e-9, 1e9));
  component.attributes.push_back(word("from", {}, "takes numbers from this table or model alone, as in `from: isaac`"));
}

}  // namespace ohmloop
