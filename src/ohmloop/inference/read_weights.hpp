#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ohmloop/inference/tensor.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"
#include "ohmloop/workload/onnx/model.hpp"
#include "ohmloop/workload/onnx/problems.hpp"
#include "ohmloop/workload/onnx/tensor_elements.hpp"

namespace ohmloop {

/// Copies tensors out of an ONNX file, and out of files beside it (external data).
class WeightReader {
 public:
  /// `path` is the model's; all tensors together may take `max_bytes`. References must outlive the reader.
  WeightReader(const std::string& path, std::size_t max_bytes, OnnxProblems& problems);

  /// The tensor, or nothing after reporting why not: no values, fewer than its sizes say, not a type of ours, a file
  /// outside the model's folder, NaN among the values; infinity, too, if it is a trained weight. `what` names it in
  /// messages: "the weights 'w'". Throws IoError if a file of external data can't be read.
  std::optional<TensorData> read(const OnnxTensor& tensor, const std::string& what, bool trained);

 private:
  TensorData copy(const OnnxTensor& tensor, ElementType type);
  std::string_view external(const OnnxElements& elements, std::size_t bytes);
  const MappedFile& open(std::string_view location);

  const std::string& path_;
  std::size_t max_bytes_;
  std::size_t left_;
  OnnxProblems& problems_;
  std::map<std::string, MappedFile, std::less<>> files_;
};

}  // namespace ohmloop
