#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// Decodes the bytes of an ONNX file whose operator set (7 to 17) is understood here. The bytes must outlive the model;
/// `path` is for messages. Throws InputError: empty, too large, no ONNX model (with a guess what it may be instead),
/// damaged, another operator set.
OnnxModel decode_checked_model(std::string_view bytes, const std::string& path, std::size_t max_bytes);

}  // namespace ohmloop
