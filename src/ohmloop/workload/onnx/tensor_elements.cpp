#include "ohmloop/workload/onnx/tensor_elements.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "ohmloop/base/check.hpp"
#include "ohmloop/workload/onnx/onnx_proto.hpp"
#include "ohmloop/workload/onnx/wire_reader.hpp"

namespace ohmloop {
namespace {

using ::onnx::StringStringEntryProto;
using ::onnx::TensorProto;

/// The field that holds the elements of a type, after the comments of onnx.proto.
std::uint32_t typed_field(std::int32_t type) {
  switch (type) {
    case onnx_type::float32:
      return TensorProto::kFloatDataFieldNumber;
    case onnx_type::float64:
      return TensorProto::kDoubleDataFieldNumber;
    case onnx_type::int64:
      return TensorProto::kInt64DataFieldNumber;
    case onnx_type::uint32:
    case onnx_type::uint64:
      return TensorProto::kUint64DataFieldNumber;
    case onnx_type::string:
      return TensorProto::kStringDataFieldNumber;
    default:
      return TensorProto::kInt32DataFieldNumber;
  }
}

bool is_fixed_width(std::int32_t type) { return type == onnx_type::float32 || type == onnx_type::float64; }

std::size_t count_typed(const WireField& field, std::int32_t type) {
  if (field.type != WireType::bytes || type == onnx_type::string) return 1;
  if (is_fixed_width(type)) return field.bytes.size() / onnx_element_bytes(type);
  // The last byte of every packed number has no continuation bit.
  return static_cast<std::size_t>(std::count_if(field.bytes.begin(), field.bytes.end(),
                                                [](char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; }));
}

std::size_t parse_size(std::string_view text, const WireReader& where) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw DecodeError("the place of external data is no number", where.offset());
  }
  return value;
}

void read_external(WireReader entry, OnnxElements& elements) {
  std::string_view key;
  std::string_view value;
  const WireReader start = entry;
  for (WireField field; entry.next(field);) {
    if (field.is(StringStringEntryProto::kKeyFieldNumber, WireType::bytes)) key = field.bytes;
    if (field.is(StringStringEntryProto::kValueFieldNumber, WireType::bytes)) value = field.bytes;
  }
  if (key == "location") elements.location = value;
  if (key == "offset") elements.offset = parse_size(value, start);
  if (key == "length") elements.length = parse_size(value, start);
}

static_assert(std::endian::native == std::endian::little, "elements are copied in the order of raw data");

void store(std::uint64_t bits, std::size_t bytes, std::span<std::byte> target, std::size_t& next) {
  OHM_CHECK(bytes <= sizeof bits && next + bytes <= target.size(), "as many elements as were counted");
  std::memcpy(target.data() + next, &bits, bytes);
  next += bytes;
}

}  // namespace

std::size_t onnx_element_bytes(std::int32_t type) {
  switch (type) {
    case onnx_type::uint8:
    case onnx_type::int8:
    case onnx_type::boolean:
      return 1;
    case onnx_type::uint16:
    case onnx_type::int16:
    case onnx_type::float16:
    case onnx_type::bfloat16:
      return 2;
    case onnx_type::float32:
    case onnx_type::int32:
    case onnx_type::uint32:
      return 4;
    case onnx_type::float64:
    case onnx_type::int64:
    case onnx_type::uint64:
    case onnx_type::complex64:
      return 8;
    case onnx_type::complex128:
      return 16;
    default:
      return 0;
  }
}

OnnxElements find_elements(const OnnxTensor& tensor) {
  OnnxElements elements;
  bool is_external = false;
  WireReader reader(tensor.message, tensor.message.data());
  for (WireField field; reader.next(field);) {
    if (field.is(TensorProto::kRawDataFieldNumber, WireType::bytes)) elements.raw = field.bytes;
    if (field.is(TensorProto::kDataLocationFieldNumber, WireType::varint)) {
      is_external = field.value == TensorProto::EXTERNAL;
    }
    if (field.is(TensorProto::kExternalDataFieldNumber, WireType::bytes)) read_external(reader.nested(field), elements);
    if (field.number == typed_field(tensor.type)) elements.count += count_typed(field, tensor.type);
  }
  if (is_external) {
    elements.place = ElementPlace::external;
  } else if (!elements.raw.empty()) {
    elements.place = ElementPlace::raw;
  } else if (elements.count != 0 || element_count(tensor.dims) == 0) {
    elements.place = ElementPlace::typed;
  }
  return elements;
}

void copy_typed_elements(const OnnxTensor& tensor, std::span<std::byte> target) {
  const std::size_t bytes = onnx_element_bytes(tensor.type);
  const bool fixed = is_fixed_width(tensor.type);
  std::size_t next = 0;
  WireReader reader(tensor.message, tensor.message.data());
  for (WireField field; reader.next(field);) {
    if (field.number != typed_field(tensor.type)) continue;
    if (field.type != WireType::bytes) {
      store(field.value, bytes, target, next);
      continue;
    }
    for (WireReader packed = reader.nested(field); !packed.at_end();) {
      store(fixed ? packed.fixed(bytes) : packed.varint(), bytes, target, next);
    }
  }
}

std::vector<std::string> copy_strings(const OnnxTensor& tensor) {
  std::vector<std::string> strings;
  WireReader reader(tensor.message, tensor.message.data());
  for (WireField field; reader.next(field);) {
    if (field.is(TensorProto::kStringDataFieldNumber, WireType::bytes)) strings.emplace_back(field.bytes);
  }
  return strings;
}

}  // namespace ohmloop
