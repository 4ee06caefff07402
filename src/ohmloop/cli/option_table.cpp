#include "ohmloop/cli/option_table.hpp"

#include <array>

#include "ohmloop/cli/options/command_specs.hpp"

namespace ohmloop {

namespace {

constexpr std::array<std::string_view, 3> color_modes = {"auto", "always", "never"};

constexpr std::array<OptionSpec, 2> common = {
    OptionSpec{.name = "color",
               .value_name = "WHEN",
               .default_value = "auto",
               .choices = color_modes,
               .help = "colours",
               .details = "'auto': on terminals only."},
    OptionSpec{.name = "help", .short_name = 'h', .help = "help; -h is short, --help is full with examples"}};
constexpr std::array<OptionSpec, 2> top_level = {
    OptionSpec{.name = "version", .help = "print the version and its commit"}, common[1]};
constexpr std::array<ExitCodeSpec, 6> exit_codes = {
    ExitCodeSpec{0, "done"},
    ExitCodeSpec{1, "the answer is no: a layer has no legal mapping, check found errors"},
    ExitCodeSpec{2, "wrong usage or wrong input"},
    ExitCodeSpec{3, "a file cannot be read or written"},
    ExitCodeSpec{70, "internal error: a bug of ohmloop; the message says how to report it"},
    ExitCodeSpec{130, "interrupted"}};

}  // namespace

std::span<const CommandSpec> command_table() {
  static const std::array<CommandSpec, 15> commands = {run_spec(),     sweep_spec(),    study_spec(), plot_spec(),
                                                       report_spec(),  accuracy_spec(), map_spec(),   model_spec(),
                                                       convert_spec(), energy_spec(),   parts_spec(), show_spec(),
                                                       zoo_spec(),     check_spec(),    help_spec()};
  return commands;
}

const CommandSpec* find_command(std::string_view name) {
  for (const CommandSpec& command : command_table()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandSpec& command : command_table()) names.emplace_back(command.name);
  return names;
}

std::span<const OptionSpec> common_options() { return common; }

std::span<const OptionSpec> top_level_options() { return top_level; }

std::vector<const OptionSpec*> options_of(const CommandSpec* command) {
  std::vector<const OptionSpec*> options;
  if (command == nullptr) {
    for (const OptionSpec& option : top_level) options.push_back(&option);
    return options;
  }
  for (const OptionSpec& option : command->options) options.push_back(&option);
  for (const OptionSpec& option : common) options.push_back(&option);
  return options;
}

std::span<const ExitCodeSpec> exit_code_table() { return exit_codes; }

}  // namespace ohmloop
