#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ohmloop/workload/onnx/constant.hpp"
#include "ohmloop/workload/onnx/dims.hpp"

/// What an ONNX file says, as far as shapes and costs need it. Names are views into the file's bytes, which must
/// outlive the model.
namespace ohmloop {

/// Codes of TensorProto.DataType.
namespace onnx_type {
inline constexpr std::int32_t undefined = 0, float32 = 1, uint8 = 2, int8 = 3, uint16 = 4, int16 = 5, int32 = 6,
                              int64 = 7, string = 8, boolean = 9, float16 = 10, float64 = 11, uint32 = 12, uint64 = 13,
                              complex64 = 14, complex128 = 15, bfloat16 = 16;
}  // namespace onnx_type

/// A tensor without its values, unless there are few; `tensor_elements.hpp` reads all of them.
struct OnnxTensor {
  std::string_view name;
  std::int32_t type = onnx_type::undefined;
  Dims dims{};
  std::optional<Constant> values{};
  std::string_view message{};  ///< its own bytes in the file
  bool is_sparse = false;      ///< a SparseTensorProto: only name, type and sizes are known
};

struct OnnxAttribute {
  std::string_view name;
  std::optional<std::int64_t> integer{};
  std::optional<double> real{};
  std::string_view text;
  std::vector<std::int64_t> integers{};
  std::vector<double> reals{};
  std::vector<std::string_view> texts{};
  std::optional<OnnxTensor> tensor{};
  bool has_graph = false;  ///< a subgraph (of If, Loop, Scan), which is not read
};

struct OnnxNode {
  std::string_view name;
  std::string_view operation;
  std::string_view domain;
  std::vector<std::string_view> inputs{};  ///< an empty name is an input left out
  std::vector<std::string_view> outputs{};
  std::vector<OnnxAttribute> attributes{};
};

/// A size that the file gives, names, or leaves open.
struct OnnxDim {
  std::optional<std::int64_t> value;
  std::string_view symbol;
};

/// The declared type of a tensor.
struct OnnxValueInfo {
  std::string_view name;
  std::int32_t type = onnx_type::undefined;
  std::optional<std::vector<OnnxDim>> dims{};  ///< nothing: not even their number is known
};

struct OnnxModel {
  std::int64_t operator_set = 0;  ///< of the default domain; 0 if the file names none
  bool has_graph = false;
  std::vector<OnnxNode> nodes{};
  std::vector<OnnxTensor> initializers{};
  std::vector<OnnxValueInfo> inputs{};
  std::vector<OnnxValueInfo> outputs{};
  std::vector<OnnxValueInfo> value_info{};
};

}  // namespace ohmloop
