#include "ohmloop/cli/run_settings.hpp"

#include <fmt/format.h>

#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/mapper_settings.hpp"
#include "ohmloop/report/breakdown.hpp"

namespace ohmloop {

RunSettings run_settings(const ParsedArguments& arguments) {
  RunSettings settings;
  settings.architecture = arguments.value("arch").value_or("");
  settings.batch = arguments.number("batch").value_or(1);
  settings.mapper.objective = objective_of(arguments);
  settings.overrides = texts_of(arguments.values("set"));
  settings.estimators = texts_of(arguments.values("estimator"));
  settings.estimator_programs = texts_of(arguments.values("estimator-program"));
  return settings;
}

std::vector<Diagnostic> without_uncharged(std::vector<Diagnostic> warnings, const NetworkEvaluation& evaluation,
                                          const Architecture& architecture, const ReferenceTables& tables) {
  for (const UnknownEnergy& one : unknown_energies(evaluation, tables)) {
    if (one.charged) continue;
    const std::string beginning = fmt::format("the energy of '{}' is unknown", one.action);
    const std::string place = to_string(architecture.node(one.node).where);
    std::erase_if(warnings, [&](const Diagnostic& warning) {
      return to_string(warning.where) == place && warning.message.find(beginning) != std::string::npos;
    });
  }
  return warnings;
}

}  // namespace ohmloop
