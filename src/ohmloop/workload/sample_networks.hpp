#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// A small trained network that travels inside the binary: an ONNX file of share/ohmloop/networks and what is recorded
/// of it there. How they were trained: studies/fashion-mnist-networks.
struct SampleNetwork {
  std::string name;          ///< "fashion-mnist-depth-4"
  std::string data_set;      ///< whose images it classifies: "fashion-mnist"
  std::string_view bytes;    ///< the ONNX file, for read_onnx_bytes; lives as long as the program
  double top1_percent = 0;   ///< of the data set's test images classified rightly, as measured when it was trained
  std::int64_t weights = 0;  ///< of convolutions and fully connected layers, without biases
  std::int64_t macs = 0;     ///< per image
  std::string sha256;        ///< of `bytes`, as recorded
};

/// All of them, in the order of their tables: by family, then by what grows within it.
std::vector<SampleNetwork> sample_networks();

}  // namespace ohmloop
