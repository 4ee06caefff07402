#include "ohmloop/inference/read_graph.hpp"

#include "ohmloop/inference/build_graph.hpp"
#include "ohmloop/workload/onnx/checked_model.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"

namespace ohmloop {

Graph read_graph(const std::string& path, const GraphOptions& options) {
  const MappedFile file(path, options.max_bytes);
  return read_graph_bytes(file.bytes(), path, options);
}

Graph read_graph_bytes(std::string_view bytes, const std::string& path, const GraphOptions& options) {
  return build_graph(decode_checked_model(bytes, path, options.max_bytes), path, options.max_bytes);
}

}  // namespace ohmloop
