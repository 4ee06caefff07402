#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/cli/option_table.hpp"

namespace ohmloop {

/// An option as it stands on the command line.
struct TypedOption {
  const OptionSpec* option = nullptr;
  std::string spelling;              ///< "--arch" or "-a"
  std::optional<std::string> value;  ///< nothing if none was given; of a switch: what follows its '='
  std::size_t word = 0;              ///< index of the word that holds the value, else of the option's
};

/// What is neither a known option nor its value: a command, an argument, or an option that nobody knows.
struct OtherWord {
  std::string text;  ///< the word; of "-qx" with an unknown x: "-x"
  std::size_t word = 0;
  bool is_option = false;
};

struct SortedWords {
  std::vector<TypedOption> options;  ///< in the order of the words, as `others`
  std::vector<OtherWord> others;
};

enum class SortExtent {
  all_words,
  to_first_argument  ///< the first word that is neither an option nor a value is the last that counts
};

/// Finds options and their values in the words: "--name value", "--name=value", "-n value", "-nvalue", switches
/// together as in "-qn value"; "--" before words that are no options. "-8" may be a value, "-x" never. Nothing is an
/// error here: what nobody knows and what lacks its value is told as it stands.
SortedWords sort_words(std::span<const std::string> words, std::span<const OptionSpec* const> options,
                       SortExtent extent);

}  // namespace ohmloop
