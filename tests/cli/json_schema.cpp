#include "json_schema.hpp"

#include <regex>
#include <set>

namespace ohmloop::test {

namespace {

using nlohmann::json;

class Checker {
 public:
  explicit Checker(const json& root) : root_(root) {}

  void check(const json& value, const json& schema, const std::string& path) {
    if (schema.is_boolean()) {
      if (!schema.get<bool>()) fail(path, "is not allowed");
      return;
    }
    if (schema.contains("$ref")) return check(value, resolve(schema.at("$ref")), path);
    check_keywords(schema, path);
    if (schema.contains("type") && !has_type(value, schema.at("type"))) {
      return fail(path, "is no " + schema.at("type").dump() + ": " + value.dump());
    }
    if (schema.contains("const") && value != schema.at("const")) fail(path, "is not " + schema.at("const").dump());
    if (schema.contains("enum")) check_enum(value, schema.at("enum"), path);
    if (value.is_number()) check_number(value, schema, path);
    if (value.is_string() && schema.contains("pattern") &&
        !std::regex_search(value.get<std::string>(), std::regex(schema.at("pattern").get<std::string>()))) {
      fail(path, "does not look like " + schema.at("pattern").dump());
    }
    if (value.is_array()) check_array(value, schema, path);
    if (value.is_object()) check_object(value, schema, path);
  }

  std::vector<std::string> violations;

 private:
  void fail(const std::string& path, const std::string& problem) { violations.push_back(path + ": " + problem); }

  [[nodiscard]] const json& resolve(const std::string& reference) const {
    return root_.at(json::json_pointer(reference.substr(1)));
  }

  void check_keywords(const json& schema, const std::string& path) {
    static const std::set<std::string> known = {"type",    "properties", "required", "additionalProperties",
                                                "items",   "const",      "enum",     "minimum",
                                                "maximum", "minItems",   "pattern",  "$defs",
                                                "title",   "$schema",    "$id",      "description"};
    for (const auto& [keyword, ignored] : schema.items()) {
      if (!known.contains(keyword)) fail(path, "the schema uses the unknown keyword '" + keyword + "'");
    }
  }

  static bool is_of(const json& value, const std::string& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  static bool has_type(const json& value, const json& type) {
    if (type.is_string()) return is_of(value, type);
    return std::any_of(type.begin(), type.end(), [&](const json& one) { return is_of(value, one); });
  }

  void check_enum(const json& value, const json& allowed, const std::string& path) {
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) fail(path, "is none of " + allowed.dump());
  }

  void check_number(const json& value, const json& schema, const std::string& path) {
    if (schema.contains("minimum") && value < schema.at("minimum")) fail(path, "is too small: " + value.dump());
    if (schema.contains("maximum") && value > schema.at("maximum")) fail(path, "is too large: " + value.dump());
  }

  void check_array(const json& value, const json& schema, const std::string& path) {
    if (schema.contains("minItems") && value.size() < schema.at("minItems").get<std::size_t>())
      fail(path, "is too short");
    if (!schema.contains("items")) return;
    for (std::size_t i = 0; i < value.size(); ++i) check(value[i], schema.at("items"), path + "/" + std::to_string(i));
  }

  void check_object(const json& value, const json& schema, const std::string& path) {
    const json properties = schema.value("properties", json::object());
    for (const json& key : schema.value("required", json::array())) {
      if (!value.contains(key.get<std::string>())) fail(path, "has no " + key.dump());
    }
    for (const auto& [key, child] : value.items()) {
      if (properties.contains(key)) {
        check(child, properties.at(key), path + "/" + key);
      } else if (schema.contains("additionalProperties")) {
        check(child, schema.at("additionalProperties"), path + "/" + key);
      }
    }
  }

  const json& root_;
};

}  // namespace

std::vector<std::string> schema_violations(const nlohmann::json& value, const nlohmann::json& schema) {
  Checker checker(schema);
  checker.check(value, schema, "");
  return std::move(checker.violations);
}

}  // namespace ohmloop::test
