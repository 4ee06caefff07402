#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ohmloop {

/// Bytes that are read in pieces, from a file or from memory. A value: copies and slices share the open file or the
/// bytes. Many threads may read at once.
class ByteSource {
 public:
  /// Opens a regular file. Throws IoError for anything else (a pipe, a device, a folder) and where it cannot be read.
  static ByteSource of_file(const std::string& path);
  /// `name` stands in messages.
  static ByteSource of_bytes(std::vector<std::uint8_t> bytes, std::string name);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Fills `target` with the bytes from `offset` on, all of which must lie within size(). Throws IoError if the file
  /// has become shorter meanwhile or cannot be read.
  void read(std::size_t offset, std::span<std::uint8_t> target) const;
  [[nodiscard]] std::vector<std::uint8_t> read(std::size_t offset, std::size_t count) const;
  [[nodiscard]] std::vector<std::uint8_t> read_all() const { return read(0, size_); }

  /// `count` bytes from `offset` on, within size(), as a source of their own.
  [[nodiscard]] ByteSource slice(std::size_t offset, std::size_t count) const;

 private:
  class OpenFile;

  ByteSource() = default;

  std::string name_;
  std::shared_ptr<const OpenFile> file_;
  std::shared_ptr<const std::vector<std::uint8_t>> bytes_;
  std::size_t start_ = 0;
  std::size_t size_ = 0;
};

}  // namespace ohmloop
