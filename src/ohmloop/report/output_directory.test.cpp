#include "ohmloop/report/output_directory.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/base/temporary_folder.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

class OutputDirectoryTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      names.push_back(fs::relative(entry.path(), root_).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  static std::string text_of(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  const TemporaryFolder temporary_;
  const fs::path root_ = temporary_.path();
};

using Names = std::vector<std::string>;

TEST_F(OutputDirectoryTest, HasAllFilesAfterCommit) {
  {
    OutputDirectory directory((root_ / "a/b/").string());
    directory.add("result.json", "{}\n");
    directory.add("mappings/conv1.txt", "for M\n");
    directory.commit();
  }
  EXPECT_EQ(files(), (Names{"a", "a/b", "a/b/mappings", "a/b/mappings/conv1.txt", "a/b/result.json"}));
  EXPECT_EQ(text_of(root_ / "a/b/mappings/conv1.txt"), "for M\n");
}

TEST_F(OutputDirectoryTest, LeavesNothingBehindWithoutCommit) {
  {
    OutputDirectory directory((root_ / "a/b").string());
    directory.add("result.json", "{}\n");
  }
  EXPECT_EQ(files(), Names{});
}

TEST_F(OutputDirectoryTest, KeepsWhatWasThereWithoutCommit) {
  std::ofstream(root_ / "result.json") << "old";
  {
    OutputDirectory directory(root_.string());
    directory.add("result.json", "new");
  }
  EXPECT_EQ(files(), Names{"result.json"});
  EXPECT_EQ(text_of(root_ / "result.json"), "old");
}

TEST_F(OutputDirectoryTest, ReplacesFilesOfAnEarlierRun) {
  std::ofstream(root_ / "result.json") << "old";
  OutputDirectory directory(root_.string());
  directory.add("result.json", "new");
  directory.commit();
  EXPECT_EQ(text_of(root_ / "result.json"), "new");
}

TEST_F(OutputDirectoryTest, RefusesAFileInItsPlace) {
  std::ofstream(root_ / "out") << "a file";
  EXPECT_THROW(OutputDirectory((root_ / "out").string()), FileError);
  EXPECT_THROW(OutputDirectory((root_ / "out/deeper").string()), FileError);
}

TEST_F(OutputDirectoryTest, MovesNoFileIfADirectoryStandsInTheWay) {
  fs::create_directories(root_ / "layers.csv");
  {
    OutputDirectory directory(root_.string());
    directory.add("a.json", "{}");
    directory.add("layers.csv", "layer\n");
    EXPECT_THROW(directory.commit(), FileError);
  }
  EXPECT_EQ(files(), Names{"layers.csv"});
}

TEST_F(OutputDirectoryTest, SparesFilesThatOthersPutThere) {
  {
    OutputDirectory directory((root_ / "a").string());
    std::ofstream(root_ / "a/notes.txt") << "mine";
  }
  EXPECT_EQ(files(), (Names{"a", "a/notes.txt"}));
}

TEST_F(OutputDirectoryTest, RemovesTheSeriesOfAnEarlierRunButNoNotes) {
  fs::create_directories(root_ / "mappings");
  for (const char* name : {"old.txt", "old.yaml", "conv1.txt", "conv1.yaml", "notes.txt", "mine.yaml"}) {
    std::ofstream(root_ / "mappings" / name) << "old";
  }
  OutputDirectory directory(root_.string());
  directory.replace_series("mappings", {".txt", ".yaml"});
  directory.add("mappings/conv1.txt", "new");
  directory.add("mappings/conv1.yaml", "new");
  directory.commit();
  EXPECT_FALSE(fs::exists(root_ / "mappings/old.txt"));
  EXPECT_FALSE(fs::exists(root_ / "mappings/old.yaml"));
  EXPECT_EQ(text_of(root_ / "mappings/conv1.txt"), "new");
  EXPECT_TRUE(fs::exists(root_ / "mappings/notes.txt"));
  EXPECT_TRUE(fs::exists(root_ / "mappings/mine.yaml"));
}

TEST_F(OutputDirectoryTest, RemovesWhatKilledRunsLeftBehind) {
  const ::pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const std::string dead = ".unfinished-" + std::to_string(child);
  const std::string alive = ".unfinished-" + std::to_string(::getppid());
  for (const std::string& name : {dead, alive, std::string(".unfinished-notes")}) fs::create_directories(root_ / name);
  std::ofstream(root_ / dead / "result.json") << "{}";
  const OutputDirectory directory(root_.string());
  EXPECT_FALSE(fs::exists(root_ / dead));
  EXPECT_TRUE(fs::exists(root_ / alive));
  EXPECT_TRUE(fs::exists(root_ / ".unfinished-notes"));
}

TEST(FileNames, KeepPlainNamesAndReplaceTheRest) {
  FileNames names;
  EXPECT_EQ(names.unique_name("layer1.0.conv1"), "layer1.0.conv1");
  EXPECT_EQ(names.unique_name("/conv1/Conv"), "conv1_Conv");
  EXPECT_EQ(names.unique_name("../../etc/passwd"), "etc_passwd");
  EXPECT_EQ(names.unique_name(""), "layer");
}

TEST(FileNames, AreUnique) {
  FileNames names;
  EXPECT_EQ(names.unique_name("a/b"), "a_b");
  EXPECT_EQ(names.unique_name("a:b"), "a_b-2");
  EXPECT_EQ(names.unique_name("a b"), "a_b-3");
}

TEST(FileNames, StayShort) { EXPECT_EQ(FileNames().unique_name(std::string(500, 'x')).size(), 100U); }

}  // namespace
}  // namespace ohmloop
