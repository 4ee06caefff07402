#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ohmloop::test {

/// What of a JSON value breaks a JSON schema, as "path: problem". Knows the keywords that our schemas use: type (one
/// or a list), properties, required, additionalProperties, items, const, enum, minimum, maximum, minItems, pattern and
/// $ref to "#/$defs/...". Another keyword is a problem of the schema.
std::vector<std::string> schema_violations(const nlohmann::json& value, const nlohmann::json& schema);

}  // namespace ohmloop::test
