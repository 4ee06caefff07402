#include "ohmloop/base/file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/base/parallel.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

class WriteFileAtomically : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / (std::string("ohmloop_file_") + test->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }
  static std::string text_of(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(WriteFileAtomically, leaves_one_file_with_exactly_the_text) {
  const std::string text("a\0b\r\n", 5);
  write_file_atomically(path("result.json"), text);
  EXPECT_EQ(text_of(path("result.json")), text);
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFileAtomically, replaces_an_existing_file) {
  write_file_atomically(path("result.json"), "a long first text");
  write_file_atomically(path("result.json"), "second");
  EXPECT_EQ(text_of(path("result.json")), "second");
}

TEST_F(WriteFileAtomically, names_a_missing_folder_in_the_error) {
  try {
    write_file_atomically(path("missing/result.json"), "text");
    FAIL() << "no error";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("missing/result.json': No such file"), std::string::npos) << error.what();
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(WriteFileAtomically, removes_the_temporary_file_when_the_name_is_a_folder) {
  fs::create_directories(path("taken/inside"));
  EXPECT_THROW(write_file_atomically(path("taken"), "text"), FileError);
  EXPECT_EQ(files(), 1);
  EXPECT_TRUE(fs::is_directory(path("taken")));
}

TEST_F(WriteFileAtomically, never_mixes_texts_of_several_writers) {
  parallel_for(64, 4, [&](std::size_t index) {
    write_file_atomically(path("shared"), std::string(10000, static_cast<char>('a' + index % 26)));
  });
  const std::string text = text_of(path("shared"));
  EXPECT_EQ(text, std::string(10000, text.at(0)));
  EXPECT_EQ(files(), 1);
}

TEST_F(WriteFileAtomically, tells_beforehand_where_it_cannot_write) {
  check_writable(path("result.json"));
  EXPECT_EQ(files(), 0);
  EXPECT_THROW(check_writable(path("missing/result.json")), FileError);
  fs::create_directories(path("taken"));
  EXPECT_THROW(check_writable(path("taken")), FileError);
}

}  // namespace
}  // namespace ohmloop
