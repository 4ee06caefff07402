#include "ohmloop/study/slurm_script.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/base/temporary_folder.hpp"

namespace ohmloop {
namespace {

/// What a shell prints for a script in a file.
std::string shell_output(const std::string& script) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/script";
  std::ofstream(path) << script;
  std::string output;
  FILE* const shell = ::popen(("sh " + path).c_str(), "r");
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) output += static_cast<char>(c);
  EXPECT_EQ(::pclose(shell), 0);
  return output;
}

const std::vector<std::string> hard_words = {"",       "'",  "''", "\\", "\\'", "$HOME", "`id`",
                                             "a\nb\n", "\"", "-n", "!",  "*",   "\t~"};

TEST(ShellWord, IsOneWordWithTheSameBytes) {
  for (const std::string& word : hard_words) {
    EXPECT_EQ(shell_output("printf '%s|' " + shell_word(word)), word + "|");
  }
}

RC_GTEST_PROP(ShellWord, HoldsForAnyWords, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::elementOf(std::string("'\\\"$`\n !*;&|<>#~")), rc::gen::inRange<char>(1, 127))));
  std::string script = "printf '%s|' x";
  std::string expected = "x|";
  for (const std::string& word : words) {
    script += " " + shell_word(word);
    expected += word + "|";
  }
  RC_ASSERT(shell_output(script) == expected);
}

TEST(SlurmScript, IsReadByAShellWhateverNamesAreLike) {
  for (const std::string& word : hard_words) {
    SlurmJobs jobs;
    jobs.program = word;
    jobs.study = word;
    jobs.name = word;
    jobs.folder = word;
    jobs.sbatch_options = {word};
    // No step: the values are set, the functions are read, nothing runs.
    EXPECT_EQ(
        shell_output("set -- none\n" + slurm_script(jobs) + "printf '%s|%s|%s' \"$program\" \"$study\" \"$folder\""),
        word + "|" + word + "|" + word);
  }
}

TEST(SlurmScript, SaysWhatItWasAskedFor) {
  SlurmJobs jobs;
  jobs.name = "a b/c";
  jobs.folder = "100%";
  jobs.quick = true;
  jobs.many_points = true;
  jobs.processors_per_task = 7;
  const std::string script = slurm_script(jobs);
  for (const char* part : {"--job-name=ohmloop-a_b_c ", "folder='100%'", "logs='100%%'", " --quick --yes ",
                           "--cpus-per-task=7 ", "--jobs=7 ", "restarts=3 "}) {
    EXPECT_NE(script.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace ohmloop
