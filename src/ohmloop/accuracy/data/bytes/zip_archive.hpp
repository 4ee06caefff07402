#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accuracy/data/bytes/byte_source.hpp"

namespace ohmloop {

/// One file within a zip file.
struct ZipMember {
  std::string name;
  std::size_t offset = 0;  ///< of its local header
  std::size_t compressed_bytes = 0;
  std::size_t bytes = 0;
  std::uint32_t crc = 0;
  bool deflated = false;
};

/// A zip file by its central directory (PKWARE's APPNOTE 6.3; also the 64-bit form, which numpy writes). Members that
/// are encrypted or compressed otherwise than by deflate are refused; so is a file in several parts.
class ZipArchive {
 public:
  /// Throws DataFormatError; IoError if the file cannot be read.
  explicit ZipArchive(ByteSource source);

  [[nodiscard]] const std::vector<ZipMember>& members() const { return members_; }
  /// Null if there is none of that name.
  [[nodiscard]] const ZipMember* find(std::string_view name) const;

  /// The member's contents. A stored member stays in the file and is read in pieces; a deflated one is held in memory
  /// and may have `most_held_bytes`. Both are compared with the checksum, unless a stored one is longer than
  /// `most_held_bytes`. Throws DataFormatError.
  [[nodiscard]] ByteSource open(const ZipMember& member, std::size_t most_held_bytes) const;

 private:
  ByteSource source_;
  std::vector<ZipMember> members_;
};

}  // namespace ohmloop
