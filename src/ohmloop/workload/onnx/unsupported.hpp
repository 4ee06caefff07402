#pragma once

#include "ohmloop/workload/network.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

/// One warning per operator that nothing here knows the cost of, with its share of the network, and one for nodes
/// whose sizes stay unknown.
void warn_of_gaps(const Network& network, OnnxProblems& problems);

}  // namespace ohmloop
