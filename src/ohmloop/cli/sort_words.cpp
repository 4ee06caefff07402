#include "ohmloop/cli/sort_words.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace ohmloop {

namespace {

bool looks_like_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9');
}

/// The word so that CLI11 sees in it what we do: it takes the next word for the value of "--name=", and "---x" or "-!"
/// for values.
std::string for_cli11(const std::string& word) {
  constexpr std::string_view no_name_begins_with = "-! \n";
  const std::size_t name = word.starts_with("--") ? 2 : 1;
  if (looks_like_option(word) && no_name_begins_with.find(word[name]) != std::string_view::npos) return "--?";
  return word.starts_with("--") && word.ends_with('=') ? word + '=' : word;
}

/// Lets CLI11 take the words apart. It tells neither where a word stood nor whether a value is empty or missing; both
/// follow from the words that it has left whenever it calls back.
class WordSorter {
 public:
  WordSorter(std::span<const std::string> words, std::span<const OptionSpec* const> options, SortExtent extent)
      : words_(words), end_(static_cast<std::size_t>(std::find(words.begin(), words.end(), "--") - words.begin())) {
    app_.set_help_flag();
    app_.allow_extras();
    app_.prefix_command(extent == SortExtent::to_first_argument);
    for (const OptionSpec* option : options) declare(*option);
  }

  SortedWords run() {
    for (std::size_t i = end_; i > 0; --i) left_.push_back(for_cli11(words_[i - 1]));
    app_.parse(left_);
    add_others_before(end_);
    for (std::size_t i = end_ + 1; i < words_.size(); ++i) sorted_.others.push_back({words_[i], i, false});
    return std::move(sorted_);
  }

 private:
  void declare(const OptionSpec& option) {
    std::string names = fmt::format("--{}", option.name);
    if (option.short_name != '\0') names += fmt::format(",-{}", option.short_name);
    CLI::Option* declared = app_.add_option(names, [this, &option](const CLI::results_t& values) {
      add_option(option, values.front());
      return true;
    });
    // A value may be missing, so that one run finds everything that is wrong.
    declared->expected(0, option.is_switch() ? 0 : 1);
    declared->trigger_on_parse();
  }

  /// CLI11 has just taken the option off the words, and its value: an empty one if there is none.
  void add_option(const OptionSpec& option, const std::string& value) {
    const std::size_t last = end_ - left_.size() - 1;
    const std::string& word = words_[last];
    const std::string attached = fmt::format("--{}=", option.name);
    TypedOption typed = {&option, {}, {}, last};
    bool next_word = false;
    if (word.starts_with(attached)) {
      typed.value = word.substr(attached.size());
    } else if (!option.is_switch()) {
      next_word = value == word;
      if (next_word || !value.empty()) typed.value = value;
    }
    const std::size_t first = next_word ? last - 1 : last;
    const bool is_long = words_[first].starts_with("--");
    typed.spelling = is_long ? fmt::format("--{}", option.name) : fmt::format("-{}", option.short_name);
    add_others_before(first);
    next_ = last + 1;
    sorted_.options.push_back(std::move(typed));
  }

  /// The words that nobody took since the last option. One more than there are words: the rest of that option's own
  /// word, as in "-qx".
  void add_others_before(std::size_t end) {
    const std::vector<std::string> texts = app_.remaining();
    std::size_t added = sorted_.others.size();
    std::size_t word = texts.size() - added > std::max(end, next_) - next_ ? next_ - 1 : next_;
    for (; added < texts.size(); ++added, ++word) {
      const std::string& text = word < next_ ? texts[added] : words_[word];
      sorted_.others.push_back({text, word, looks_like_option(text)});
    }
  }

  std::span<const std::string> words_;
  std::size_t end_;  ///< of the words that may be options
  std::size_t next_ = 0;
  std::vector<std::string> left_;
  CLI::App app_;
  SortedWords sorted_;
};

}  // namespace

SortedWords sort_words(std::span<const std::string> words, std::span<const OptionSpec* const> options,
                       SortExtent extent) {
  SortedWords sorted = WordSorter(words, options, extent).run();
  if (extent == SortExtent::to_first_argument) {
    const auto argument =
        std::find_if(sorted.others.begin(), sorted.others.end(), [](const OtherWord& word) { return !word.is_option; });
    if (argument != sorted.others.end()) sorted.others.erase(argument + 1, sorted.others.end());
  }
  return sorted;
}

}  // namespace ohmloop
