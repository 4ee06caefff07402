#pragma once

#include <string>

namespace ohmloop {

/// Keeps a second process out of a folder of results. The lock goes with the process, however that ends.
class FolderLock {
 public:
  /// Throws InputError that says which process has it, or IoError.
  explicit FolderLock(const std::string& folder);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  std::string path_;
  int file_ = -1;
};

}  // namespace ohmloop
