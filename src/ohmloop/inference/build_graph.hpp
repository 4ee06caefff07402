#pragma once

#include <cstddef>
#include <string>

#include "ohmloop/inference/graph.hpp"
#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// The graph of a decoded model, whose bytes must be there still. Throws what `read_graph` does.
Graph build_graph(const OnnxModel& model, const std::string& path, std::size_t max_weight_bytes);

}  // namespace ohmloop
