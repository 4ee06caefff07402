#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/cli/option_table.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/placed_text.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// A word of the command line.
using ArgumentText = PlacedText;

enum class HelpRequest { none, brief, full };

/// What was typed: pure and cheap, no file was touched.
struct ParsedArguments {
  const CommandSpec* command = nullptr;  ///< null: no command was given
  HelpRequest help = HelpRequest::none;
  bool version = false;
  std::vector<ArgumentText> positional;
  std::map<std::string_view, std::vector<ArgumentText>> options;  ///< by name; a switch has an empty text

  [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
  /// The last value given, else the table's default; nothing if there is neither.
  [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view option) const;
  /// All values of a repeatable option.
  [[nodiscard]] std::vector<ArgumentText> values(std::string_view option) const;
};

/// Reads "run resnet18 --arch isaac" (the program's name is not in it) by the option table: "--name value",
/// "--name=value", "-n value", "-nvalue", "--" before words that begin with a dash. Throws one InputError with
/// everything that is wrong: unknown commands, options and choices (with a suggestion), missing values and arguments.
/// Once help was asked for, nothing else is wrong.
ParsedArguments parse_arguments(std::span<const std::string> arguments);

/// The command line as a source file, for diagnostics; words are quoted where a shell would need it.
SourceFilePtr command_line_source(std::span<const std::string> arguments, std::vector<SourceSpan>& words);

}  // namespace ohmloop
