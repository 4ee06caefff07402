#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ohmloop/inference/graph.hpp"

namespace ohmloop {

struct GraphOptions {
  std::size_t max_bytes = std::size_t{2} << 30;  ///< protobuf's own limit
};

/// Reads an ONNX file (operator sets 7-17) with its weights, also those in files beside it (external data). Throws
/// IoError or InputError with all problems at once: not ONNX, an operator that nothing here executes (its node, its
/// operator set and what is supported), weights that are not there or are not finite, a graph that is not in order,
/// and never crashes on any bytes.
Graph read_graph(const std::string& path, const GraphOptions& options = {});

/// The same from bytes; `path` is for messages and for files beside it.
Graph read_graph_bytes(std::string_view bytes, const std::string& path, const GraphOptions& options = {});

}  // namespace ohmloop
