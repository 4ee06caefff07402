#pragma once

#include <cstddef>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/cli/progress_bar.hpp"
#include "ohmloop/cli/terminal.hpp"

namespace ohmloop {

/// What --progress and --quiet ask for.
ProgressStyle progress_style(const ParsedArguments& arguments, const Terminal& terminal);

/// What --jobs asks for; 0 for all cores.
std::size_t threads_of(const ParsedArguments& arguments);

}  // namespace ohmloop
