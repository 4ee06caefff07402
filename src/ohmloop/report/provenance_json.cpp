#include "ohmloop/report/provenance_json.hpp"

namespace ohmloop {

Json tool_json(const ToolVersion& tool) {
  return {{"name", tool.name}, {"version", tool.version}, {"commit", tool.commit}};
}

Json inputs_json(const std::vector<InputFile>& inputs) {
  Json json = Json::array();
  for (const InputFile& input : inputs) json.push_back({{"path", input.path}, {"sha256", input.sha256}});
  return json;
}

Json settings_json(const RunSettings& settings) {
  return {{"network", settings.network},
          {"architecture", settings.architecture},
          {"batch", settings.batch},
          {"objective", to_string(settings.mapper.objective)},
          {"imperfect", settings.mapper.imperfect},
          {"max_evaluations", settings.mapper.max_evaluations},
          {"overrides", settings.overrides},
          {"estimators", settings.estimators},
          {"estimator_programs", settings.estimator_programs}};
}

Json warnings_json(const std::vector<Diagnostic>& warnings) {
  Json json = Json::array();
  for (const Diagnostic& warning : warnings) {
    json.push_back({{"message", warning.message},
                    {"where", to_string(warning.where)},
                    {"label", warning.label},
                    {"notes", warning.notes}});
  }
  return json;
}

std::string json_text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace ohmloop
