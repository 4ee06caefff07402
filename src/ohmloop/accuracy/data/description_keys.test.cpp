#include "ohmloop/accuracy/data/description_keys.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "ohmloop/accuracy/data/data_testing.hpp"
#include "ohmloop/accuracy/data/read_data_description.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using Json = nlohmann::ordered_json;
using Shape = DataKeyShape;

std::string text_of(const char* path) { return read_source_file(std::string(OHMLOOP_SOURCE_DIR "/") + path)->text; }

Json schema_of(const DataKey& key);

Json object_of(const std::vector<DataKey>& keys) {
  Json schema;
  schema["type"] = "object";
  for (const DataKey& key : keys) {
    schema["properties"][key.name] = schema_of(key);
    if (key.required) schema["required"].push_back(key.name);
  }
  schema["additionalProperties"] = false;
  return schema;
}

/// A map with exactly one of the keys.
Json one_of(const std::vector<DataKey>& keys) {
  Json schema = object_of(keys);
  schema["minProperties"] = 1;
  schema["maxProperties"] = 1;
  return schema;
}

/// Numbers may be formulas, so that a string may always stand for one.
Json type_of(const DataKey& key) {
  const Json number = {{"type", {"number", "string"}}};
  switch (key.shape) {
    case Shape::number:
      return number;
    case Shape::truth:
      return {{"type", "boolean"}};
    case Shape::numbers:
      return {{"anyOf", {number, {{"type", "array"}, {"minItems", 1}, {"items", number}}}}};
    case Shape::texts:
      return {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"minItems", 1}, {"items", {{"type", "string"}}}}}}};
    case Shape::side_or_map:
      return {{"anyOf", {number, object_of(key.within)}}};
    case Shape::source:
      return one_of(image_files_keys());
    case Shape::steps:
      return {{"type", "array"}, {"items", one_of(preprocessing_keys())}};
    case Shape::text:
      break;
  }
  if (!key.within.empty()) return object_of(key.within);
  Json schema = {{"type", "string"}};
  if (!key.choices.empty()) schema["enum"] = key.choices;
  return schema;
}

Json schema_of(const DataKey& key) {
  Json schema = type_of(key);
  schema["description"] = key.meaning;
  return schema;
}

std::string whole_schema() {
  Json schema;
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "Ohmloop data set";
  schema["description"] = "Labelled images and their preprocessing, format version 1";
  schema.update(object_of(data_description_keys()));
  return schema.dump(2) + "\n";
}

std::string rows_of(const std::vector<DataKey>& keys, const std::string& prefix = {}) {
  std::string text;
  for (const DataKey& key : keys) {
    std::string meaning = key.meaning;
    if (!key.choices.empty()) meaning += fmt::format(" ({})", fmt::join(key.choices, ", "));
    text += fmt::format("| `{}{}` | {} | {} |\n", prefix, key.name, key.required ? "required" : "", meaning);
    text += rows_of(key.within, prefix + key.name + ".");
  }
  return text;
}

std::string key_reference() {
  const std::string head = "| key | | meaning |\n|---|---|---|\n";
  return "#### The file\n\n" + head + rows_of(data_description_keys()) + "\n#### Behind `source`\n\n" + head +
         rows_of(image_files_keys()) + "\n#### Steps of `preprocessing`\n\n" + head + rows_of(preprocessing_keys());
}

TEST(DescriptionKeys, TheSchemaIsMadeFromThem) {
  EXPECT_EQ(text_of("share/ohmloop/schemas/data-set.schema.json"), whole_schema())
      << "the table of keys has changed: replace the file by the text above";
}

TEST(DescriptionKeys, TheManualListsThem) {
  EXPECT_NE(text_of("docs/accuracy.md").find(key_reference()), std::string::npos)
      << "the table of keys has changed: replace the section 'All keys' of docs/accuracy.md by\n"
      << key_reference();
}

/// The keys that the reader says it knows, sorted, when it finds another one in a map.
std::string known_keys(const std::string& description) {
  const std::string text =
      data_testing::complaints([&] { read_data_description(testing_text::source_of(description)); });
  const std::string mark = "known keys: ";
  const std::size_t start = text.find(mark);
  return start == std::string::npos ? text
                                    : text.substr(start + mark.size(), text.find('\n', start) - start - mark.size());
}

std::string names_of(const std::vector<DataKey>& keys) {
  std::vector<std::string> names;
  for (const DataKey& key : keys) names.push_back(key.name);
  std::sort(names.begin(), names.end());
  return fmt::format("{}", fmt::join(names, ", "));
}

TEST(DescriptionKeys, TheReadersKnowExactlyThem) {
  EXPECT_EQ(known_keys("ohmloop-data: 1\nzzzz: 1\n"), names_of(data_description_keys()));
  for (const DataKey& kind : image_files_keys()) {
    EXPECT_EQ(known_keys(fmt::format("ohmloop-data: 1\nsource: {{{}: {{zzzz: 1}}}}\n", kind.name)),
              names_of(kind.within));
  }
  for (const DataKey& operation : preprocessing_keys()) {
    if (operation.within.empty()) continue;
    EXPECT_EQ(known_keys(fmt::format("ohmloop-data: 1\npreprocessing: [{{{}: {{zzzz: 1}}}}]\n", operation.name)),
              names_of(operation.within));
  }
  const std::string kinds = data_testing::complaints([] {
    read_data_description(testing_text::source_of("ohmloop-data: 1\nsource: {zzzz: {}}\npreprocessing: [{zzzz: 1}]\n"));
  });
  std::vector<std::string> names;
  for (const DataKey& kind : image_files_keys()) names.push_back(kind.name);
  EXPECT_NE(kinds.find(fmt::format("kinds: {}\n", fmt::join(names, ", "))), std::string::npos);
  names.clear();
  for (const DataKey& operation : preprocessing_keys()) names.push_back(operation.name);
  EXPECT_NE(kinds.find(fmt::format("operations: {}\n", fmt::join(names, ", "))), std::string::npos);
}

TEST(DescriptionKeys, TheManualsExamplesAreRead) {
  const std::string manual = text_of("docs/accuracy.md");
  const std::string fence = "```yaml\nohmloop-data:";
  std::size_t examples = 0;
  for (std::size_t at = manual.find(fence); at != std::string::npos; at = manual.find(fence, at + 1)) {
    const std::size_t start = at + 8;
    const std::string example = manual.substr(start, manual.find("```", start) - start);
    EXPECT_EQ(data_testing::complaints([&] { read_data_description(testing_text::source_of(example)); }), "");
    ++examples;
  }
  EXPECT_GE(examples, 2U);
}

}  // namespace
}  // namespace ohmloop
