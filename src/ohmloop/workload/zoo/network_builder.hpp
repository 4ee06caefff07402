#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// A value that flows through a network under construction.
struct Feature {
  std::vector<std::int64_t> dims;        ///< batch first: images are N C H W, sequences N L C
  std::optional<std::size_t> node = {};  ///< the node that makes it; none for the network's input
};

/// Height and width; one number stands for both.
struct Extent {
  std::int64_t height;
  std::int64_t width;

  constexpr Extent(std::int64_t both) : height(both), width(both) {}
  constexpr Extent(std::int64_t rows, std::int64_t columns) : height(rows), width(columns) {}
};

struct ConvOptions {
  std::int64_t channels = 1;  ///< of the output
  Extent kernel = 1;
  Extent stride = 1;
  Extent pad = 0;
  std::int64_t groups = 1;
  bool bias = false;
};

struct PoolOptions {
  Extent kernel = 2;
  Extent stride = 2;
  Extent pad = 0;
  bool round_up = false;  ///< a last window that is partly outside counts (ceil_mode)
};

struct LinearOptions {
  std::int64_t outputs = 1;
  bool bias = true;
  bool shares_weights = false;  ///< with another node, which counts the parameters
};

/// Builds a network node by node, in execution order. Every call adds one node and returns its output; a name that was
/// used before gets "_1", "_2", as torch.fx does. Operands that don't fit are InternalError; a batch below 1 throws
/// std::invalid_argument.
class NetworkBuilder {
 public:
  NetworkBuilder(std::string name, std::vector<std::int64_t> input_dims);

  [[nodiscard]] Feature input() const;
  /// The finished network; the builder is empty afterwards.
  [[nodiscard]] Network take();

  Feature conv(const std::string& name, const Feature& x, const ConvOptions& options);
  /// Over the last dim of x.
  Feature linear(const std::string& name, const Feature& x, const LinearOptions& options);
  /// [..., rows, inner] x [..., inner, columns]; `b` takes the weight's role.
  Feature matmul(const std::string& name, const Feature& a, const Feature& b);

  Feature batch_norm(const std::string& name, const Feature& x);
  Feature layer_norm(const std::string& name, const Feature& x);
  Feature max_pool(const std::string& name, const Feature& x, const PoolOptions& options);
  Feature average_pool(const std::string& name, const Feature& x, const PoolOptions& options);
  /// N C H W to N C 1 1.
  Feature global_average_pool(const std::string& name, const Feature& x);
  /// A look-up table of `rows` vectors: adds a dim of `width`.
  Feature embedding(const std::string& name, const Feature& indices, std::int64_t rows, std::int64_t width);

  /// An element-wise operator of one operand, or a normalisation without parameters: "Relu", "Clip", "LRN", "Softmax".
  Feature elementwise(const std::string& operation, const std::string& name, const Feature& x);
  Feature relu(const std::string& name, const Feature& x) { return elementwise("Relu", name, x); }
  Feature add(const std::string& name, const Feature& a, const Feature& b);
  /// x + a trained table of which `parameters` values exist, such as position embeddings.
  Feature add_table(const std::string& name, const Feature& x, std::int64_t parameters);
  Feature concat(const std::string& name, const std::vector<Feature>& parts, std::size_t axis);
  /// Puts one trained vector before every sequence, such as the class token.
  Feature prepend_vector(const std::string& name, const Feature& sequence);
  /// Only moves or selects elements: "Flatten", "Transpose", "Slice", "Gather". No check that `dims` can come from x.
  Feature rearrange(const std::string& operation, const std::string& name, const Feature& x,
                    std::vector<std::int64_t> dims);
  /// All dims but the batch into one.
  Feature flatten(const std::string& name, const Feature& x);

 private:
  Feature append(NetworkNode node, const std::vector<Feature>& operands);
  Feature pool(const std::string& operation, const std::string& name, const Feature& x, const PoolOptions& options);
  [[nodiscard]] std::string unique_name(const std::string& name) const;

  Network network_;
};

}  // namespace ohmloop
