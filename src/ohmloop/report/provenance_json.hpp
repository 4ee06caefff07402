#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/layer_json.hpp"

namespace ohmloop {

/// The parts that all our JSON results share.
Json tool_json(const ToolVersion& tool);
Json inputs_json(const std::vector<InputFile>& inputs);
Json settings_json(const RunSettings& settings);
Json warnings_json(const std::vector<Diagnostic>& warnings);

/// As text: names come from the user's files, and bytes that are no UTF-8 are replaced, never thrown at the user.
std::string json_text(const Json& json);

}  // namespace ohmloop
