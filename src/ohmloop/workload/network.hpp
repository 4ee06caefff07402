#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/layer_shape.hpp"

namespace ohmloop {

/// A node of the network's graph. Nodes with a `shape` multiply weights with activations and are evaluated; the others
/// are kept, listed, and their activations counted.
struct NetworkNode {
  std::string name;                      ///< unique within the network: "layer1.0.conv1"
  std::string operation;                 ///< ONNX operator name: "Conv", "Gemm", "MatMul", "MaxPool", "Add", ...
  std::optional<LayerShape> shape = {};  ///< of weight layers and matmuls
  std::vector<std::size_t> inputs = {};  ///< indices of the nodes it reads, all smaller than its own
  std::vector<std::int64_t> output_dims = {};
  std::int64_t parameters = 0;       ///< trained values, biases and normalisation included
  std::int64_t input_elements = 0;   ///< of all activations that it reads, the network's input among them
  std::int64_t window_elements = 0;  ///< of pooling: elements in all its windows together, without padding; else 0
  bool supported = true;             ///< false: an operator we don't know; its cost is missing from all totals

  [[nodiscard]] std::int64_t output_elements() const;  ///< product of the dims; throws OverflowError
};

/// A network as a graph in execution order. Its totals include the batch and throw OverflowError.
struct Network {
  std::string name;
  std::string source;  ///< "zoo" or the file's path
  std::vector<std::int64_t> input_dims;
  std::vector<NetworkNode> nodes;
  std::vector<Diagnostic> warnings;  ///< unknown operators with their share, ignored things

  [[nodiscard]] std::int64_t macs() const;
  [[nodiscard]] std::int64_t parameters() const;
  [[nodiscard]] std::int64_t weights()
      const;  ///< of weight layers, without biases; a layer that shares its weights counts them again
  /// Output elements of all layers with a shape, conv, fc and matmul: the figure that papers and timm's tables call
  /// activations (fvcore's ActivationCountAnalysis counts these operators). Normalisation, pooling and element-wise
  /// nodes are not in it. ViT-B/16 reaches its published 23.90 M only with the matmuls of two activations.
  [[nodiscard]] std::int64_t activations() const;
};

}  // namespace ohmloop
