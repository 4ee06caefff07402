#include "ohmloop/arch/key_documents.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ohmloop/arch/node_keys.hpp"

namespace ohmloop {
namespace {

using Json = nlohmann::ordered_json;

Json object_of(const std::vector<Key>& keys);

/// Values may be formulas, so that a string always does.
Json value_schema() {
  Json schema;
  schema["type"] = {"string", "number", "boolean", "array"};
  return schema;
}

Json map_of_values() {
  Json schema;
  schema["type"] = "object";
  schema["additionalProperties"] = {{"type", {"string", "number", "boolean"}}};
  return schema;
}

Json schema_of(const Key& key) {
  Json schema = value_schema();
  if (key.shape == KeyShape::factors || key.shape == KeyShape::free_map) schema = map_of_values();
  if (!keys_within(key.shape).empty()) schema = object_of(keys_within(key.shape));
  schema["description"] = key.meaning;
  return schema;
}

Json object_of(const std::vector<Key>& keys) {
  Json schema;
  schema["type"] = "object";
  for (const Key& key : keys) {
    schema["properties"][key.name] = schema_of(key);
    if (key.required) schema["required"].push_back(key.name);
  }
  schema["additionalProperties"] = false;
  return schema;
}

/// Every further key of a node is an attribute of its component class.
Json node_schema(const NodeTagInfo& info) {
  Json schema = object_of(info.keys);
  schema["title"] = info.tag;
  schema["additionalProperties"] = {{"type", {"string", "number", "boolean"}}};
  return schema;
}

void add_rows(std::string& text, const std::vector<Key>& keys) {
  text += "| key | | meaning |\n|---|---|---|\n";
  for (const Key& key : keys) {
    text += fmt::format("| `{}` | {} | {} |\n", key.name, key.required ? "required" : "", key.meaning);
    for (const Key& inner : keys_within(key.shape)) {
      text +=
          fmt::format("| `{}.{}` | {} | {} |\n", key.name, inner.name, inner.required ? "required" : "", inner.meaning);
    }
  }
}

}  // namespace

std::string architecture_schema() {
  Json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "Ohmloop architecture";
  schema["description"] = "Native description of an accelerator, format version 1";
  schema.update(object_of(top_keys()));
  Json nodes = {{"type", "array"}, {"minItems", 1}};
  for (const NodeTagInfo& info : node_tags()) nodes["items"]["anyOf"].push_back(node_schema(info));
  nodes["description"] = schema["properties"]["architecture"]["description"];
  schema["properties"]["architecture"] = nodes;
  schema["properties"]["components"] = {{"type", "array"},
                                        {"description", schema["properties"]["components"]["description"]}};
  return schema.dump(2) + "\n";
}

std::string key_reference() {
  std::string text = "### The file\n\n";
  add_rows(text, top_keys());
  for (const NodeTagInfo& info : node_tags()) {
    text += fmt::format("\n### {}\n\n", info.tag);
    add_rows(text, info.keys);
  }
  return text;
}

}  // namespace ohmloop
