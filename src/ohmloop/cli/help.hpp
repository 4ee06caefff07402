#pragma once

#include <string>

#include "ohmloop/cli/option_table.hpp"

namespace ohmloop {

/// `ohmloop -h`, `ohmloop --help`: commands and exit codes; with `full` also a way to begin.
std::string help_text(bool full);

/// `ohmloop COMMAND -h`: usage and one line per argument and option; with `full` all sentences and the examples.
std::string help_text(const CommandSpec& command, bool full);

/// All commands as Markdown: the text of docs/cli.md.
std::string reference_markdown();

}  // namespace ohmloop
