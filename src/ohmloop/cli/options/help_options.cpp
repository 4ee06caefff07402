#include <array>

#include "ohmloop/cli/options/command_specs.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> help_arguments = {
    PositionalSpec{.name = "COMMAND", .help = "the command to explain", .required = false}};
constexpr std::array<OptionSpec, 1> help_options = {
    OptionSpec{.name = "markdown", .help = "print the reference of all commands, as in docs/cli.md"}};

}  // namespace

CommandSpec help_spec() {
  return CommandSpec{.name = "help",
                     .help = "explain a command",
                     .details = "'ohmloop help run' is 'ohmloop run --help'.",
                     .arguments = help_arguments,
                     .options = help_options,
                     .examples = {}};
}

}  // namespace ohmloop
