#include "ohmloop/text/source.hpp"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

class ReadSourceFile : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  void write(const std::string& text) const { write_file_atomically(path_, text); }

  /// The message of the InputError or IoError that reading ends with.
  template <class Error>
  [[nodiscard]] std::string error(std::size_t max_bytes = 1000) const {
    try {
      read_source_file(path_, max_bytes);
    } catch (const Error& caught) {
      return caught.what();
    }
    return "no error";
  }

  std::string path_ =
      testing::TempDir() + "ohmloop_source_" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".yaml";
};

TEST_F(ReadSourceFile, keeps_every_byte) {
  write("a: 1\r\n\tb\u00b5\n");
  const SourceFilePtr file = read_source_file(path_);
  EXPECT_EQ(file->path, path_);
  EXPECT_EQ(file->text, "a: 1\r\n\tb\u00b5\n");
}

TEST_F(ReadSourceFile, says_that_a_file_is_missing) {
  EXPECT_EQ(error<IoError>(), "cannot read '" + path_ + "': No such file or directory");
}

TEST_F(ReadSourceFile, says_that_it_is_a_directory) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(error<IoError>(), "cannot read '" + path_ + "': it is a directory");
}

TEST_F(ReadSourceFile, says_that_a_file_is_empty) {
  write("");
  EXPECT_EQ(error<InputError>(), "error: '" + path_ + "' is empty\n");
}

TEST_F(ReadSourceFile, says_that_a_file_is_binary) {
  write(std::string("ab\0c", 4));
  EXPECT_EQ(error<InputError>(), "error: '" + path_ + "' is a binary file, not text (byte 2 is 0x00)\n");
}

TEST_F(ReadSourceFile, takes_files_up_to_the_limit_and_no_larger_ones) {
  write(std::string(1000, 'x'));
  EXPECT_EQ(read_source_file(path_, 1000)->text.size(), 1000U);
  EXPECT_EQ(error<InputError>(999),
            "error: '" + path_ + "' is larger than 999 bytes, the most that a description may have\n");
}

TEST_F(ReadSourceFile, reads_files_of_several_blocks) {
  const std::string text(200000, 'x');
  write(text);
  EXPECT_EQ(read_source_file(path_)->text, text);
}

TEST(SourceSpanText, names_file_line_and_column) {
  const SourceFilePtr file = testing_text::source_of("ab\ncd\n", "x.yaml");
  EXPECT_EQ(to_string(span_at(file, 4, 1)), "x.yaml:2:2");
  EXPECT_EQ(to_string(span_at(file, 0, 1)), "x.yaml:1:1");
  EXPECT_EQ(to_string(SourceSpan{}), "");
}

}  // namespace
}  // namespace ohmloop
