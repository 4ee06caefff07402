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

}  // namespace ohmloop
