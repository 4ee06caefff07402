#pragma once

#include <string>

namespace ohmloop {

/// A new folder among the system's temporary ones, which goes with this object and with all that is in it.
class TemporaryFolder {
 public:
  /// Throws FileError.
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ohmloop
