#include "ohmloop/base/temporary_folder.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <stdlib.h>

#include "ohmloop/base/file.hpp"

namespace ohmloop {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  const std::filesystem::path place = std::filesystem::temp_directory_path(error);
  if (error) throw FileError("no folder for temporary files: " + error.message());
  path_ = (place / "ohmloop-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr) {
    throw FileError("cannot make the folder '" + path_ + "': " + std::strerror(errno));
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ohmloop
