#pragma once

#include <cstddef>
#include <vector>

#include "ohmloop/workload/onnx/model.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

/// Indices of the nodes such that each follows those it reads; the file's own order where that is possible. Reports
/// tensors that two nodes write and nodes that wait for each other, and throws InputError.
std::vector<std::size_t> order_nodes(const OnnxModel& model, OnnxProblems& problems);

}  // namespace ohmloop
