#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// What the options that 'run' and 'sweep' share ask for; the network is left empty.
RunSettings run_settings(const ParsedArguments& arguments);

}  // namespace ohmloop
