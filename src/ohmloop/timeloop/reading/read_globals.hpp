#pragma once

#include "ohmloop/text/yaml.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"

namespace ohmloop::timeloop {

/// The value of `globals:`. Environment variables that change how Timeloop counts set the options; those that change a
/// result in a way that is not supported are errors, unknown ones warnings.
void read_globals(const YamlNode& globals, Diagnostics& diagnostics, CountingOptions& options);

}  // namespace ohmloop::timeloop
