#pragma once

#include <ostream>
#include <span>
#include <string>

namespace ohmloop {

/// The whole program as a function: reads the arguments (without the program's name), prints results to `out` and
/// everything else to `err`, and returns the exit code (see exit_code_table()). Never throws.
int run_command_line(std::span<const std::string> arguments, std::ostream& out, std::ostream& err,
                     bool out_is_terminal = false, bool err_is_terminal = false);

}  // namespace ohmloop
