#include "ohmloop/cli/parse_arguments.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/cli/sort_words.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

bool needs_quotes(const std::string& word) {
  if (word.empty()) return true;
  return word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%") !=
         std::string::npos;
}

/// One line of printable text, so that a diagnostic can show it whatever was typed.
std::string quoted(const std::string& word) {
  if (!needs_quotes(word)) return word;
  std::string text = "'";
  for (const char c : word) text += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
  return text + "'";
}

std::string spelling(const OptionSpec& option) { return fmt::format("--{}", option.name); }

std::vector<std::string> as_strings(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

class Parser {
 public:
  explicit Parser(std::span<const std::string> arguments) : arguments_(arguments) {
    source_ = command_line_source(arguments, words_);
  }

  ParsedArguments run() {
    std::size_t rest = arguments_.size();
    const SortedWords top = sort_words(arguments_, options_of(nullptr), SortExtent::to_first_argument);
    read(top, 0);
    if (!top.others.empty() && !top.others.back().is_option) rest = read_command(top.others.back());
    read(sort_words(arguments_.subspan(rest), options_of(result_.command), SortExtent::all_words), rest);
    if (result_.help == HelpRequest::none && !result_.version) {
      check_arguments();
      diagnostics_.throw_if_errors();
    }
    return std::move(result_);
  }

 private:
  /// The words from number `first` on, in their order.
  void read(const SortedWords& sorted, std::size_t first) {
    auto other = sorted.others.begin();
    for (const TypedOption& option : sorted.options) {
      for (; other != sorted.others.end() && other->word < option.word; ++other) read_other(*other, first);
      read_option(option, words_[first + option.word]);
    }
    for (; other != sorted.others.end(); ++other) read_other(*other, first);
  }

  void read_other(const OtherWord& other, std::size_t first) {
    const SourceSpan& where = words_[first + other.word];
    if (other.is_option) {
      report_unknown(other.text.substr(0, other.text.starts_with("--") ? other.text.find('=') : 2), where);
    } else if (result_.command != nullptr) {
      result_.positional.push_back({other.text, where});
    }
  }

  /// Returns the index of the word behind the command.
  std::size_t read_command(const OtherWord& word) {
    result_.command = find_command(word.text);
    if (result_.command == nullptr) {
      unknown_command_ = true;
      const std::vector<std::string> names = command_names();
      diagnostics_.error(fmt::format("unknown command '{}'", word.text), words_[word.word],
                         did_you_mean(word.text, names), {"commands: " + list_names(names)});
    }
    return word.word + 1;
  }

  void read_option(const TypedOption& typed, const SourceSpan& where) {
    const OptionSpec& option = *typed.option;
    if (option.is_switch() && typed.value) {
      diagnostics_.error(fmt::format("option '{}' takes no value", typed.spelling), where);
    } else if (option.name == "help") {
      result_.help = typed.spelling == "-h" ? HelpRequest::brief : HelpRequest::full;
    } else if (option.name == "version") {
      result_.version = true;
    } else if (option.is_switch()) {
      result_.options[option.name].push_back({"", where});
    } else if (typed.value) {
      add_value(option, {*typed.value, where});
    } else {
      mentioned_.insert(spelling(option));
      diagnostics_.error(fmt::format("option '{}' needs a value", typed.spelling), where,
                         fmt::format("write {} {}", typed.spelling, option.value_name));
    }
  }

  void add_value(const OptionSpec& option, ArgumentText value) {
    std::vector<ArgumentText>& values = result_.options[option.name];
    if (!values.empty() && !option.repeatable) {
      diagnostics_.error(fmt::format("option '{}' is given twice", spelling(option)), value.where);
      return;
    }
    check_value(option, value);
    values.push_back(std::move(value));
  }

  void check_value(const OptionSpec& option, const ArgumentText& value) {
    if (!option.choices.empty()) {
      const std::vector<std::string> choices = as_strings(option.choices);
      if (std::find(choices.begin(), choices.end(), value.text) != choices.end()) return;
      diagnostics_.error(fmt::format("unknown value '{}' of option '{}'", value.text, spelling(option)), value.where,
                         did_you_mean(value.text, choices), {"choices: " + list_names(choices)});
    } else if (option.is_number()) {
      std::int64_t number = 0;
      const char* end = value.text.data() + value.text.size();
      const auto [stop, error] = std::from_chars(value.text.data(), end, number);
      if (error == std::errc() && stop == end && number >= option.minimum) return;
      if (error == std::errc::result_out_of_range && stop == end) {
        diagnostics_.error(fmt::format("the value of option '{}' does not fit in 64 bits", spelling(option)),
                           value.where);
        return;
      }
      diagnostics_.error(fmt::format("option '{}' needs a whole number of at least {}, not '{}'", spelling(option),
                                     option.minimum, value.text),
                         value.where);
    } else if (value.text.empty()) {
      diagnostics_.error(fmt::format("the value of option '{}' is empty", spelling(option)), value.where);
    }
  }

  void report_unknown(const std::string& typed, const SourceSpan& where) {
    if (unknown_command_) return;
    std::vector<std::string> names;
    for (const OptionSpec* option : options_of(result_.command)) names.push_back(spelling(*option));
    const std::string of = result_.command == nullptr ? "" : fmt::format(" of 'ohmloop {}'", result_.command->name);
    diagnostics_.error(fmt::format("unknown option '{}'{}", typed, of), where, did_you_mean(typed, names),
                       {"options: " + list_names(names)});
    unknown_option_ = true;
    if (const std::optional<std::string> meant = nearest_name(typed, names)) mentioned_.insert(*meant);
  }

  void check_arguments() {
    if (unknown_command_) return;
    if (result_.command == nullptr) {
      diagnostics_.error("no command is given", {}, {}, {"commands: " + list_names(command_names())});
      return;
    }
    check_positional();
    for (const OptionSpec& option : result_.command->options) {
      if (!option.required || result_.has(option.name) || mentioned_.contains(spelling(option))) continue;
      diagnostics_.error(fmt::format("option '{} {}' is missing", spelling(option), option.value_name), {}, {},
                         {fmt::format("{} is {}", option.value_name, option.help)});
    }
  }

  void check_positional() {
    const std::span<const PositionalSpec> expected = result_.command->arguments;
    const std::size_t given = result_.positional.size();
    for (std::size_t i = given; i < expected.size(); ++i) {
      if (!expected[i].required) continue;
      diagnostics_.error(
          fmt::format("'ohmloop {}' needs {}: {}", result_.command->name, expected[i].name, expected[i].help), {});
    }
    // A word too many may be the value of the option that is not known.
    if (unknown_option_ || (!expected.empty() && expected.back().repeatable)) return;
    for (std::size_t i = expected.size(); i < given; ++i) {
      diagnostics_.error(fmt::format("unexpected argument '{}'", result_.positional[i].text),
                         result_.positional[i].where);
    }
  }

  std::span<const std::string> arguments_;
  SourceFilePtr source_;
  std::vector<SourceSpan> words_;
  bool unknown_command_ = false;
  bool unknown_option_ = false;
  std::set<std::string> mentioned_;  ///< options that were meant, but misspelt or without their value
  ParsedArguments result_;
  Diagnostics diagnostics_;
};

}  // namespace

ParsedArguments parse_arguments(std::span<const std::string> arguments) { return Parser(arguments).run(); }

SourceFilePtr command_line_source(std::span<const std::string> arguments, std::vector<SourceSpan>& words) {
  auto source = std::make_shared<SourceFile>();
  source->path = "command line";
  source->text = "ohmloop";
  for (const std::string& argument : arguments) {
    source->text += ' ';
    const std::string word = quoted(argument);
    words.push_back({source, 1, source->text.size() + 1, word.size()});
    source->text += word;
  }
  return source;
}

std::optional<std::string> ParsedArguments::value(std::string_view option) const {
  if (const auto given = options.find(option); given != options.end() && !given->second.empty()) {
    return given->second.back().text;
  }
  for (const OptionSpec* known : options_of(command)) {
    if (known->name == option && !known->default_value.empty()) return std::string(known->default_value);
  }
  return std::nullopt;
}

std::optional<std::int64_t> ParsedArguments::number(std::string_view option) const {
  const std::optional<std::string> text = value(option);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  OHM_CHECK(error == std::errc() && stop == text->data() + text->size(), "the parser checks numbers");
  return number;
}

std::vector<ArgumentText> ParsedArguments::values(std::string_view option) const {
  const auto given = options.find(option);
  return given == options.end() ? std::vector<ArgumentText>{} : given->second;
}

}  // namespace ohmloop
