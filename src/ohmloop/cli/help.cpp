#include "ohmloop/cli/help.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace ohmloop {

namespace {

constexpr std::size_t line_width = 100;

/// Words of `text` in lines that begin with `indent` spaces; the first line's indent is already there.
std::string wrap(std::string_view text, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (column > indent && column + 1 + word.size() > line_width) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

using Row = std::pair<std::string, std::string>;

/// Two columns, the right one wrapped.
std::string two_columns(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.first.size());
  std::string text;
  for (const auto& [left, right] : rows) {
    text += fmt::format("  {:<{}}  {}\n", left, width, wrap(right, width + 4));
  }
  return text;
}

std::string usage_of(const PositionalSpec& argument) {
  const std::string name = fmt::format("{}{}", argument.name, argument.repeatable ? "..." : "");
  return argument.required ? name : fmt::format("[{}]", name);
}

std::string usage(const CommandSpec& command) {
  std::string text = fmt::format("ohmloop {}", command.name);
  for (const PositionalSpec& argument : command.arguments) text += fmt::format(" {}", usage_of(argument));
  for (const OptionSpec& option : command.options) {
    if (option.required) text += fmt::format(" --{} {}", option.name, option.value_name);
  }
  return text + " [options]";
}

std::string left_column(const OptionSpec& option) {
  const std::string shorter = option.short_name == '\0' ? "    " : fmt::format("-{}, ", option.short_name);
  const std::string value = option.is_switch() ? "" : fmt::format(" {}", option.value_name);
  return fmt::format("{}--{}{}", shorter, option.name, value);
}

/// "; one of a, b (default a)" as far as it applies.
std::string facts(const OptionSpec& option) {
  std::string text;
  if (!option.choices.empty()) text += fmt::format("; one of {}", fmt::join(option.choices, ", "));
  if (option.required) text += " (required)";
  if (!option.default_value.empty()) text += fmt::format(" (default {})", option.default_value);
  if (option.repeatable) text += "; may be repeated";
  return text;
}

/// More does not fit beside an option's name.
constexpr std::size_t brief_width = 70;

/// In full, or on one line if need be without the choices and the default.
std::string sentence(const OptionSpec& option, bool full) {
  std::string text = fmt::format("{}{}", option.help, facts(option));
  if (!full && text.size() > brief_width && !option.required) text = option.help;
  if (full && !option.details.empty()) text += fmt::format(". {}", option.details);
  return text;
}

std::string option_section(const std::vector<const OptionSpec*>& options, bool full) {
  std::vector<Row> rows;
  for (const OptionSpec* option : options) rows.emplace_back(left_column(*option), sentence(*option, full));
  return "\nOptions:\n" + two_columns(rows);
}

std::string command_section() {
  std::vector<Row> rows;
  for (const CommandSpec& command : command_table()) rows.emplace_back(command.name, command.help);
  return "\nCommands:\n" + two_columns(rows);
}

std::string exit_code_section() {
  std::vector<Row> rows;
  for (const ExitCodeSpec& spec : exit_code_table()) rows.emplace_back(std::to_string(spec.code), spec.help);
  return "\nExit codes:\n" + two_columns(rows);
}

std::string indented(std::string_view text, std::string_view indent) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += fmt::format("{}{}\n", indent, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string example_section(const CommandSpec& command) {
  if (command.examples.empty()) return "";
  std::string text = "\nExamples:\n";
  for (const ExampleSpec& example : command.examples) {
    text += fmt::format("  $ {}\n{}", example.command, indented(example.output, "  "));
  }
  return text;
}

std::string markdown_options(const std::vector<const OptionSpec*>& options) {
  std::string text = "\n| option | meaning |\n| --- | --- |\n";
  for (const OptionSpec* option : options) {
    const std::string left = left_column(*option);
    text += fmt::format("| `{}` | {} |\n", left.substr(left.find_first_not_of(' ')), sentence(*option, true));
  }
  return text;
}

std::string markdown(const CommandSpec& command) {
  std::string text =
      fmt::format("\n## {}\n`{}`\n\nTo {}. {}\n", command.name, usage(command), command.help, command.details);
  if (!command.arguments.empty()) text += "\n| argument | meaning |\n| --- | --- |\n";
  for (const PositionalSpec& argument : command.arguments) {
    text += fmt::format("| `{}` | {} |\n", usage_of(argument), argument.help);
  }
  if (!command.options.empty()) {
    std::vector<const OptionSpec*> own;
    for (const OptionSpec& option : command.options) own.push_back(&option);
    text += markdown_options(own);
  }
  for (const ExampleSpec& example : command.examples) {
    text += fmt::format("\n```\n$ {}\n{}```\n", example.command, example.output);
  }
  return text;
}

}  // namespace

std::string help_text(bool full) {
  std::string text =
      "ohmloop COMMAND [options]\n"
      "What a neural network costs on an accelerator: energy, latency, area and utilisation.\n";
  text += command_section() + option_section(options_of(nullptr), full);
  if (full) text += exit_code_section();
  text += "\nBegin with:  ohmloop run resnet18 --arch isaac\n";
  return text + "More:        ohmloop help COMMAND\n";
}

std::string help_text(const CommandSpec& command, bool full) {
  std::string text = fmt::format("{}\n{}\n", usage(command), wrap(fmt::format("To {}.", command.help), 0));
  if (full && !command.details.empty()) text += wrap(command.details, 0) + "\n";
  if (!command.arguments.empty()) {
    std::vector<Row> rows;
    for (const PositionalSpec& argument : command.arguments) rows.emplace_back(argument.name, argument.help);
    text += "\nArguments:\n" + two_columns(rows);
  }
  text += option_section(options_of(&command), full);
  return full ? text + example_section(command) + exit_code_section() : text;
}

std::string reference_markdown() {
  std::string text =
      "# The command line\n"
      "Made from the option table by `ohmloop help --markdown`; a test compares the two.\n\n"
      "Results go to standard output, everything else (progress, warnings, errors) to standard error. A reader that "
      "closes the pipe early is no error.\n\n"
      "Every command also has:\n";
  std::vector<const OptionSpec*> common;
  for (const OptionSpec& option : common_options()) common.push_back(&option);
  text += markdown_options(common) + "\n| exit code | meaning |\n| --- | --- |\n";
  for (const ExitCodeSpec& spec : exit_code_table()) text += fmt::format("| {} | {} |\n", spec.code, spec.help);
  for (const CommandSpec& command : command_table()) text += markdown(command);
  return text;
}

}  // namespace ohmloop
