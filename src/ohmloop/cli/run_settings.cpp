#include "ohmloop/cli/run_settings.hpp"

#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/mapper_settings.hpp"

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

}  // namespace ohmloop
