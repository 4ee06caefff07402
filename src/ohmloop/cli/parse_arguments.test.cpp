#include "ohmloop/cli/parse_arguments.hpp"

#include <set>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using Words = std::vector<std::string>;

std::vector<Diagnostic> problems(const Words& words) {
  try {
    parse_arguments(words);
  } catch (const InputError& error) {
    return error.diagnostics();
  }
  return {};
}

std::string first_label(const Words& words) {
  const std::vector<Diagnostic> found = problems(words);
  return found.empty() ? "no problem" : found.front().label;
}

TEST(ParseArguments, ReadsEverySpellingOfAValue) {
  const ParsedArguments parsed = parse_arguments(
      Words{"run", "resnet18", "--arch", "isaac", "--batch=4", "-j", "2", "-oout", "--set", "a=1", "--set=b=2", "-q"});
  ASSERT_EQ(parsed.positional.size(), 1U);
  EXPECT_EQ(parsed.positional.front().text, "resnet18");
  EXPECT_EQ(parsed.value("arch"), "isaac");
  EXPECT_EQ(parsed.number("batch"), 4);
  EXPECT_EQ(parsed.number("jobs"), 2);
  EXPECT_EQ(parsed.value("out"), "out");
  EXPECT_TRUE(parsed.has("quiet"));
  ASSERT_EQ(parsed.values("set").size(), 2U);
  EXPECT_EQ(parsed.values("set")[1].text, "b=2");
}

TEST(ParseArguments, FillsInTheTablesDefaults) {
  const ParsedArguments parsed = parse_arguments(Words{"run", "resnet18", "--arch", "isaac"});
  EXPECT_EQ(parsed.value("objective"), "edp");
  EXPECT_EQ(parsed.number("batch"), 1);
  EXPECT_EQ(parsed.value("out"), std::nullopt);
  EXPECT_FALSE(parsed.has("objective"));
}

TEST(ParseArguments, ReadsShortSwitchesTogether) {
  const ParsedArguments parsed = parse_arguments(Words{"run", "resnet18", "-a", "isaac", "-qj3"});
  EXPECT_TRUE(parsed.has("quiet"));
  EXPECT_EQ(parsed.number("jobs"), 3);
}

TEST(ParseArguments, TakesWordsAfterTwoDashesAsTheyAre) {
  const ParsedArguments parsed = parse_arguments(Words{"check", "--", "-strange.yaml", "--help"});
  ASSERT_EQ(parsed.positional.size(), 2U);
  EXPECT_EQ(parsed.positional[0].text, "-strange.yaml");
  EXPECT_EQ(parsed.help, HelpRequest::none);
}

TEST(ParseArguments, KnowsBriefAndFullHelpWhateverElseIsWrong) {
  EXPECT_EQ(parse_arguments(Words{"run", "-h"}).help, HelpRequest::brief);
  EXPECT_EQ(parse_arguments(Words{"run", "--bogus", "--help"}).help, HelpRequest::full);
  EXPECT_EQ(parse_arguments(Words{"-h"}).command, nullptr);
  EXPECT_TRUE(parse_arguments(Words{"--version"}).version);
}

TEST(ParseArguments, SuggestsCommandsOptionsAndChoices) {
  EXPECT_EQ(first_label({"rnu", "resnet18"}), "did you mean 'run'?");
  EXPECT_EQ(first_label({"run", "resnet18", "--arhc", "isaac"}), "did you mean '--arch'?");
  EXPECT_EQ(first_label({"run", "resnet18", "--arch=isaac", "--format", "jsn"}), "did you mean 'json'?");
  EXPECT_EQ(first_label({"--versoin"}), "did you mean '--version'?");
}

TEST(ParseArguments, NeverTakesAnOptionForAValue) {
  const std::vector<Diagnostic> found = problems({"run", "resnet18", "--arch", "--batch", "4"});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().message, "option '--arch' needs a value");
}

TEST(ParseArguments, ReportsAllProblemsAtOnce) {
  const std::vector<Diagnostic> found = problems({"run", "--batch", "0", "--progress", "fancy", "--frob"});
  std::set<std::string> messages;
  for (const Diagnostic& one : found) messages.insert(one.message);
  EXPECT_EQ(found.size(), 5U);
  EXPECT_TRUE(messages.contains("option '--batch' needs a whole number of at least 1, not '0'"));
  EXPECT_TRUE(messages.contains("unknown value 'fancy' of option '--progress'"));
  EXPECT_TRUE(messages.contains("unknown option '--frob' of 'ohmloop run'"));
  EXPECT_TRUE(messages.contains("option '--arch ARCH' is missing"));
}

TEST(ParseArguments, RefusesWhatIsNoWholeNumber) {
  for (const char* value : {"-1", "2.5", "1e3", "four", "99999999999999999999", "4 ", ""}) {
    EXPECT_EQ(problems({"run", "resnet18", "-aisaac", std::string("--batch=") + value}).size(), 1U) << value;
  }
}

TEST(ParseArguments, RefusesOptionsGivenTwiceAndValuesOfSwitches) {
  EXPECT_EQ(problems({"zoo", "--format=csv", "--format=json"}).size(), 1U);
  EXPECT_EQ(problems({"run", "resnet18", "-aisaac", "--quiet=yes"}).size(), 1U);
}

TEST(ParseArguments, RefusesTooManyAndTooFewArguments) {
  EXPECT_EQ(problems({"zoo", "extra"}).size(), 1U);
  EXPECT_EQ(problems({"check"}).size(), 1U);
  EXPECT_TRUE(problems({"check", "a", "b", "c"}).empty());
}

TEST(ParseArguments, PointsAtTheWordThatIsWrong) {
  const std::vector<Diagnostic> found = problems({"zoo", "a b", "--fromat"});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().where.file->text, "ohmloop zoo 'a b' --fromat");
  EXPECT_EQ(found.front().where.column, 19U);
  EXPECT_EQ(found.front().where.length, 8U);
}

}  // namespace
}  // namespace ohmloop
