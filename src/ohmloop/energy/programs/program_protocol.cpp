#include "ohmloop/energy/programs/program_protocol.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ohmloop/energy/class_specs.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

using Json = nlohmann::json;

/// Deeper nesting than any message has; the parser itself would follow it to the end of the stack.
constexpr int max_depth = 16;

Json parse_object(const std::string& line, std::int64_t id) {
  const auto shallow = [](int depth, Json::parse_event_t, Json&) {
    if (depth > max_depth) throw ProtocolError("answered with JSON that is nested too deep");
    return true;
  };
  Json json;
  try {
    json = Json::parse(line, shallow);
  } catch (const Json::exception& error) {
    throw ProtocolError(fmt::format("did not answer with JSON: {}", error.what()));
  }
  if (!json.is_object()) throw ProtocolError("did not answer with a JSON object");
  const auto found = json.find("id");
  if (found == json.end() || !found->is_number_integer() || found->get<std::int64_t>() != id) {
    throw ProtocolError(fmt::format("answered without the request's id, {}", id));
  }
  return json;
}

void check_keys(const Json& object, const std::vector<std::string>& known, const std::string& what) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw ProtocolError(fmt::format("gives an unknown key '{}' in {}; known: {}", key, what, list_names(known)));
  }
}

std::string text_of(const Json& object, const char* key, const std::string& what, bool required = true) {
  const auto found = object.find(key);
  if (found == object.end() && !required) return "";
  if (found == object.end() || !found->is_string() || (required && found->get<std::string>().empty())) {
    throw ProtocolError(fmt::format("gives no text '{}' in {}", key, what));
  }
  return found->get<std::string>();
}

double number_of(const Json& object, const char* key, const std::string& what) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) {
    throw ProtocolError(fmt::format("gives no number '{}' in {}", key, what));
  }
  const double number = found->get<double>();
  if (!std::isfinite(number)) throw ProtocolError(fmt::format("gives a '{}' that is not finite in {}", key, what));
  return number;
}

double accuracy_of(const Json& object, const std::string& what) {
  const double percent = number_of(object, "accuracy", what);
  if (percent < 0 || percent > 100)
    throw ProtocolError(fmt::format("declares an accuracy of {:g} in {}", percent, what));
  return percent;
}

const Json& list_of(const Json& object, const char* key, const std::string& what) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array())
    throw ProtocolError(fmt::format("gives no list '{}' in {}", key, what));
  for (const Json& each : *found) {
    if (!each.is_object())
      throw ProtocolError(fmt::format("gives an entry of '{}' in {} that is no object", key, what));
  }
  return *found;
}

/// "pJ" as a quantity of one such unit; the empty unit is 1.
Quantity quantity_of(const std::string& unit, const std::string& what) {
  if (unit.empty()) return {1, dimension::none};
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = "1 " + unit;
  EmptyScope scope;
  Diagnostics own;
  const std::optional<Value> value = evaluate(scalar, scope, own);
  const auto* quantity = value ? std::get_if<Quantity>(&*value) : nullptr;
  if (quantity == nullptr || quantity->value <= 0)
    throw ProtocolError(fmt::format("gives an unknown unit '{}' in {}", unit, what));
  return *quantity;
}

ProgramAttribute read_attribute(const Json& json, const std::string& what) {
  check_keys(json, {"name", "unit", "type"}, "an attribute of " + what);
  ProgramAttribute attribute;
  attribute.name = text_of(json, "name", "an attribute of " + what);
  const std::string type = text_of(json, "type", "attribute '" + attribute.name + "'", false);
  if (!type.empty() && type != "number" && type != "word") {
    throw ProtocolError(fmt::format("gives an unknown type '{}' of attribute '{}'", type, attribute.name));
  }
  attribute.word = type == "word";
  attribute.unit = text_of(json, "unit", "attribute '" + attribute.name + "'", false);
  const Quantity unit = quantity_of(attribute.unit, "attribute '" + attribute.name + "'");
  attribute.in_base = unit.value;
  attribute.dimension = unit.dimension;
  return attribute;
}

ActionSpec read_action(const Json& json, const std::string& what) {
  check_keys(json, {"name", "per", "arguments"}, "an action of " + what);
  ActionSpec action;
  action.name = text_of(json, "name", "an action of " + what);
  const std::string per = text_of(json, "per", "action '" + action.name + "'", false);
  const bool access = action.name == "read" || action.name == "write";
  action.unit = per == "bit" ? ActionUnit::bit : access || per == "access" ? ActionUnit::access : ActionUnit::value;
  if (!per.empty() && per != to_string(action.unit)) {
    throw ProtocolError(fmt::format("gives an unknown 'per' of action '{}': {}", action.name, per));
  }
  if (!json.contains("arguments")) return action;
  for (const Json& each : list_of(json, "arguments", "action '" + action.name + "'")) {
    check_keys(each, {"name", "low", "high"}, "an argument of action '" + action.name + "'");
    ActionArgumentSpec argument;
    argument.name = text_of(each, "name", "an argument of action '" + action.name + "'");
    argument.low = number_of(each, "low", "argument '" + argument.name + "'");
    argument.high = number_of(each, "high", "argument '" + argument.name + "'");
    if (argument.low > argument.high) throw ProtocolError(fmt::format("gives argument '{}' no value", argument.name));
    action.arguments.push_back(std::move(argument));
  }
  return action;
}

/// 28 for 28 nm, not 28.000000000000004: programs compare.
double in_unit(const Quantity& quantity, const ProgramAttribute& attribute) {
  return std::stod(fmt::format("{:.15g}", quantity.value / attribute.in_base));
}

bool is_name(const std::string& name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), fits);
}

template <class T>
void check_unique(const std::vector<T>& list, const std::string& what) {
  std::set<std::string> names;
  for (const T& each : list) {
    if (!is_name(each.name)) throw ProtocolError(fmt::format("gives '{}' as a name in {}", each.name, what));
    if (!names.insert(each.name).second) throw ProtocolError(fmt::format("gives '{}' twice in {}", each.name, what));
  }
}

}  // namespace

const ProgramClass* ProgramDescription::find(std::string_view class_name) const {
  const auto found =
      std::find_if(classes.begin(), classes.end(), [&](const ProgramClass& each) { return each.name == class_name; });
  return found == classes.end() ? nullptr : &*found;
}

std::string describe_request(std::int64_t id) { return Json{{"id", id}, {"request", "describe"}}.dump(); }

ProgramDescription read_description(const std::string& line, std::int64_t id) {
  const std::string what = "its description";
  const Json json = parse_object(line, id);
  check_keys(json, {"id", "name", "accuracy", "classes"}, what);
  ProgramDescription description;
  description.name = text_of(json, "name", what);
  if (!is_name(description.name)) throw ProtocolError(fmt::format("calls itself '{}'", description.name));
  description.accuracy_percent = accuracy_of(json, what);
  for (const Json& each : list_of(json, "classes", what)) {
    check_keys(each, {"name", "attributes", "actions"}, "a class");
    ProgramClass one;
    one.name = text_of(each, "name", "a class");
    const std::string owner = "class '" + one.name + "'";
    for (const Json& attribute : list_of(each, "attributes", owner)) {
      one.attributes.push_back(read_attribute(attribute, owner));
    }
    for (const Json& action : list_of(each, "actions", owner)) one.actions.push_back(read_action(action, owner));
    check_unique(one.attributes, "attributes of " + owner);
    check_unique(one.actions, "actions of " + owner);
    description.classes.push_back(std::move(one));
  }
  check_unique(description.classes, "its classes");
  return description;
}

std::string estimate_request(const ProgramClass& program_class, Query& query, const ActionArguments& arguments) {
  Json request = {{"request", "estimate"}, {"class", program_class.name}};
  request["of"] = query.subject() == Query::Subject::energy ? "energy" : query.subject_name();
  if (query.action() != nullptr) {
    request["action"] = query.action()->name;
    request["arguments"] = Json::object();
    for (const auto& [name, value] : arguments) request["arguments"][name] = value;
  }
  request["attributes"] = Json::object();
  for (const ProgramAttribute& attribute : program_class.attributes) {
    const Value* value = query.value(attribute.name);
    if (value == nullptr) continue;
    if (const auto* quantity = std::get_if<Quantity>(value)) {
      request["attributes"][attribute.name] = {{"value", in_unit(*quantity, attribute)}, {"unit", attribute.unit}};
    } else {
      request["attributes"][attribute.name] = to_string(*value);
    }
  }
  return request.dump();
}

std::string numbered(const std::string& request, std::int64_t id) {
  return fmt::format("{{\"id\":{},{}", id, request.substr(1));
}

Answer read_answer(const std::string& line, std::int64_t id, Query::Subject subject,
                   const ProgramDescription& description) {
  const std::string what = "its answer";
  const Json json = parse_object(line, id);
  if (json.contains("reject")) {
    check_keys(json, {"id", "reject"}, what);
    return Rejection{"rejects: " + text_of(json, "reject", what)};
  }
  check_keys(json, {"id", "value", "unit", "source", "accuracy", "derivation"}, what);
  const double value = number_of(json, "value", what);
  if (value < 0) throw ProtocolError(fmt::format("gives a negative number, {:g}", value));
  const std::string unit = text_of(json, "unit", what);
  const Quantity one = quantity_of(unit, what);
  const bool area = subject == Query::Subject::area;
  const bool energy = subject == Query::Subject::energy;
  const Dimension expected = energy ? dimension::energy : area ? dimension::area : dimension::power;
  if (one.dimension != expected) {
    throw ProtocolError(fmt::format("gives its number in {}, expected {}", unit, describe(expected)));
  }
  Estimate estimate;
  estimate.value = value * one.value / (subject == Query::Subject::leakage ? 1 : 1e-12);
  if (!std::isfinite(estimate.value)) throw ProtocolError("gives a number that is too large");
  estimate.accuracy_percent = json.contains("accuracy") ? accuracy_of(json, what) : description.accuracy_percent;
  estimate.provenance = {"program " + description.name, text_of(json, "source", what),
                         text_of(json, "derivation", what, false), false};
  return estimate;
}

ComponentClass declared_class(const ProgramClass& program_class, const std::string& program) {
  constexpr double widest = std::numeric_limits<double>::max();
  ComponentClass declared;
  declared.name = program_class.name;
  declared.description = "Declared by program " + program + ".";
  declared.scales = false;
  for (const ProgramAttribute& attribute : program_class.attributes) {
    declared.attributes.push_back({.name = attribute.name,
                                   .kind = attribute.word ? AttributeKind::word : AttributeKind::number,
                                   .dimension = attribute.dimension,
                                   .unit = attribute.unit,
                                   .in_base = attribute.in_base,
                                   .low = -widest,
                                   .high = widest,
                                   .meaning = "of program " + program});
  }
  declared.actions = program_class.actions;
  const std::string only = declared.actions.size() == 1 ? declared.actions.front().name : "";
  declared.passing_action = declared.action("convert") != nullptr ? "convert" : only;
  declared.compute_action = declared.action("compute") != nullptr ? "compute" : only;
  add_common_attributes(declared);
  return declared;
}

std::string misfit(const ProgramClass& program_class, const ComponentClass& known) {
  for (const ProgramAttribute& attribute : program_class.attributes) {
    const AttributeSpec* spec = known.attribute(attribute.name);
    if (spec == nullptr)
      return fmt::format("names an attribute '{}' that class {} does not have", attribute.name, known.name);
    if (attribute.word != (spec->kind == AttributeKind::word) || attribute.dimension != spec->dimension) {
      return fmt::format("wants '{}' of class {} in '{}', expected a unit like '{}'", attribute.name, known.name,
                         attribute.unit, spec->unit);
    }
  }
  for (const ActionSpec& action : program_class.actions) {
    if (known.action(action.name) == nullptr)
      return fmt::format("names an action '{}' that class {} does not have", action.name, known.name);
  }
  return "";
}

}  // namespace ohmloop
