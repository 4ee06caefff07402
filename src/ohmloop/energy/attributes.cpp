#include "ohmloop/energy/attributes.hpp"

#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::string number_with_unit(double value, const std::string& unit) {
  return unit.empty() ? fmt::format("{:g}", value) : fmt::format("{:g} {}", value, unit);
}

std::string expectation(const AttributeSpec& spec) {
  if (!spec.words.empty()) return "expected one of " + list_names(spec.words);
  if (spec.kind == AttributeKind::word) return "expected a word";
  return "expected " + describe(spec.dimension);
}

bool in_range(const AttributeSpec& spec, double value) {
  // Bounds are written in decimal units that binary fractions only approach.
  const double slack = 1e-9;
  return value >= spec.low - slack * std::abs(spec.low) && value <= spec.high + slack * std::abs(spec.high);
}

class Checker {
 public:
  Checker(const ComponentClass& component_class, ComponentInstance& instance, Diagnostics& diagnostics)
      : class_(component_class), instance_(instance), diagnostics_(diagnostics) {}

  bool run() {
    for (auto& [name, attribute] : instance_.attributes) {
      read_plain_width(name, attribute);
      check(name, attribute);
    }
    for (const AttributeSpec& spec : class_.attributes) add_missing(spec);
    return good_;
  }

 private:
  void fail(std::string message, const SourceSpan& where, std::string label, std::vector<std::string> notes = {}) {
    good_ = false;
    diagnostics_.error(std::move(message), where.empty() ? instance_.where : where, std::move(label), std::move(notes));
  }

  /// Widths in bits may leave `bit` out, here as in the nodes themselves; sizes may not.
  void read_plain_width(const std::string& name, ComponentAttribute& attribute) const {
    const AttributeSpec* spec = class_.attribute(name);
    auto* quantity = std::get_if<Quantity>(&attribute.value);
    if (spec == nullptr || quantity == nullptr || spec->kind == AttributeKind::word || name == "size") return;
    const bool plain_width = spec->dimension == dimension::bits && quantity->dimension == dimension::none;
    if (plain_width) quantity->dimension = dimension::bits;
  }

  void check(const std::string& name, const ComponentAttribute& attribute) {
    const AttributeSpec* spec = class_.attribute(name);
    if (spec == nullptr && class_.open) return;
    if (spec == nullptr) {
      good_ = false;
      return report_unknown_attribute(class_, instance_, name, attribute, diagnostics_);
    }
    if (spec->kind == AttributeKind::any) return;
    if (spec->kind == AttributeKind::word) return check_word(*spec, attribute);
    const auto* quantity = std::get_if<Quantity>(&attribute.value);
    if (quantity == nullptr || quantity->dimension != spec->dimension) {
      return fail(fmt::format("'{}' of {} can't be {}", name, instance_.what, to_string(attribute.value)),
                  attribute.where, expectation(*spec));
    }
    check_number(*spec, attribute, quantity->value / spec->in_base);
  }

  void check_word(const AttributeSpec& spec, const ComponentAttribute& attribute) {
    const auto* text = std::get_if<std::string>(&attribute.value);
    if (text == nullptr) {
      return fail(fmt::format("'{}' of {} can't be {}", spec.name, instance_.what, to_string(attribute.value)),
                  attribute.where, expectation(spec));
    }
    if (spec.words.empty()) return;
    for (const std::string& known : spec.words) {
      if (*text == known) return;
    }
    fail(fmt::format("unknown {} '{}' of {}", spec.name, *text, instance_.what), attribute.where,
         did_you_mean(*text, spec.words), {expectation(spec)});
  }

  void check_number(const AttributeSpec& spec, const ComponentAttribute& attribute, double value) {
    if (spec.kind == AttributeKind::integer && std::abs(value - std::round(value)) > 1e-9 * std::abs(value)) {
      return fail(fmt::format("'{}' of {} must be a whole number", spec.name, instance_.what), attribute.where,
                  number_with_unit(value, spec.unit) + " is not");
    }
    if (!std::isfinite(value) || !in_range(spec, value)) {
      fail(fmt::format("'{}' of {} is out of range", spec.name, instance_.what), attribute.where,
           fmt::format("{} is not between {} and {}", number_with_unit(value, spec.unit), spec.low,
                       number_with_unit(spec.high, spec.unit)));
    }
  }

  void add_missing(const AttributeSpec& spec) {
    if (instance_.attributes.contains(spec.name)) return;
    if (spec.required) {
      return fail(fmt::format("{} of class '{}' needs '{}'", instance_.what, class_.name, spec.name), instance_.where,
                  fmt::format("add '{}: ...'", spec.name),
                  {fmt::format("{}: {}; {}", spec.name, spec.meaning, expectation(spec))});
    }
    if (!spec.standard.empty()) add_standard(spec);
  }

  void add_standard(const AttributeSpec& spec) {
    EmptyScope scope;
    YamlNode scalar;
    scalar.kind = YamlNode::Kind::scalar;
    scalar.scalar = spec.standard;
    Diagnostics own;
    const std::optional<Value> value = evaluate(scalar, scope, own);
    OHM_CHECK(value.has_value() && !own.has_errors(), "the class table has a bad standard value: " + spec.standard);
    instance_.attributes[spec.name] = {*value, {}, AttributeOrigin::standard};
  }

  const ComponentClass& class_;
  ComponentInstance& instance_;
  Diagnostics& diagnostics_;
  bool good_ = true;
};

}  // namespace

void report_unknown_class(const ComponentInstance& instance, const std::vector<std::string>& classes,
                          const std::vector<std::string>& estimators, Diagnostics& diagnostics) {
  diagnostics.error(fmt::format("unknown class '{}' of {}", instance.class_name, instance.what),
                    instance.class_where.empty() ? instance.where : instance.class_where,
                    did_you_mean(instance.class_name, classes),
                    {"classes: " + list_names(classes), "estimators asked: " + list_names(estimators)});
}

void report_unknown_attribute(const ComponentClass& component_class, const ComponentInstance& instance,
                              const std::string& name, const ComponentAttribute& attribute, Diagnostics& diagnostics) {
  const std::vector<std::string> known = component_class.attribute_names();
  std::vector<std::string> near = known;
  near.insert(near.end(), instance.node_keys.begin(), instance.node_keys.end());
  const SourceSpan& place = attribute.key_where.empty() ? attribute.where : attribute.key_where;
  diagnostics.error(
      fmt::format("unknown attribute '{}' in {} of class '{}'", name, instance.what, component_class.name),
      place.empty() ? instance.where : place, did_you_mean(name, near),
      {fmt::format("attributes of class {}: {}", component_class.name, list_names(known))});
}

bool complete_attributes(const ComponentClass& component_class, ComponentInstance& instance, Diagnostics& diagnostics) {
  return Checker(component_class, instance, diagnostics).run();
}

std::optional<double> number_in_class_unit(const ComponentClass& component_class, const AttributeMap& attributes,
                                           std::string_view name) {
  const AttributeSpec* spec = component_class.attribute(name);
  const auto found = attributes.find(name);
  if ((spec == nullptr && !component_class.open) || found == attributes.end()) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&found->second.value);
  if (quantity == nullptr) return std::nullopt;
  return spec == nullptr ? quantity->value : quantity->value / spec->in_base;
}

std::optional<std::string> word_attribute(const AttributeMap& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return std::nullopt;
  const auto* text = std::get_if<std::string>(&found->second.value);
  if (text == nullptr) return std::nullopt;
  return *text;
}

std::string describe_attributes(const ComponentClass& component_class, const AttributeMap& attributes) {
  std::string text;
  for (const AttributeSpec& spec : component_class.attributes) {
    if (spec.name == "from" || spec.name == "units" || !attributes.contains(spec.name)) continue;
    if (!text.empty()) text += ", ";
    const std::optional<double> number = number_in_class_unit(component_class, attributes, spec.name);
    text += spec.name + " ";
    text += number ? number_with_unit(*number, spec.unit) : to_string(attributes.find(spec.name)->second.value);
  }
  for (const auto& [name, attribute] : attributes) {
    if (!component_class.open || component_class.attribute(name) != nullptr) continue;
    if (name != "from" && name != "units") {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, to_string(attribute.value));
    }
  }
  return text.empty() ? "no attributes" : text;
}

std::string identity(const std::string& class_name, const AttributeMap& attributes) {
  std::string text = class_name;
  for (const auto& [name, attribute] : attributes) {
    text += fmt::format("|{}:{}{}=", name, static_cast<int>(attribute.origin), attribute.fitted ? "f" : "");
    if (const auto* quantity = std::get_if<Quantity>(&attribute.value)) {
      const Dimension d = quantity->dimension;
      text += fmt::format("{} {}.{}.{}.{}.{}.{}", quantity->value, d.bit, d.second, d.joule, d.metre, d.volt, d.cycle);
    } else {
      text += to_string(attribute.value);
    }
  }
  return text;
}

}  // namespace ohmloop
