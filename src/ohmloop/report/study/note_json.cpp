#include "ohmloop/report/study/note_json.hpp"

namespace ohmloop {

double number_in(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return 0;
  const Json& value = json.at(key);
  return value.is_number() ? value.get<double>() : 0;
}

std::string text_in(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return {};
  const Json& value = json.at(key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

Json list_in(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return Json::array();
  const Json& value = json.at(key);
  return value.is_array() ? value : Json::array();
}

Json note_json(const std::string& text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_discarded() ? Json() : json;
}

}  // namespace ohmloop
