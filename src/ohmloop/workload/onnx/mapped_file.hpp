#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// A file in memory without being copied: pages that nobody looks at (weights) are never read from disk. Nobody may
/// shorten the file meanwhile.
class MappedFile {
 public:
  /// Throws IoError (missing, no regular file, cannot be read) or InputError (empty, or larger than `max_bytes`; then
  /// with `advice`).
  MappedFile(const std::string& path, std::size_t max_bytes, const std::vector<std::string>& advice = {});
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ohmloop
