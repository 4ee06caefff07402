#include "ohmloop/base/file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace ohmloop {
namespace {

std::string reason(int error) { return std::strerror(error); }

/// A file beside the wanted one that vanishes unless it was moved to its name.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& wanted) : wanted_(wanted) {
    const std::filesystem::path target(wanted);
    // Two processes, or two threads of one, may write the same file: the last rename wins, none disturbs the other.
    for (int attempt = 0; descriptor_ < 0; ++attempt) {
      const std::string name = fmt::format(".{}.{}-{}.tmp", target.filename().string(), ::getpid(), attempt);
      path_ = (target.parent_path() / name).string();
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor_ < 0 && (errno != EEXIST || attempt == 1000)) fail(errno);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!moved_) ::unlink(path_.c_str());
  }

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(errno);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) fail(errno);
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) fail(errno);
  }

  void move_to_wanted_name() {
    if (std::rename(path_.c_str(), wanted_.c_str()) != 0) fail(errno);
    moved_ = true;
  }

 private:
  [[noreturn]] void fail(int error) const {
    throw FileError(fmt::format("cannot write '{}': {}", wanted_, reason(error)));
  }

  std::string wanted_;
  std::string path_;
  int descriptor_ = -1;
  bool moved_ = false;
};

}  // namespace

void write_file_atomically(const std::string& path, std::string_view text) {
  TemporaryFile file(path);
  file.write(text);
  file.move_to_wanted_name();
}

void check_writable(const std::string& path) {
  if (std::filesystem::is_directory(path)) throw FileError(fmt::format("cannot write '{}': {}", path, reason(EISDIR)));
  const TemporaryFile file(path);
}

}  // namespace ohmloop
