#include "ohmloop/workload/onnx/decode.hpp"

#include <bit>

#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/onnx_proto.hpp"

namespace ohmloop {
namespace {

using ::onnx::AttributeProto;
using ::onnx::GraphProto;
using ::onnx::ModelProto;
using ::onnx::NodeProto;
using ::onnx::OperatorSetIdProto;
using ::onnx::TensorShapeProto;
using ::onnx::TypeProto;
using ::onnx::ValueInfoProto;

class Decoder {
 public:
  OnnxModel model(WireReader reader) {
    OnnxModel result;
    for (WireField field; reader.next(field);) {
      if (field.is(ModelProto::kOpsetImportFieldNumber, WireType::bytes)) {
        operator_set(reader.nested(field), result);
      } else if (field.is(ModelProto::kGraphFieldNumber, WireType::bytes)) {
        result.has_graph = true;
        graph(reader.nested(field), result);
      }
    }
    return result;
  }

 private:
  static void operator_set(WireReader reader, OnnxModel& model) {
    std::string_view domain;
    std::int64_t version = 0;
    for (WireField field; reader.next(field);) {
      if (field.is(OperatorSetIdProto::kDomainFieldNumber, WireType::bytes)) domain = field.bytes;
      if (field.is(OperatorSetIdProto::kVersionFieldNumber, WireType::varint)) version = field.integer();
    }
    if (domain.empty() || domain == "ai.onnx") model.operator_set = version;
  }

  void graph(WireReader reader, OnnxModel& model) {
    for (WireField field; reader.next(field);) {
      if (field.type != WireType::bytes) continue;
      const WireReader part = reader.nested(field);
      switch (field.number) {
        case GraphProto::kNodeFieldNumber:
          model.nodes.push_back(node(part));
          break;
        case GraphProto::kInitializerFieldNumber:
          model.initializers.push_back(decode_tensor(part, budget_));
          break;
        case GraphProto::kSparseInitializerFieldNumber:
          model.initializers.push_back(sparse_tensor(part));
          break;
        case GraphProto::kInputFieldNumber:
          model.inputs.push_back(value_info(part));
          break;
        case GraphProto::kOutputFieldNumber:
          model.outputs.push_back(value_info(part));
          break;
        case GraphProto::kValueInfoFieldNumber:
          model.value_info.push_back(value_info(part));
          break;
        default:
          break;
      }
    }
  }

  OnnxNode node(WireReader reader) {
    budget_.spend(reader);
    OnnxNode result;
    for (WireField field; reader.next(field);) {
      if (field.type != WireType::bytes) continue;
      switch (field.number) {
        case NodeProto::kNameFieldNumber:
          result.name = field.bytes;
          break;
        case NodeProto::kOpTypeFieldNumber:
          result.operation = field.bytes;
          break;
        case NodeProto::kDomainFieldNumber:
          result.domain = field.bytes;
          break;
        case NodeProto::kInputFieldNumber:
          budget_.spend(reader);
          result.inputs.push_back(field.bytes);
          break;
        case NodeProto::kOutputFieldNumber:
          budget_.spend(reader);
          result.outputs.push_back(field.bytes);
          break;
        case NodeProto::kAttributeFieldNumber:
          result.attributes.push_back(attribute(reader.nested(field)));
          break;
        default:
          break;
      }
    }
    return result;
  }

  OnnxAttribute attribute(WireReader reader) {
    budget_.spend(reader);
    OnnxAttribute result;
    std::uint64_t type = AttributeProto::UNDEFINED;
    for (WireField field; reader.next(field);) {
      if (field.is(AttributeProto::kNameFieldNumber, WireType::bytes)) result.name = field.bytes;
      if (field.is(AttributeProto::kTypeFieldNumber, WireType::varint)) type = field.value;
      if (field.is(AttributeProto::kIFieldNumber, WireType::varint)) result.integer = field.integer();
      if (field.is(AttributeProto::kFFieldNumber, WireType::fixed32)) {
        result.real = std::bit_cast<float>(static_cast<std::uint32_t>(field.value));
      }
      if (field.is(AttributeProto::kSFieldNumber, WireType::bytes)) result.text = field.bytes;
      if (field.is(AttributeProto::kStringsFieldNumber, WireType::bytes)) {
        budget_.spend(reader);
        result.texts.push_back(field.bytes);
      }
      if (field.number == AttributeProto::kGFieldNumber || field.number == AttributeProto::kGraphsFieldNumber) {
        result.has_graph = true;
      }
      if (field.is(AttributeProto::kTFieldNumber, WireType::bytes)) {
        result.tensor = decode_tensor(reader.nested(field), budget_);
      }
      if (field.is(AttributeProto::kSparseTensorFieldNumber, WireType::bytes)) {
        result.tensor = sparse_tensor(reader.nested(field));
      }
      if (field.number == AttributeProto::kIntsFieldNumber) append_integers(field, reader, budget_, result.integers);
      if (field.number == AttributeProto::kFloatsFieldNumber) append_reals(field, reader, 4, budget_, result.reals);
    }
    // Writers of proto3 leave zeros out and say only the type.
    if (type == AttributeProto::INT && !result.integer) result.integer = 0;
    if (type == AttributeProto::FLOAT && !result.real) result.real = 0;
    return result;
  }

  /// Name, type and sizes as of a dense tensor; the values of a sparse one are never needed.
  OnnxTensor sparse_tensor(WireReader reader) {
    OnnxTensor result;
    Dims dims;
    for (WireField field; reader.next(field);) {
      if (field.is(::onnx::SparseTensorProto::kValuesFieldNumber, WireType::bytes)) {
        result = decode_tensor(reader.nested(field), budget_);
      }
      if (field.number == ::onnx::SparseTensorProto::kDimsFieldNumber) append_integers(field, reader, budget_, dims);
    }
    result.values.reset();
    result.dims = std::move(dims);
    result.is_sparse = true;
    return result;
  }

  OnnxValueInfo value_info(WireReader reader) {
    budget_.spend(reader);
    OnnxValueInfo result;
    for (WireField field; reader.next(field);) {
      if (field.is(ValueInfoProto::kNameFieldNumber, WireType::bytes)) result.name = field.bytes;
      if (!field.is(ValueInfoProto::kTypeFieldNumber, WireType::bytes)) continue;
      WireReader type = reader.nested(field);
      for (WireField kind; type.next(kind);) {
        if (kind.is(TypeProto::kTensorTypeFieldNumber, WireType::bytes)) tensor_type(type.nested(kind), result);
      }
    }
    return result;
  }

  void tensor_type(WireReader reader, OnnxValueInfo& info) {
    for (WireField field; reader.next(field);) {
      if (field.is(::onnx::TypeProto_Tensor::kElemTypeFieldNumber, WireType::varint)) {
        info.type = static_cast<std::int32_t>(field.value);
      }
      if (!field.is(::onnx::TypeProto_Tensor::kShapeFieldNumber, WireType::bytes)) continue;
      if (!info.dims) info.dims.emplace();
      WireReader shape = reader.nested(field);
      for (WireField dim; shape.next(dim);) {
        if (dim.is(TensorShapeProto::kDimFieldNumber, WireType::bytes)) dimension(shape.nested(dim), info);
      }
    }
  }

  void dimension(WireReader reader, OnnxValueInfo& info) {
    budget_.spend(reader);
    if (info.dims->size() >= max_rank) {
      throw DecodeError("the type of '" + printable(info.name) + "' has more dimensions than any tensor",
                        reader.offset());
    }
    OnnxDim& dim = info.dims->emplace_back();
    for (WireField field; reader.next(field);) {
      if (field.is(::onnx::TensorShapeProto_Dimension::kDimValueFieldNumber, WireType::varint)) {
        dim.value = field.integer();
      }
      if (field.is(::onnx::TensorShapeProto_Dimension::kDimParamFieldNumber, WireType::bytes)) dim.symbol = field.bytes;
    }
  }

  DecodeBudget budget_;
};

}  // namespace

void DecodeBudget::spend(const WireReader& where, std::size_t parts) {
  if (parts > left_) throw DecodeError("the model has more parts than any real one", where.offset());
  left_ -= parts;
}

OnnxModel decode_onnx(std::string_view bytes) { return Decoder().model(WireReader(bytes, bytes.data())); }

}  // namespace ohmloop
