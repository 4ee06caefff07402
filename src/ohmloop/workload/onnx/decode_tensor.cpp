#include <bit>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/decode.hpp"
#include "ohmloop/workload/onnx/onnx_proto.hpp"
#include "ohmloop/workload/onnx/tensor_elements.hpp"

namespace ohmloop {
namespace {

using ::onnx::TensorProto;

bool is_whole(std::int32_t type) {
  switch (type) {
    case onnx_type::uint8:
    case onnx_type::int8:
    case onnx_type::uint16:
    case onnx_type::int16:
    case onnx_type::int32:
    case onnx_type::int64:
    case onnx_type::boolean:
    case onnx_type::uint32:
    case onnx_type::uint64:
      return true;
    default:
      return false;
  }
}

std::int64_t sign_extend(std::uint64_t value, std::int32_t type) {
  switch (type) {
    case onnx_type::int8:
      return static_cast<std::int8_t>(value);
    case onnx_type::int16:
      return static_cast<std::int16_t>(value);
    case onnx_type::int32:
      return static_cast<std::int32_t>(value);
    default:
      return static_cast<std::int64_t>(value);
  }
}

Constant raw_values(const OnnxTensor& tensor, WireReader raw) {
  const std::size_t bytes = onnx_element_bytes(tensor.type);
  if (is_whole(tensor.type)) {
    std::vector<std::int64_t> values;
    while (!raw.at_end()) values.push_back(sign_extend(raw.fixed(bytes), tensor.type));
    return {tensor.dims, std::move(values)};
  }
  std::vector<double> values;
  while (!raw.at_end()) {
    const std::uint64_t bits = raw.fixed(bytes);
    values.push_back(bytes == 4 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits)) : std::bit_cast<double>(bits));
  }
  return {tensor.dims, std::move(values)};
}

/// Values in the typed fields; a second walk over the message, for small tensors only.
Constant typed_values(const OnnxTensor& tensor, WireReader reader, DecodeBudget& budget) {
  std::vector<std::int64_t> wholes;
  std::vector<double> reals;
  for (WireField field; reader.next(field);) {
    switch (field.number) {
      case TensorProto::kInt32DataFieldNumber:
      case TensorProto::kInt64DataFieldNumber:
      case TensorProto::kUint64DataFieldNumber:
        append_integers(field, reader, budget, wholes);
        break;
      case TensorProto::kFloatDataFieldNumber:
        append_reals(field, reader, 4, budget, reals);
        break;
      case TensorProto::kDoubleDataFieldNumber:
        append_reals(field, reader, 8, budget, reals);
        break;
      default:
        break;
    }
  }
  if (is_whole(tensor.type)) return {tensor.dims, std::move(wholes)};
  return {tensor.dims, std::move(reals)};
}

std::int64_t checked_elements(const OnnxTensor& tensor, const WireReader& where) {
  const std::string name = printable(tensor.name);
  if (tensor.dims.size() > max_rank) {
    throw DecodeError(fmt::format("tensor '{}' has {} dimensions", name, tensor.dims.size()), where.offset());
  }
  for (const std::int64_t dim : tensor.dims) {
    if (dim < 0) {
      throw DecodeError(fmt::format("tensor '{}' has the size {}", name, to_string(tensor.dims)), where.offset());
    }
  }
  try {
    return element_count(tensor.dims);
  } catch (const OverflowError&) {
    throw DecodeError(
        fmt::format("tensor '{}' has the size {}: more elements than 64 bits can count", name, to_string(tensor.dims)),
        where.offset());
  }
}

void check_raw_size(const OnnxTensor& tensor, std::int64_t elements, std::string_view raw, const WireReader& where) {
  const std::size_t each = onnx_element_bytes(tensor.type);
  const auto held = static_cast<std::int64_t>(each == 0 ? 0 : raw.size() / each);
  if (each == 0 || (raw.size() % each == 0 && held == elements)) return;
  throw DecodeError(fmt::format("tensor '{}' has the size {}, but {} bytes of values, {} each: damaged",
                                printable(tensor.name), to_string(tensor.dims), raw.size(), each),
                    where.offset());
}

}  // namespace

void append_integers(const WireField& field, const WireReader& reader, DecodeBudget& budget,
                     std::vector<std::int64_t>& values) {
  if (field.type == WireType::varint) {
    budget.spend(reader);
    values.push_back(field.integer());
  } else if (field.type == WireType::bytes) {
    for (WireReader packed = reader.nested(field); !packed.at_end();) {
      budget.spend(packed);
      values.push_back(static_cast<std::int64_t>(packed.varint()));
    }
  }
}

void append_reals(const WireField& field, const WireReader& reader, std::size_t bytes_each, DecodeBudget& budget,
                  std::vector<double>& values) {
  const auto append = [&](std::uint64_t bits) {
    budget.spend(reader);
    values.push_back(bytes_each == 4 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits))
                                     : std::bit_cast<double>(bits));
  };
  if (field.type == WireType::bytes) {
    for (WireReader packed = reader.nested(field); !packed.at_end();) append(packed.fixed(bytes_each));
  } else if (field.type == (bytes_each == 4 ? WireType::fixed32 : WireType::fixed64)) {
    append(field.value);
  }
}

OnnxTensor decode_tensor(WireReader reader, DecodeBudget& budget) {
  budget.spend(reader);
  const WireReader start = reader;
  OnnxTensor tensor;
  tensor.message = reader.rest();
  std::optional<WireField> raw;
  bool typed = false;
  for (WireField field; reader.next(field);) {
    if (field.is(TensorProto::kNameFieldNumber, WireType::bytes)) tensor.name = field.bytes;
    if (field.is(TensorProto::kDataTypeFieldNumber, WireType::varint)) {
      tensor.type = static_cast<std::int32_t>(field.value);
    }
    if (field.is(TensorProto::kRawDataFieldNumber, WireType::bytes)) raw = field;
    if (field.number == TensorProto::kDimsFieldNumber) append_integers(field, reader, budget, tensor.dims);
    typed = typed || field.number == TensorProto::kInt32DataFieldNumber ||
            field.number == TensorProto::kInt64DataFieldNumber || field.number == TensorProto::kUint64DataFieldNumber ||
            field.number == TensorProto::kFloatDataFieldNumber || field.number == TensorProto::kDoubleDataFieldNumber;
  }
  const std::int64_t elements = checked_elements(tensor, start);
  const bool has_raw = raw && !raw->bytes.empty();
  if (has_raw) check_raw_size(tensor, elements, raw->bytes, start);
  const bool wanted = is_whole(tensor.type) || tensor.type == onnx_type::float32 || tensor.type == onnx_type::float64;
  if (!wanted || elements > max_constant_elements) return tensor;
  if (has_raw) {
    tensor.values = raw_values(tensor, reader.nested(*raw));
  } else if (typed || elements == 0) {
    tensor.values = typed_values(tensor, start, budget);
    if (static_cast<std::int64_t>(tensor.values->size()) != elements) {
      throw DecodeError(fmt::format("tensor '{}' has the size {}, but {} values: damaged", printable(tensor.name),
                                    to_string(tensor.dims), tensor.values->size()),
                        start.offset());
    }
  }
  return tensor;
}

}  // namespace ohmloop
