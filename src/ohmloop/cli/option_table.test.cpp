#include "ohmloop/cli/option_table.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "ohmloop/cli/help.hpp"

namespace ohmloop {
namespace {

template <class Check>
void for_each_option(Check check) {
  for (const CommandSpec& command : command_table()) {
    for (const OptionSpec* option : options_of(&command)) check(command, *option);
  }
}

TEST(OptionTable, NamesAreUniqueWithinACommand) {
  for (const CommandSpec& command : command_table()) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for (const OptionSpec* option : options_of(&command)) {
      EXPECT_TRUE(names.insert(option->name).second) << command.name << " --" << option->name;
      if (option->short_name != '\0') {
        EXPECT_TRUE(letters.insert(option->short_name).second) << command.name << " -" << option->short_name;
      }
    }
  }
}

TEST(OptionTable, DefaultsAreAllowedValues) {
  for_each_option([](const CommandSpec& command, const OptionSpec& option) {
    if (option.choices.empty() || option.default_value.empty()) return;
    EXPECT_NE(std::find(option.choices.begin(), option.choices.end(), option.default_value), option.choices.end())
        << command.name << " --" << option.name;
  });
}

TEST(OptionTable, SwitchesHaveNeitherChoicesNorDefaults) {
  for_each_option([](const CommandSpec& command, const OptionSpec& option) {
    if (!option.is_switch()) return;
    EXPECT_TRUE(option.choices.empty() && option.default_value.empty() && !option.is_number())
        << command.name << " --" << option.name;
  });
}

TEST(OptionTable, EverythingIsExplained) {
  for (const CommandSpec& command : command_table()) {
    EXPECT_FALSE(command.help.empty()) << command.name;
    EXPECT_FALSE(command.details.empty()) << command.name;
    EXPECT_TRUE(command.name == "help" || command.examples.size() >= 2) << command.name;
    for (const PositionalSpec& argument : command.arguments) EXPECT_FALSE(argument.help.empty()) << command.name;
  }
  for_each_option([](const CommandSpec& command, const OptionSpec& option) {
    EXPECT_FALSE(option.help.empty()) << command.name << " --" << option.name;
  });
}

TEST(Help, BriefHelpFitsOneScreenAndNamesEveryOption) {
  for (const CommandSpec& command : command_table()) {
    const std::string text = help_text(command, false);
    // A screen, or a line for every option where there are more.
    const auto options = static_cast<std::ptrdiff_t>(options_of(&command).size());
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), std::max<std::ptrdiff_t>(24, options + 8)) << text;
    for (const OptionSpec* option : options_of(&command)) {
      EXPECT_NE(text.find("--" + std::string(option->name)), std::string::npos) << command.name << " " << option->name;
    }
  }
  const std::string text = help_text(false);
  const auto commands = static_cast<std::ptrdiff_t>(command_table().size());
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), std::max<std::ptrdiff_t>(24, commands + 12)) << text;
}

TEST(Help, FullHelpShowsExamplesAndExitCodes) {
  const std::string text = help_text(*find_command("run"), true);
  EXPECT_NE(text.find("$ ohmloop run resnet18"), std::string::npos);
  EXPECT_NE(text.find("130  interrupted"), std::string::npos);
}

TEST(Help, StaysWithinAHundredColumnsOutsideOfExamples) {
  for (const CommandSpec& command : command_table()) {
    std::string text = help_text(command, true);
    text = text.substr(0, text.find("\nExamples:"));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      EXPECT_LE(end - begin, 100U) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(ReferencePage, IsWhatTheOptionTableSays) {
  std::ifstream file(OHMLOOP_SOURCE_DIR "/docs/cli.md");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), reference_markdown()) << "run: ohmloop help --markdown > docs/cli.md";
}

}  // namespace
}  // namespace ohmloop
