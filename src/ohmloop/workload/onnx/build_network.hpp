#pragma once

#include <cstdint>
#include <string>

#include "ohmloop/workload/network.hpp"
#include "ohmloop/workload/onnx/model.hpp"

namespace ohmloop {

/// The network that a decoded file describes. Nodes that compute only on weights and sizes are done beforehand and left
/// out; a node whose sizes can't be known has the output size 0. Throws InputError.
Network build_network(const OnnxModel& model, const std::string& path, std::int64_t batch);

}  // namespace ohmloop
