#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/cli/terminal.hpp"

namespace ohmloop {

/// Each command returns its exit code: 0, or 1 if the answer is no. Everything else is thrown: InputError (2), IoError
/// and FileError (3), Interrupted (130), ClosedPipe (0), the rest (70).
int run_command(const ParsedArguments& arguments, Terminal& terminal);
int sweep_command(const ParsedArguments& arguments, Terminal& terminal);
int study_command(const ParsedArguments& arguments, Terminal& terminal);
int plot_command(const ParsedArguments& arguments, Terminal& terminal);
int report_command(const ParsedArguments& arguments, Terminal& terminal);
int accuracy_command(const ParsedArguments& arguments, Terminal& terminal);
int map_command(const ParsedArguments& arguments, Terminal& terminal);
int model_command(const ParsedArguments& arguments, Terminal& terminal);
int convert_command(const ParsedArguments& arguments, Terminal& terminal);
int energy_command(const ParsedArguments& arguments, Terminal& terminal);
int parts_command(const ParsedArguments& arguments, Terminal& terminal);
int show_command(const ParsedArguments& arguments, Terminal& terminal);
int zoo_command(const ParsedArguments& arguments, Terminal& terminal);
int check_command(const ParsedArguments& arguments, Terminal& terminal);
int help_command(const ParsedArguments& arguments, Terminal& terminal);

}  // namespace ohmloop
