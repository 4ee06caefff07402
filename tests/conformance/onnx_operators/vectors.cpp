#include "vectors.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

std::string bytes_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<::onnx::TensorProto> protos_of(const fs::path& folder, const std::string& kind) {
  std::vector<::onnx::TensorProto> protos;
  for (int i = 0;; ++i) {
    const fs::path path = folder / fmt::format("{}_{}.pb", kind, i);
    if (!fs::exists(path)) return protos;
    if (!protos.emplace_back().ParseFromString(bytes_of_file(path))) {
      throw std::runtime_error("no tensor: " + path.string());
    }
  }
}

/// numpy has no bfloat16: the vectors hold such tensors as uint16.
template <class Declared>
void restore_types(const Declared& declared, std::vector<::onnx::TensorProto>& protos) {
  for (std::size_t i = 0; i < protos.size(); ++i) {
    const int type = declared[static_cast<int>(i)].type().tensor_type().elem_type();
    if (type == ::onnx::TensorProto::BFLOAT16) protos[i].set_data_type(type);
  }
}

std::vector<TensorData> tensors_of(const std::vector<::onnx::TensorProto>& protos) {
  std::vector<TensorData> tensors;
  for (const auto& proto : protos) tensors.push_back(tensor_of(proto));
  return tensors;
}

template <class T, class List>
TensorData from_list(const Dims& dims, const List& list) {
  TensorData tensor(element_type_of<T>, dims);
  if (tensor.size() != static_cast<std::size_t>(list.size())) throw std::runtime_error("another number of values");
  const auto values = tensor.mutable_values<T>();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = list[static_cast<int>(i)];
    if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
      values[i] = T{static_cast<std::uint16_t>(value)};
    } else {
      values[i] = static_cast<T>(value);
    }
  }
  return tensor;
}

TensorData from_fields(ElementType type, const Dims& dims, const ::onnx::TensorProto& proto) {
  switch (type) {
    case ElementType::float32:
      return from_list<float>(dims, proto.float_data());
    case ElementType::float64:
      return from_list<double>(dims, proto.double_data());
    case ElementType::int64:
      return from_list<std::int64_t>(dims, proto.int64_data());
    case ElementType::uint64:
      return from_list<std::uint64_t>(dims, proto.uint64_data());
    case ElementType::uint32:
      return from_list<std::uint32_t>(dims, proto.uint64_data());
    case ElementType::int32:
      return from_list<std::int32_t>(dims, proto.int32_data());
    case ElementType::int16:
      return from_list<std::int16_t>(dims, proto.int32_data());
    case ElementType::uint16:
      return from_list<std::uint16_t>(dims, proto.int32_data());
    case ElementType::int8:
      return from_list<std::int8_t>(dims, proto.int32_data());
    case ElementType::uint8:
      return from_list<std::uint8_t>(dims, proto.int32_data());
    case ElementType::boolean:
      return from_list<bool>(dims, proto.int32_data());
    case ElementType::float16:
      return from_list<Float16>(dims, proto.int32_data());
    case ElementType::bfloat16:
      return from_list<BFloat16>(dims, proto.int32_data());
    case ElementType::string:
      return TensorData::of_strings(dims, {proto.string_data().begin(), proto.string_data().end()});
  }
  throw std::runtime_error("an element type of its own");
}

std::vector<double> numbers_of(const TensorData& tensor) {
  std::vector<double> numbers(tensor.size());
  const auto copy = [&]<class T>(T /*type*/) {
    const auto values = tensor.values<T>();
    std::transform(values.begin(), values.end(), numbers.begin(), [](T value) {
      if constexpr (std::is_same_v<T, Float16> || std::is_same_v<T, BFloat16>) {
        return static_cast<double>(to_float(value));
      } else {
        return static_cast<double>(value);
      }
    });
  };
  if (tensor.type() == ElementType::float32) copy(float{});
  if (tensor.type() == ElementType::float64) copy(double{});
  if (tensor.type() == ElementType::float16) copy(Float16{});
  if (tensor.type() == ElementType::bfloat16) copy(BFloat16{});
  return numbers;
}

bool is_real(ElementType type) {
  return type == ElementType::float32 || type == ElementType::float64 || type == ElementType::float16 ||
         type == ElementType::bfloat16;
}

bool is_close(double got, double expected, double relative, double absolute) {
  if (std::isnan(got) || std::isnan(expected)) return std::isnan(got) && std::isnan(expected);
  if (std::isinf(got) || std::isinf(expected)) return got == expected;
  return std::abs(got - expected) <= absolute + relative * std::abs(expected);
}

}  // namespace

fs::path vectors_folder() {
  const fs::path folder = "/usr/share/libonnx-testdata/data";
  return fs::is_directory(folder) ? folder : fs::path();
}

std::vector<VectorCase> all_cases() {
  std::vector<VectorCase> cases;
  for (const char* group : {"node", "pytorch-converted", "pytorch-operator", "simple"}) {
    for (const fs::path& folder : sorted_entries(vectors_folder() / group)) {
      VectorCase one;
      one.name = fmt::format("{}/{}", group, folder.filename().string());
      one.folder = folder;
      if (!one.model.ParseFromString(bytes_of_file(folder / "model.onnx"))) {
        throw std::runtime_error("no model: " + folder.string());
      }
      for (auto& set : *one.model.mutable_opset_import()) {
        if (set.domain().empty() && set.version() < 7) set.set_version(7);
      }
      cases.push_back(std::move(one));
    }
  }
  return cases;
}

bool has_other_values(const ::onnx::GraphProto& graph) {
  const auto is_other = [](const ::onnx::ValueInfoProto& info) { return !info.type().has_tensor_type(); };
  return std::any_of(graph.input().begin(), graph.input().end(), is_other) ||
         std::any_of(graph.output().begin(), graph.output().end(), is_other);
}

std::vector<DataSet> data_sets(const VectorCase& one) {
  std::vector<DataSet> sets;
  for (const fs::path& path : sorted_entries(one.folder)) {
    if (!fs::is_directory(path)) continue;
    DataSet set;
    set.protos = protos_of(path, "input");
    restore_types(one.model.graph().input(), set.protos);
    set.inputs = tensors_of(set.protos);
    std::vector<::onnx::TensorProto> outputs = protos_of(path, "output");
    restore_types(one.model.graph().output(), outputs);
    set.outputs = tensors_of(outputs);
    sets.push_back(std::move(set));
  }
  return sets;
}

TensorData tensor_of(const ::onnx::TensorProto& proto) {
  const std::optional<ElementType> type = find_element_type(proto.data_type());
  if (!type) throw std::runtime_error("a tensor of a type that is not supported");
  const Dims dims(proto.dims().begin(), proto.dims().end());
  if (!proto.has_raw_data() || *type == ElementType::string) return from_fields(*type, dims, proto);
  TensorData tensor(*type, dims);
  if (tensor.size_bytes() != proto.raw_data().size()) throw std::runtime_error("another number of bytes");
  std::memcpy(tensor.mutable_bytes(), proto.raw_data().data(), proto.raw_data().size());
  return tensor;
}

std::string difference(const TensorData& got, const TensorData& expected, double relative, double absolute) {
  if (got.type() != expected.type()) {
    return fmt::format("type {}, expected {}", name_of(got.type()), name_of(expected.type()));
  }
  if (got.dims() != expected.dims()) {
    return fmt::format("size {}, expected {}", to_string(got.dims()), to_string(expected.dims()));
  }
  if (got.type() == ElementType::string) return got.strings() == expected.strings() ? "" : "other strings";
  if (!is_real(got.type())) {
    const bool same = std::memcmp(got.bytes(), expected.bytes(), got.size_bytes()) == 0;
    return same ? "" : "other whole numbers";
  }
  // The vectors cut bfloat16 off, where later editions of the standard round: one step of its 8 bits.
  if (got.type() == ElementType::bfloat16) relative = 0x1p-7;
  const std::vector<double> a = numbers_of(got);
  const std::vector<double> b = numbers_of(expected);
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!is_close(a[i], b[i], relative, absolute)) return fmt::format("element {}: {}, expected {}", i, a[i], b[i]);
  }
  return "";
}

}  // namespace ohmloop
