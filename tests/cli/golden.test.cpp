// Compares every transcript in tests/cli/transcripts with what the program says today. README.md tells the format.
#include <algorithm>
#include <filesystem>
#include <sstream>

#include "fixtures.hpp"
#include <gtest/gtest.h>

#include "ohmloop/cli/version.hpp"

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;

const fs::path transcripts = OHMLOOP_SOURCE_DIR "/tests/cli/transcripts";

/// Words of a line, with '...' for words that hold spaces.
std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool started = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      started = true;
    } else if (c == ' ' && !quoted) {
      if (started) words.push_back(word);
      word.clear();
      started = false;
    } else {
      word += c;
      started = true;
    }
  }
  if (started) words.push_back(word);
  return words;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Numbers become '#' ("1,234.5", "1.2e-07"; digits within words stay), runs of spaces one space, rules one dash.
std::string without_numbers(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char before = result.empty() ? '\n' : result.back();
    const bool starts_number = is_digit(text[i]) && (before == ' ' || before == '\n' || before == '(' || before == ',');
    if (starts_number) {
      while (i + 1 < text.size() &&
             (is_digit(text[i + 1]) || std::string(".,e-+").find(text[i + 1]) != std::string::npos)) {
        ++i;
      }
      result += '#';
      if (text[i] == ',' || text[i] == '.') result += text[i];
    } else if ((text[i] != ' ' && text[i] != '-') || before != text[i]) {
      result += text[i];
    }
  }
  return result;
}

std::string without_version(std::string text) {
  const ToolVersion tool = tool_version();
  for (const auto& [value, name] : {std::pair(to_string(tool), std::string("ohmloop VERSION (commit COMMIT)"))}) {
    for (std::size_t at = text.find(value); at != std::string::npos; at = text.find(value)) {
      text.replace(at, value.size(), name);
    }
  }
  return text;
}

std::string prefixed(const std::string& text, const std::string& prefix) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    result += line.empty() ? prefix + "\n" : prefix + " " + line + "\n";
  return result;
}

/// Runs the command of a "$ ohmloop ..." line and writes down what happened.
std::string transcript_of(const std::string& command_line) {
  const bool approximate = command_line.starts_with("$~");
  std::vector<std::string> words = split_words(command_line.substr(command_line.find("ohmloop")));
  words.erase(words.begin());
  const Playground playground;
  Outcome outcome = ohmloop(words);
  if (approximate) {
    outcome.out = without_numbers(outcome.out);
    outcome.err = without_numbers(outcome.err);
  }
  return command_line + "\nexit " + std::to_string(outcome.exit_code) + "\n" +
         prefixed(without_version(outcome.out), ">") + prefixed(without_version(outcome.err), "!");
}

/// The transcript as it would be written today: comments and empty lines stay, everything else is made anew.
std::string renewed(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$")) {
      result += transcript_of(line);
    } else if (line.empty() || line.starts_with("#")) {
      result += line + "\n";
    }
  }
  return result;
}

std::vector<std::string> transcript_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(transcripts)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class Transcript : public ::testing::TestWithParam<std::string> {};

TEST_P(Transcript, IsWhatTheProgramSays) {
  const std::string text = read_text(transcripts / (GetParam() + ".txt"));
  EXPECT_NE(text.find("\n$"), std::string::npos) << "a transcript without commands";
  EXPECT_EQ(text, renewed(text)) << "if the change is intended: test_cli_golden --update";
}

INSTANTIATE_TEST_SUITE_P(Cli, Transcript, ::testing::ValuesIn(transcript_names()), [](const auto& suite) {
  std::string name = suite.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace

static void update_transcripts() {
  for (const std::string& name : transcript_names()) {
    const fs::path path = transcripts / (name + ".txt");
    write_text(path, renewed(read_text(path)));
  }
}

}  // namespace ohmloop::test

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "--update") {
    ohmloop::test::update_transcripts();
    return 0;
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
