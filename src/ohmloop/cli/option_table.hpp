#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// One option of a command. Parsing, help, docs/cli.md and suggestions all read it.
struct OptionSpec {
  std::string_view name;             ///< without dashes: "arch"
  char short_name = '\0';            ///< 'o' for "-o"; none if zero
  std::string_view value_name = {};  ///< "DIR"; empty for a switch
  bool required = false;
  bool repeatable = false;
  std::string_view default_value = {};             ///< as a user would write it; empty if there is none
  std::span<const std::string_view> choices = {};  ///< the only values allowed; empty: any
  std::int64_t minimum = INT64_MIN;                ///< set: the value is a whole number of at least this
  std::string_view help;                           ///< one line, for -h
  std::string_view details = {};                   ///< further sentences, for --help

  [[nodiscard]] bool is_switch() const { return value_name.empty(); }
  [[nodiscard]] bool is_number() const { return minimum != INT64_MIN; }
};

/// A positional argument.
struct PositionalSpec {
  std::string_view name;  ///< "NETWORK"
  std::string_view help;
  bool required = true;
  bool repeatable = false;
};

struct ExampleSpec {
  std::string_view command;
  std::string_view output;  ///< all that it prints, which tests/cli holds it to
};

struct CommandSpec {
  std::string_view name;
  std::string_view help;     ///< one line
  std::string_view details;  ///< paragraphs for --help
  std::span<const PositionalSpec> arguments;
  std::span<const OptionSpec> options;  ///< its own ones; `common_options` come on top
  std::span<const ExampleSpec> examples;
};

/// All commands, in the order of the help.
std::span<const CommandSpec> command_table();
const CommandSpec* find_command(std::string_view name);
std::vector<std::string> command_names();

/// Options that every command has.
std::span<const OptionSpec> common_options();
/// Options without a command: --version, --help.
std::span<const OptionSpec> top_level_options();

/// Own and common options of a command; the top-level ones for null.
std::vector<const OptionSpec*> options_of(const CommandSpec* command);

/// What the exit codes mean, in the order of their numbers.
struct ExitCodeSpec {
  int code = 0;
  std::string_view help;
};
std::span<const ExitCodeSpec> exit_code_table();

}  // namespace ohmloop
