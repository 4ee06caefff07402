#include "ohmloop/accuracy/data/bytes/zip_archive.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <zlib.h>

#include "ohmloop/accuracy/data/bytes/byte_order.hpp"
#include "ohmloop/accuracy/data/bytes/inflate.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"

namespace ohmloop {
namespace {

constexpr std::uint32_t local_signature = 0x04034b50;
constexpr std::uint32_t entry_signature = 0x02014b50;
constexpr std::uint32_t end_signature = 0x06054b50;
constexpr std::uint32_t end64_signature = 0x06064b50;
constexpr std::uint32_t locator64_signature = 0x07064b50;
constexpr std::size_t local_size = 30, entry_size = 46, end_size = 22, end64_size = 56, locator64_size = 20;
constexpr std::size_t longest_comment = 0xffff;
constexpr std::size_t most_directory_bytes = std::size_t{16} << 20;
constexpr std::uint64_t see_64_bit_field = 0xffffffff;

using Bytes = std::vector<std::uint8_t>;

[[noreturn]] void refuse(const std::string& why) { throw DataFormatError("not a zip file that can be read: " + why); }

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

/// `count` bytes at an offset that a header gave.
Bytes read_at(const ByteSource& source, std::uint64_t offset, std::uint64_t count) {
  if (offset > source.size() || count > source.size() - offset) refuse("it is cut off, or an offset in it is wrong");
  return source.read(offset, count);
}

/// The 64-bit record, where a locator stands directly before the ordinary end record.
std::optional<Directory> find_directory64(const ByteSource& source, std::size_t end_offset) {
  if (end_offset < locator64_size) return std::nullopt;
  const Bytes locator = source.read(end_offset - locator64_size, locator64_size);
  if (little_endian(locator, 0, 4) != locator64_signature) return std::nullopt;
  const Bytes end = read_at(source, little_endian(locator, 8, 8), end64_size);
  if (little_endian(end, 0, 4) != end64_signature) refuse("its 64-bit end record is missing");
  return Directory{little_endian(end, 32, 8), little_endian(end, 40, 8), little_endian(end, 48, 8)};
}

/// The end record is the last of its signature whose comment ends with the file.
Directory find_directory(const ByteSource& source) {
  const std::size_t tail_size = std::min(source.size(), end_size + longest_comment);
  const std::size_t tail_offset = source.size() - tail_size;
  const Bytes tail = source.read(tail_offset, tail_size);
  for (std::size_t at = tail_size < end_size ? 0 : tail_size - end_size + 1; at-- > 0;) {
    if (little_endian(tail, at, 4) != end_signature) continue;
    if (at + end_size + little_endian(tail, at + 20, 2) != tail_size) continue;
    if (const auto directory = find_directory64(source, tail_offset + at)) return *directory;
    if (little_endian(tail, at + 4, 2) != 0) refuse("it is one of several parts");
    return {little_endian(tail, at + 10, 2), little_endian(tail, at + 12, 4), little_endian(tail, at + 16, 4)};
  }
  refuse("it has no end record");
}

/// Replaces sizes and offset by those of the 64-bit extra field, which holds the ones that are too large, in this
/// order.
void read_extra64(std::span<const std::uint8_t> extra, std::uint64_t& bytes, std::uint64_t& compressed_bytes,
                  std::uint64_t& offset) {
  while (extra.size() >= 4) {
    const std::size_t size = little_endian(extra, 2, 2);
    if (size > extra.size() - 4) refuse("an extra field in it is cut off");
    if (little_endian(extra, 0, 2) == 1) {
      std::span<const std::uint8_t> field = extra.subspan(4, size);
      for (std::uint64_t* value : {&bytes, &compressed_bytes, &offset}) {
        if (*value != see_64_bit_field) continue;
        if (field.size() < 8) refuse("a 64-bit field in it is cut off");
        *value = little_endian(field, 0, 8);
        field = field.subspan(8);
      }
      return;
    }
    extra = extra.subspan(4 + size);
  }
}

/// One entry of the directory; takes its bytes off the front.
ZipMember take_entry(std::span<const std::uint8_t>& directory) {
  if (directory.size() < entry_size || little_endian(directory, 0, 4) != entry_signature) {
    refuse("its directory is damaged");
  }
  const std::size_t name_size = little_endian(directory, 28, 2);
  const std::size_t extra_size = little_endian(directory, 30, 2);
  const std::size_t total = entry_size + name_size + extra_size + little_endian(directory, 32, 2);
  if (total > directory.size()) refuse("its directory is cut off");

  ZipMember member;
  const auto name = directory.subspan(entry_size, name_size);
  member.name.assign(name.begin(), name.end());
  if ((little_endian(directory, 8, 2) & 1U) != 0) refuse(fmt::format("'{}' in it is encrypted", member.name));
  const std::uint64_t method = little_endian(directory, 10, 2);
  if (method != 0 && method != 8) {
    refuse(fmt::format("'{}' in it is compressed by method {}, expected none or deflate", member.name, method));
  }
  member.deflated = method == 8;
  member.crc = static_cast<std::uint32_t>(little_endian(directory, 16, 4));
  std::uint64_t compressed_bytes = little_endian(directory, 20, 4);
  std::uint64_t bytes = little_endian(directory, 24, 4);
  std::uint64_t offset = little_endian(directory, 42, 4);
  read_extra64(directory.subspan(entry_size + name_size, extra_size), bytes, compressed_bytes, offset);
  member.bytes = bytes;
  member.compressed_bytes = compressed_bytes;
  member.offset = offset;
  directory = directory.subspan(total);
  return member;
}

std::uint32_t checksum(const ByteSource& source) {
  Bytes block(std::min(source.size(), std::size_t{1} << 20));
  std::uint32_t crc = 0;
  for (std::size_t offset = 0; offset < source.size(); offset += block.size()) {
    block.resize(std::min(block.size(), source.size() - offset));
    source.read(offset, block);
    crc = static_cast<std::uint32_t>(crc32_z(crc, block.data(), block.size()));
  }
  return crc;
}

[[noreturn]] void refuse_member(const ZipMember& member, const std::string& why) {
  throw DataFormatError(fmt::format("'{}' in it is damaged: {}", member.name, why));
}

}  // namespace

ZipArchive::ZipArchive(ByteSource source) : source_(std::move(source)) {
  const Directory directory = find_directory(source_);
  if (directory.size > most_directory_bytes) refuse("its directory is too large");
  const Bytes bytes = read_at(source_, directory.offset, directory.size);
  std::span<const std::uint8_t> rest = bytes;
  for (std::uint64_t i = 0; i < directory.entries; ++i) members_.push_back(take_entry(rest));
}

const ZipMember* ZipArchive::find(std::string_view name) const {
  const auto found =
      std::find_if(members_.begin(), members_.end(), [&](const auto& each) { return each.name == name; });
  return found == members_.end() ? nullptr : &*found;
}

ByteSource ZipArchive::open(const ZipMember& member, std::size_t most_held_bytes) const {
  const Bytes local = read_at(source_, member.offset, local_size);
  if (little_endian(local, 0, 4) != local_signature) refuse_member(member, "its local header is missing");
  const std::uint64_t offset = member.offset + local_size + little_endian(local, 26, 2) + little_endian(local, 28, 2);
  if (offset > source_.size() || member.compressed_bytes > source_.size() - offset) {
    refuse_member(member, "it is cut off");
  }
  ByteSource stored = source_.slice(offset, member.compressed_bytes);
  if (!member.deflated) {
    if (member.bytes != member.compressed_bytes) refuse_member(member, "its two sizes differ");
    if (member.bytes <= most_held_bytes && checksum(stored) != member.crc) {
      refuse_member(member, "its checksum is another");
    }
    return stored;
  }
  if (member.bytes > most_held_bytes) {
    throw DataFormatError(
        fmt::format("'{}' in it has {} bytes, more than the {} that may be held in memory; stored "
                    "without compression, it is read in pieces",
                    member.name, member.bytes, most_held_bytes));
  }
  if (member.bytes / most_inflation > member.compressed_bytes)
    refuse_member(member, "it cannot be as large as it claims");
  Bytes bytes = inflate_bytes(stored, Compression::deflate, member.bytes + 1);
  if (bytes.size() != member.bytes) refuse_member(member, "it has another size than it claims");
  ByteSource contents = ByteSource::of_bytes(std::move(bytes), member.name);
  if (checksum(contents) != member.crc) refuse_member(member, "its checksum is another");
  return contents;
}

}  // namespace ohmloop
