#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ohmloop/workload/network.hpp"

namespace ohmloop {

struct OnnxOptions {
  std::int64_t batch = 1;                        ///< for a symbolic or unset first dimension of the inputs
  std::size_t max_bytes = std::size_t{2} << 30;  ///< protobuf's own limit
};

struct OnnxStats {
  std::int64_t operator_set = 0;
  double read_seconds = 0;
};

/// Reads an ONNX file (operator sets 7-17) as a graph of layers; shapes are inferred, weights need not be there and are
/// not copied. Throws IoError or InputError (not ONNX, truncated, an operator set out of range, a shape that can't be
/// inferred, sizes that overflow), never crashes on any bytes.
Network read_onnx(const std::string& path, const OnnxOptions& options = {}, OnnxStats* stats = nullptr);

/// The same from bytes; `path` is for messages.
Network read_onnx_bytes(std::string_view bytes, const std::string& path, const OnnxOptions& options = {},
                        OnnxStats* stats = nullptr);

}  // namespace ohmloop
