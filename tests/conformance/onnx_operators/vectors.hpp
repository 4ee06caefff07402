#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ohmloop/inference/tensor.hpp"
#include "ohmloop/workload/onnx/onnx_proto.hpp"

/// The operator test vectors of the ONNX project, as Debian's libonnx-testdata installs them.
namespace ohmloop {

struct VectorCase {
  std::string name;  ///< "node/test_relu"
  std::filesystem::path folder;
  ::onnx::ModelProto model;
};

/// Inputs and expected outputs of one data set of a case.
struct DataSet {
  std::vector<::onnx::TensorProto> protos;  ///< of the inputs
  std::vector<TensorData> inputs;
  std::vector<TensorData> outputs;
};

/// Where the vectors are installed; empty if they are not.
std::filesystem::path vectors_folder();

/// All cases, sorted by name. Operator sets before 7 are read as 7: the operators that are tested did not change
/// between, or only gained numpy's broadcasting.
std::vector<VectorCase> all_cases();

/// Whether the graph has inputs or outputs that are no tensors (sequences, optional values).
bool has_other_values(const ::onnx::GraphProto& graph);

std::vector<DataSet> data_sets(const VectorCase& one);

/// From the generated classes, which share no code with the project's own decoder.
TensorData tensor_of(const ::onnx::TensorProto& proto);

/// Empty if the tensors are equal: exactly for whole numbers, bools and strings, within `relative` and `absolute` for
/// real ones. Else what differs.
std::string difference(const TensorData& got, const TensorData& expected, double relative, double absolute);

}  // namespace ohmloop
