#include "ohmloop/workload/onnx_reader.hpp"

#include <chrono>

#include <fmt/format.h>

#include "ohmloop/workload/onnx/build_network.hpp"
#include "ohmloop/workload/onnx/checked_model.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {
namespace {

void check_options(const OnnxOptions& options) {
  if (options.batch < 1) {
    throw InputError(binary_problem(fmt::format("the batch is {}, must be at least 1", options.batch)));
  }
}

}  // namespace

Network read_onnx_bytes(std::string_view bytes, const std::string& path, const OnnxOptions& options, OnnxStats* stats) {
  const auto start = std::chrono::steady_clock::now();
  check_options(options);
  const OnnxModel model = decode_checked_model(bytes, path, options.max_bytes);
  Network network = build_network(model, path, options.batch);
  if (stats != nullptr) {
    stats->operator_set = model.operator_set;
    stats->read_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  return network;
}

Network read_onnx(const std::string& path, const OnnxOptions& options, OnnxStats* stats) {
  const MappedFile file(path, options.max_bytes,
                        {"keep the weights in a file of their own (ONNX external data): only shapes are read"});
  return read_onnx_bytes(file.bytes(), path, options, stats);
}

}  // namespace ohmloop
