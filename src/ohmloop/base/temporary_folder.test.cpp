#include "ohmloop/base/temporary_folder.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolder, IsItsOwnersAloneAndGoesWithWhatIsInIt) {
  std::optional<TemporaryFolder> one(std::in_place);
  const TemporaryFolder other;
  EXPECT_NE(one->path(), other.path());
  const std::string path = one->path();
  fs::create_directories(path + "/a");
  std::ofstream(path + "/a/b") << "c";
  EXPECT_TRUE(fs::exists(path + "/a/b"));
  one.reset();
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(fs::is_directory(other.path()));
}

}  // namespace
}  // namespace ohmloop
