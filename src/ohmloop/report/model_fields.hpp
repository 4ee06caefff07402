#pragma once

#include "ohmloop/report/layer_json.hpp"
#include "ohmloop/report/model_report.hpp"

namespace ohmloop {

/// What an evaluation of one layer says as JSON, whoever chose the mapping; `schema` names the whole.
Json model_fields(const ModelReport& report, const char* schema);

}  // namespace ohmloop
