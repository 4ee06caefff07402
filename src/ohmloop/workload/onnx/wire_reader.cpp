#include "ohmloop/workload/onnx/wire_reader.hpp"

#include <fmt/format.h>

namespace ohmloop {

DecodeError::DecodeError(const std::string& message, std::size_t offset)
    : std::runtime_error(fmt::format("{} (at byte {})", message, offset)) {}

std::uint64_t WireReader::varint() {
  std::uint64_t result = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) throw DecodeError("the file ends inside a number", offset());
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    result |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if ((byte & 0x80U) == 0) return result;
  }
  throw DecodeError("a number has more than 64 bits", offset());
}

std::uint64_t WireReader::fixed(std::size_t size) {
  if (rest_.size() < size) throw DecodeError("the file ends inside a number", offset());
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < size; ++i) {
    result |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
  }
  rest_.remove_prefix(size);
  return result;
}

bool WireReader::next(WireField& field) {
  if (rest_.empty()) return false;
  const std::size_t start = offset();
  const std::uint64_t tag = varint();
  field = {};
  field.number = static_cast<std::uint32_t>(tag >> 3U);
  if (field.number == 0 || tag >> 32U != 0) throw DecodeError("a field has a number that cannot be", start);
  switch (tag & 7U) {
    case 0:
      field.value = varint();
      break;
    case 1:
      field.value = fixed(8);
      break;
    case 5:
      field.value = fixed(4);
      break;
    case 2: {
      const std::uint64_t length = varint();
      if (length > rest_.size()) {
        throw DecodeError(fmt::format("field {} needs {} bytes, {} are left: truncated or damaged", field.number,
                                      length, rest_.size()),
                          offset());
      }
      field.bytes = rest_.substr(0, length);
      rest_.remove_prefix(length);
      break;
    }
    default:
      throw DecodeError(fmt::format("field {} has the wire type {}, which ONNX doesn't use", field.number, tag & 7U),
                        start);
  }
  field.type = static_cast<WireType>(tag & 7U);
  return true;
}

}  // namespace ohmloop
