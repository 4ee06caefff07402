#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/cli/terminal.hpp"

namespace ohmloop {

/// 'ohmloop study submit': writes the script that submits a study's jobs and runs it, or, with --print, prints it.
/// Returns the exit code.
int submit_study(const ParsedArguments& arguments, Terminal& terminal);

}  // namespace ohmloop
