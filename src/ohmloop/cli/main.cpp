#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/run_command_line.hpp"

int main(int argc, char** argv) {
  // A closed pipe shall be an error of a write, so that files in work are cleaned up, not the process's sudden end.
  std::signal(SIGPIPE, SIG_IGN);
  ohmloop::install_interrupt_handler();
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return ohmloop::run_command_line(arguments, std::cout, std::cerr, ::isatty(STDOUT_FILENO) == 1,
                                   ::isatty(STDERR_FILENO) == 1);
}
