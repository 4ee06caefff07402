#include "ohmloop/workload/onnx/mapped_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {
namespace {

class Descriptor {
 public:
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang before its kind is known.
  explicit Descriptor(const std::string& path) : number_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void fail(const std::string& path) {
  throw IoError(fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
}

}  // namespace

MappedFile::MappedFile(const std::string& path, std::size_t max_bytes, const std::vector<std::string>& advice) {
  const Descriptor descriptor(path);
  struct stat status = {};
  if (descriptor.number() < 0 || fstat(descriptor.number(), &status) != 0) fail(path);
  if (S_ISDIR(status.st_mode)) throw IoError(fmt::format("cannot read '{}': it is a directory", path));
  if (!S_ISREG(status.st_mode)) throw IoError(fmt::format("cannot read '{}': it is not a regular file", path));
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) throw InputError(binary_problem(fmt::format("{}: the file is empty", path)));
  if (size > max_bytes) {
    throw InputError(binary_problem(
        fmt::format("{}: the file has {} bytes, more than the limit of {}", path, size, max_bytes), advice));
  }
  void* const data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
  if (data == MAP_FAILED) fail(path);
  data_ = data;
  size_ = size;
}

MappedFile::~MappedFile() { munmap(data_, size_); }

}  // namespace ohmloop
