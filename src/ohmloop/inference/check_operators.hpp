#pragma once

#include "ohmloop/workload/onnx/model.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

/// Reports the operators of a model that nothing here executes, each once with its nodes, the nearest name and the list
/// of those that are.
void check_operators(const OnnxModel& model, OnnxProblems& problems);

}  // namespace ohmloop
