#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ohmloop {

/// Bytes that are no protocol buffer message; `offset` counts from the start of the file.
class DecodeError : public std::runtime_error {
 public:
  DecodeError(const std::string& message, std::size_t offset);
};

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

/// One field of a message as it stands in the file.
struct WireField {
  std::uint32_t number = 0;
  WireType type = WireType::varint;
  std::uint64_t value = 0;  ///< of varint and fixed fields
  std::string_view bytes;   ///< of bytes fields: a view into the file

  [[nodiscard]] std::int64_t integer() const { return static_cast<std::int64_t>(value); }
  [[nodiscard]] bool is(std::uint32_t wanted, WireType wanted_type) const {
    return number == wanted && type == wanted_type;
  }
};

/// Walks the fields of one message in place (https://protobuf.dev/programming-guides/encoding). Unknown fields are the
/// caller's to ignore; nothing is copied and nothing recurses.
class WireReader {
 public:
  /// `message` lies within the file that starts at `file`.
  WireReader(std::string_view message, const char* file) : rest_(message), file_(file) {}

  /// Reads the next field; false at the end of the message. Throws DecodeError.
  bool next(WireField& field);
  /// Reads one bare varint, as packed fields hold them.
  std::uint64_t varint();
  /// Reads `size` bytes, least significant first.
  std::uint64_t fixed(std::size_t size);
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }  ///< what is not read yet
  [[nodiscard]] WireReader nested(const WireField& field) const { return {field.bytes, file_}; }
  [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(rest_.data() - file_); }

 private:
  std::string_view rest_;
  const char* file_;
};

}  // namespace ohmloop
