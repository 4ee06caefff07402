#include "ohmloop/accuracy/data/bytes/byte_source.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ohmloop/accuracy/data/data_testing.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

using data_testing::Bytes;
using data_testing::DataFolder;

TEST(ByteSourceOfFile, ReadsPiecesAndSlices) {
  const DataFolder folder;
  const ByteSource file = ByteSource::of_file(folder.write("numbers", Bytes{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(file.size(), 8U);
  EXPECT_EQ(file.read(2, 3), (Bytes{2, 3, 4}));
  const ByteSource part = file.slice(3, 4).slice(1, 2);
  EXPECT_EQ(part.read_all(), (Bytes{4, 5}));
  EXPECT_EQ(file.read(8, 0), Bytes{});
  EXPECT_THROW(static_cast<void>(part.read(1, 2)), InternalError);
  EXPECT_THROW(static_cast<void>(file.slice(9, 0)), InternalError);
}

TEST(ByteSourceOfBytes, ReadsThemInTheSameWay) {
  const ByteSource bytes = ByteSource::of_bytes({5, 6, 7, 8}, "numbers");
  EXPECT_EQ(bytes.slice(1, 3).read(1, 2), (Bytes{7, 8}));
  EXPECT_EQ(bytes.name(), "numbers");
}

TEST(ByteSourceOfFile, OpensNothingButRegularFiles) {
  const DataFolder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THROW(ByteSource::of_file(pipe), IoError);
  EXPECT_THROW(ByteSource::of_file(folder.path("")), IoError);
  EXPECT_THROW(ByteSource::of_file(folder.path("absent")), IoError);
  EXPECT_THROW(ByteSource::of_file("/dev/zero"), IoError);
}

TEST(ByteSourceOfFile, AFileThatShrinksIsAnError) {
  const DataFolder folder;
  const std::string path = folder.write("numbers", Bytes(100, 1));
  const ByteSource file = ByteSource::of_file(path);
  std::filesystem::resize_file(path, 10);
  EXPECT_THROW(static_cast<void>(file.read(5, 20)), IoError);
}

}  // namespace
}  // namespace ohmloop
