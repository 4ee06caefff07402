#include "ohmloop/accuracy/data/bytes/byte_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

[[noreturn]] void fail(const std::string& name, const std::string& why) {
  throw IoError(fmt::format("cannot read '{}': {}", name, why));
}

}  // namespace

class ByteSource::OpenFile {
 public:
  // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
  explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) fail(path, std::strerror(errno));
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { ::close(descriptor_); }

  [[nodiscard]] std::size_t size(const std::string& name) const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail(name, std::strerror(errno));
    if (S_ISDIR(status.st_mode)) fail(name, "it is a directory");
    if (!S_ISREG(status.st_mode)) fail(name, "it is not a regular file");
    return static_cast<std::size_t>(status.st_size);
  }

  void read(const std::string& name, std::size_t offset, std::span<std::uint8_t> target) const {
    while (!target.empty()) {
      const ssize_t got = ::pread(descriptor_, target.data(), target.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail(name, std::strerror(errno));
      if (got == 0) fail(name, "it has become shorter while it was read");
      offset += static_cast<std::size_t>(got);
      target = target.subspan(static_cast<std::size_t>(got));
    }
  }

 private:
  int descriptor_;
};

ByteSource ByteSource::of_file(const std::string& path) {
  ByteSource source;
  source.name_ = path;
  source.file_ = std::make_shared<const OpenFile>(path);
  source.size_ = source.file_->size(path);
  return source;
}

ByteSource ByteSource::of_bytes(std::vector<std::uint8_t> bytes, std::string name) {
  ByteSource source;
  source.name_ = std::move(name);
  source.size_ = bytes.size();
  source.bytes_ = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  return source;
}

void ByteSource::read(std::size_t offset, std::span<std::uint8_t> target) const {
  OHM_CHECK(offset <= size_ && target.size() <= size_ - offset, "bytes of the source");
  if (file_) {
    file_->read(name_, start_ + offset, target);
  } else {
    std::copy_n(bytes_->data() + start_ + offset, target.size(), target.data());
  }
}

std::vector<std::uint8_t> ByteSource::read(std::size_t offset, std::size_t count) const {
  OHM_CHECK(offset <= size_ && count <= size_ - offset, "bytes of the source");
  std::vector<std::uint8_t> bytes(count);
  read(offset, bytes);
  return bytes;
}

ByteSource ByteSource::slice(std::size_t offset, std::size_t count) const {
  OHM_CHECK(offset <= size_ && count <= size_ - offset, "bytes of the source");
  ByteSource part = *this;
  part.start_ += offset;
  part.size_ = count;
  return part;
}

}  // namespace ohmloop
