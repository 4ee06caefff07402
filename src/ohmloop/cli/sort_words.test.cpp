#include "ohmloop/cli/sort_words.hpp"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace ohmloop {
namespace {

using Words = std::vector<std::string>;

SortedWords sorted(const Words& words, SortExtent extent = SortExtent::all_words) {
  return sort_words(words, options_of(find_command("run")), extent);
}

std::string written(const TypedOption& typed) {
  return typed.spelling + (typed.value ? " '" + *typed.value + "'" : "") + " @" + std::to_string(typed.word);
}

Words options(const Words& words) {
  Words texts;
  for (const TypedOption& typed : sorted(words).options) texts.push_back(written(typed));
  return texts;
}

Words others(const Words& words, SortExtent extent = SortExtent::all_words) {
  Words texts;
  for (const OtherWord& other : sorted(words, extent).others) {
    texts.push_back((other.is_option ? "option " : "") + other.text + " @" + std::to_string(other.word));
  }
  return texts;
}

TEST(SortWords, FindsEverySpellingOfAValueAndItsPlace) {
  EXPECT_EQ(options({"a", "--arch", "x", "--arch=y", "-a", "z", "b", "-aw"}),
            (Words{"--arch 'x' @2", "--arch 'y' @3", "-a 'z' @5", "-a 'w' @7"}));
  EXPECT_EQ(others({"a", "--arch", "x", "-a", "z", "b"}), (Words{"a @0", "b @5"}));
}

TEST(SortWords, TellsEmptyValuesFromMissingOnes) {
  EXPECT_EQ(options({"--arch=", "x"}), Words{"--arch '' @0"});
  EXPECT_EQ(others({"--arch=", "x"}), Words{"x @1"});
  EXPECT_EQ(options({"--arch", ""}), Words{"--arch '' @1"});
  EXPECT_EQ(options({"--arch", "--quiet"}), (Words{"--arch @0", "--quiet @1"}));
  EXPECT_EQ(options({"-a", "--", "x"}), Words{"-a @0"});
  EXPECT_EQ(options({"--quiet=yes", "--quiet="}), (Words{"--quiet 'yes' @0", "--quiet '' @1"}));
}

TEST(SortWords, TakesNegativeNumbersForValuesButNoOption) {
  EXPECT_EQ(options({"--batch", "-1", "-j", "-x"}), (Words{"--batch '-1' @1", "-j @2"}));
  EXPECT_EQ(options({"--out", "-"}), Words{"--out '-' @1"});
}

TEST(SortWords, KeepsPlacesWithinWordsOfShortOptions) {
  EXPECT_EQ(options({"-qj2", "-qj", "3"}), (Words{"-q @0", "-j '2' @0", "-q @1", "-j '3' @2"}));
  EXPECT_EQ(others({"-qx", "-x", "n", "-xq"}), (Words{"option -x @0", "option -x @1", "n @2", "option -xq @3"}));
}

TEST(SortWords, LeavesWordsAfterTwoDashesAlone) {
  EXPECT_EQ(others({"a", "--", "--arch", "--", "-q"}), (Words{"a @0", "--arch @2", "-- @3", "-q @4"}));
  EXPECT_EQ(options({"a", "--", "--arch", "-q"}), Words{});
}

TEST(SortWords, EndsAtTheFirstArgumentOnRequest) {
  EXPECT_EQ(others({"--bogus", "-q", "run", "--arch", "x"}, SortExtent::to_first_argument),
            (Words{"option --bogus @0", "run @2"}));
  EXPECT_EQ(sorted({"-q", "run", "--arch", "x"}, SortExtent::to_first_argument).options.size(), 1U);
}

TEST(SortWords, EveryWordHasItsPlaceWhateverIsTyped) {
  const Words alphabet = {"--arch", "--arch=", "--arch=isaac", "-a",      "-aisaac", "-q",        "-qj", "-qx",
                          "-qj3",   "--quiet", "-5",           "--batch", "++",      "-",         "--",  "",
                          "%%",     "{}",      "[a,b]",        "---x",    "-!",      "--set=a=b", "run", "'x y'"};
  rc::check([&] {
    const auto words = *rc::gen::container<Words>(rc::gen::elementOf(alphabet));
    std::map<std::size_t, int> seen;
    const SortedWords all = sorted(words);
    for (const TypedOption& typed : all.options) {
      ++seen[typed.word];
      if (!typed.value || !words[typed.word].ends_with(*typed.value)) {
        RC_ASSERT(!typed.value.has_value());
        RC_ASSERT(words[typed.word].starts_with("-"));
      }
      if (typed.value && *typed.value == words[typed.word]) ++seen[typed.word - 1];
    }
    for (const OtherWord& other : all.others) {
      ++seen[other.word];
      RC_ASSERT(words[other.word].ends_with(other.is_option ? other.text.substr(1) : other.text));
    }
    for (std::size_t i = 0; i < words.size(); ++i) RC_ASSERT(words[i] == "--" || seen[i] > 0);
  });
}

}  // namespace
}  // namespace ohmloop
