#pragma once

#include <string_view>

#include "ohmloop/workload/onnx/model.hpp"
#include "ohmloop/workload/onnx/wire_reader.hpp"

namespace ohmloop {

/// Decodes a ModelProto in place. Values of large tensors are skipped, not read; subgraphs (of If, Loop, Scan) are
/// skipped too. Throws DecodeError: not a protocol buffer, truncated, a tensor with a negative size or with fewer bytes
/// than its sizes need, more parts than any real model has.
OnnxModel decode_onnx(std::string_view bytes);

/// Counts the parts of a model, so that a small file can't ask for much memory. Throws DecodeError.
class DecodeBudget {
 public:
  void spend(const WireReader& where, std::size_t parts = 1);

 private:
  std::size_t left_ = std::size_t{1} << 21U;
};

/// A TensorProto; its own part of decode_onnx.
OnnxTensor decode_tensor(WireReader reader, DecodeBudget& budget);

/// Appends a repeated integer field, packed or not; ignores other wire types.
void append_integers(const WireField& field, const WireReader& reader, DecodeBudget& budget,
                     std::vector<std::int64_t>& values);
/// Appends a repeated float (4 bytes) or double (8 bytes) field, packed or not.
void append_reals(const WireField& field, const WireReader& reader, std::size_t bytes_each, DecodeBudget& budget,
                  std::vector<double>& values);

}  // namespace ohmloop
