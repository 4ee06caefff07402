#include "ohmloop/study/folder_lock.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

constexpr mode_t readable = 0644;

std::string own_name() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return fmt::format("process {} on {}", ::getpid(), host.data());
}

std::string written_name(int file) {
  std::array<char, 300> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : std::string("another process");
}

/// Whether the path still leads to the open file: who had the lock before has removed it.
bool is_same_file(int file, const std::string& path) {
  struct stat opened = {};
  struct stat named = {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) : path_(folder + "/results.lock") {
  while (true) {
    file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, readable);
    if (file_ < 0) throw IoError(fmt::format("cannot write '{}': {}", path_, std::strerror(errno)));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      const std::string holder = written_name(file_);
      ::close(file_);
      throw InputError(Diagnostic{Severity::error,
                                  fmt::format("{} writes to '{}'", holder, folder),
                                  {},
                                  {},
                                  {"wait for it, or give another folder with -o"}});
    }
    if (is_same_file(file_, path_)) break;
    ::close(file_);
  }
  const std::string name = own_name();
  const bool written =
      ::ftruncate(file_, 0) == 0 && ::pwrite(file_, name.data(), name.size(), 0) == static_cast<ssize_t>(name.size());
  if (written) return;
  const int error = errno;
  ::unlink(path_.c_str());
  ::close(file_);
  throw IoError(fmt::format("cannot write '{}': {}", path_, std::strerror(error)));
}

FolderLock::~FolderLock() {
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace ohmloop
