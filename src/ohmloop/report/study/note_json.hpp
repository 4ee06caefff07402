#pragma once

#include <string>

#include "ohmloop/report/layer_json.hpp"

namespace ohmloop {

/// Members of a note as they should be; where they are not, zero and nothing. Notes come from files.
double number_in(const Json& json, const char* key);
std::string text_in(const Json& json, const char* key);
Json list_in(const Json& json, const char* key);
/// A note's text; null where it is none.
Json note_json(const std::string& text);

}  // namespace ohmloop
