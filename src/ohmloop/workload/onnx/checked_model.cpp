#include "ohmloop/workload/onnx/checked_model.hpp"

#include <fmt/format.h>

#include "ohmloop/text/utf8.hpp"
#include "ohmloop/workload/onnx/decode.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t oldest_operator_set = 7;
constexpr std::int64_t newest_operator_set = 17;

/// What a file that is no model may be instead.
std::vector<std::string> guess_kind(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 256);
  if (start.starts_with("version https://git-lfs")) {
    return {"this is a Git LFS pointer, not the model itself: fetch it with 'git lfs pull'"};
  }
  if (start.starts_with("PK\x03\x04"))
    return {"this is a zip archive (a PyTorch checkpoint?): export the model to ONNX"};
  if (start.starts_with("\x89HDF")) return {"this is an HDF5 file (a Keras model?): convert it with tf2onnx"};
  const std::size_t whole_characters = start.size() > 8 ? start.size() - 4 : start.size();
  if (!first_non_text_byte(start.substr(0, whole_characters))) {
    return {"the file looks like text; an ONNX model is a binary file"};
  }
  return {};
}

OnnxModel decode(std::string_view bytes, const std::string& path) {
  try {
    OnnxModel model = decode_onnx(bytes);
    if (model.has_graph) return model;
  } catch (const DecodeError& error) {
    throw InputError(
        binary_problem(fmt::format("{}: no ONNX model, or a damaged one: {}", path, error.what()), guess_kind(bytes)));
  }
  throw InputError(binary_problem(fmt::format("{}: no ONNX model: it holds no graph", path), guess_kind(bytes)));
}

void check_operator_set(std::int64_t version, const std::string& path) {
  if (version >= oldest_operator_set && version <= newest_operator_set) return;
  const std::vector<std::string> advice = {fmt::format(
      "export with opset_version={}, or convert the file with onnx.version_converter", newest_operator_set)};
  if (version == 0) {
    throw InputError(binary_problem(
        fmt::format("{}: the model does not say its operator set: it may be truncated, or older than operator set {}",
                    path, oldest_operator_set),
        advice));
  }
  throw InputError(binary_problem(fmt::format("{}: operator set {} is not supported, only {} to {} are", path, version,
                                              oldest_operator_set, newest_operator_set),
                                  advice));
}

}  // namespace

OnnxModel decode_checked_model(std::string_view bytes, const std::string& path, std::size_t max_bytes) {
  if (bytes.empty()) throw InputError(binary_problem(fmt::format("{}: the file is empty", path)));
  if (bytes.size() > max_bytes) {
    throw InputError(
        binary_problem(fmt::format("{}: {} bytes are more than the limit of {}", path, bytes.size(), max_bytes)));
  }
  OnnxModel model = decode(bytes, path);
  check_operator_set(model.operator_set, path);
  return model;
}

}  // namespace ohmloop
