#include "ohmloop/workload/zoo/network_builder.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/pooling_windows.hpp"

namespace ohmloop {
namespace {

std::int64_t elements(std::span<const std::int64_t> dims) {
  std::int64_t product = 1;
  for (const std::int64_t dim : dims) product = checked_multiply(product, dim);
  return product;
}

bool equal_but_for(std::size_t axis, std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
  return a.size() == b.size() && std::ranges::equal(a.first(axis), b.first(axis)) &&
         std::ranges::equal(a.subspan(axis + 1), b.subspan(axis + 1));
}

bool is_image(const Feature& x) { return x.dims.size() == 4; }

/// Rounding up adds the windows that are partly outside, except one that would start in the padding.
std::int64_t pooled_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad, bool round_up) {
  const std::int64_t complete = convolution_output_size(size, kernel, stride, pad, pad, 1);
  if (!round_up) return complete;
  const std::int64_t with_partial = convolution_output_size(size, kernel, stride, pad, pad + stride - 1, 1);
  const bool starts_outside = (with_partial - 1) * stride >= size + pad;
  return starts_outside ? with_partial - 1 : with_partial;
}

}  // namespace

NetworkBuilder::NetworkBuilder(std::string name, std::vector<std::int64_t> input_dims) {
  OHM_CHECK(!input_dims.empty(), "a network's input has a batch");
  if (input_dims.front() < 1) {
    throw std::invalid_argument(fmt::format("the batch is {}, must be at least 1", input_dims.front()));
  }
  network_.name = std::move(name);
  network_.source = "zoo";
  network_.input_dims = std::move(input_dims);
}

Feature NetworkBuilder::input() const { return {.dims = network_.input_dims}; }

Network NetworkBuilder::take() { return std::exchange(network_, {}); }

Feature NetworkBuilder::conv(const std::string& name, const Feature& x, const ConvOptions& options) {
  OHM_CHECK(is_image(x), name);
  const LayerShape shape = convolution(x.dims[0], x.dims[1], x.dims[2], x.dims[3], options.channels,
                                       {.kernel_height = options.kernel.height,
                                        .kernel_width = options.kernel.width,
                                        .stride_height = options.stride.height,
                                        .stride_width = options.stride.width,
                                        .pad_top = options.pad.height,
                                        .pad_left = options.pad.width,
                                        .pad_bottom = options.pad.height,
                                        .pad_right = options.pad.width,
                                        .groups = options.groups});
  return append({.name = name,
                 .operation = "Conv",
                 .shape = shape,
                 .output_dims = {shape.N, shape.M, shape.E, shape.F},
                 .parameters = shape.weights() + (options.bias ? shape.M : 0)},
                {x});
}

Feature NetworkBuilder::linear(const std::string& name, const Feature& x, const LinearOptions& options) {
  OHM_CHECK(x.dims.size() == 2 || x.dims.size() == 3, name);
  const std::int64_t positions = x.dims.size() == 3 ? x.dims[1] : 1;
  const LayerShape shape = fully_connected(x.dims.front(), x.dims.back(), options.outputs, positions);
  std::vector<std::int64_t> dims = x.dims;
  dims.back() = options.outputs;
  const std::int64_t weights = options.shares_weights ? 0 : shape.weights();
  return append({.name = name,
                 .operation = x.dims.size() == 3 ? "MatMul" : "Gemm",
                 .shape = shape,
                 .output_dims = std::move(dims),
                 .parameters = weights + (options.bias ? shape.M : 0)},
                {x});
}

Feature NetworkBuilder::matmul(const std::string& name, const Feature& a, const Feature& b) {
  const std::size_t rank = a.dims.size();
  OHM_CHECK(rank >= 2 && b.dims.size() == rank && a.dims[rank - 1] == b.dims[rank - 2], name);
  OHM_CHECK(std::equal(a.dims.begin(), a.dims.end() - 2, b.dims.begin()), name);
  std::vector<std::int64_t> dims = a.dims;
  dims.back() = b.dims.back();
  const std::int64_t products = elements(std::span(a.dims).first(rank - 2));
  return append({.name = name,
                 .operation = "MatMul",
                 .shape = ohmloop::matmul(products, a.dims[rank - 2], a.dims[rank - 1], b.dims.back()),
                 .output_dims = std::move(dims)},
                {a, b});
}

Feature NetworkBuilder::batch_norm(const std::string& name, const Feature& x) {
  OHM_CHECK(is_image(x), name);
  return append({.name = name, .operation = "BatchNormalization", .output_dims = x.dims, .parameters = 2 * x.dims[1]},
                {x});
}

Feature NetworkBuilder::layer_norm(const std::string& name, const Feature& x) {
  return append(
      {.name = name, .operation = "LayerNormalization", .output_dims = x.dims, .parameters = 2 * x.dims.back()}, {x});
}

Feature NetworkBuilder::max_pool(const std::string& name, const Feature& x, const PoolOptions& options) {
  return pool("MaxPool", name, x, options);
}

Feature NetworkBuilder::average_pool(const std::string& name, const Feature& x, const PoolOptions& options) {
  return pool("AveragePool", name, x, options);
}

Feature NetworkBuilder::pool(const std::string& operation, const std::string& name, const Feature& x,
                             const PoolOptions& options) {
  OHM_CHECK(is_image(x), name);
  const std::int64_t height =
      pooled_size(x.dims[2], options.kernel.height, options.stride.height, options.pad.height, options.round_up);
  const std::int64_t width =
      pooled_size(x.dims[3], options.kernel.width, options.stride.width, options.pad.width, options.round_up);
  const WindowAxis rows{x.dims[2], height, options.kernel.height, options.stride.height, options.pad.height};
  const WindowAxis columns{x.dims[3], width, options.kernel.width, options.stride.width, options.pad.width};
  const std::int64_t in_windows = checked_multiply(elements_in_windows(rows), elements_in_windows(columns));
  return append({.name = name,
                 .operation = operation,
                 .output_dims = {x.dims[0], x.dims[1], height, width},
                 .window_elements = checked_multiply(checked_multiply(x.dims[0], x.dims[1]), in_windows)},
                {x});
}

Feature NetworkBuilder::global_average_pool(const std::string& name, const Feature& x) {
  OHM_CHECK(is_image(x), name);
  return append({.name = name, .operation = "GlobalAveragePool", .output_dims = {x.dims[0], x.dims[1], 1, 1}}, {x});
}

Feature NetworkBuilder::embedding(const std::string& name, const Feature& indices, std::int64_t rows,
                                  std::int64_t width) {
  std::vector<std::int64_t> dims = indices.dims;
  dims.push_back(width);
  return append({.name = name,
                 .operation = "Gather",
                 .output_dims = std::move(dims),
                 .parameters = checked_multiply(rows, width)},
                {indices});
}

Feature NetworkBuilder::elementwise(const std::string& operation, const std::string& name, const Feature& x) {
  return append({.name = name, .operation = operation, .output_dims = x.dims}, {x});
}

Feature NetworkBuilder::add(const std::string& name, const Feature& a, const Feature& b) {
  OHM_CHECK(a.dims == b.dims, name);
  return append({.name = name, .operation = "Add", .output_dims = a.dims}, {a, b});
}

Feature NetworkBuilder::add_table(const std::string& name, const Feature& x, std::int64_t parameters) {
  return append({.name = name, .operation = "Add", .output_dims = x.dims, .parameters = parameters}, {x});
}

Feature NetworkBuilder::concat(const std::string& name, const std::vector<Feature>& parts, std::size_t axis) {
  OHM_CHECK(!parts.empty() && axis < parts.front().dims.size(), name);
  std::vector<std::int64_t> dims = parts.front().dims;
  dims[axis] = 0;
  for (const Feature& part : parts) {
    OHM_CHECK(equal_but_for(axis, part.dims, parts.front().dims), name);
    dims[axis] += part.dims[axis];
  }
  return append({.name = name, .operation = "Concat", .output_dims = std::move(dims)}, parts);
}

Feature NetworkBuilder::prepend_vector(const std::string& name, const Feature& sequence) {
  OHM_CHECK(sequence.dims.size() == 3, name);
  std::vector<std::int64_t> dims = sequence.dims;
  ++dims[1];
  return append({.name = name, .operation = "Concat", .output_dims = std::move(dims), .parameters = sequence.dims[2]},
                {sequence});
}

Feature NetworkBuilder::rearrange(const std::string& operation, const std::string& name, const Feature& x,
                                  std::vector<std::int64_t> dims) {
  return append({.name = name, .operation = operation, .output_dims = std::move(dims)}, {x});
}

Feature NetworkBuilder::flatten(const std::string& name, const Feature& x) {
  return rearrange("Flatten", name, x, {x.dims[0], elements(std::span(x.dims).subspan(1))});
}

Feature NetworkBuilder::append(NetworkNode node, const std::vector<Feature>& operands) {
  for (const Feature& operand : operands) {
    if (operand.node) node.inputs.push_back(*operand.node);
    node.input_elements = checked_add(node.input_elements, elements(operand.dims));
  }
  node.name = unique_name(node.name);
  network_.nodes.push_back(std::move(node));
  return {.dims = network_.nodes.back().output_dims, .node = network_.nodes.size() - 1};
}

std::string NetworkBuilder::unique_name(const std::string& name) const {
  const auto taken = [this](const std::string& candidate) {
    return std::any_of(network_.nodes.begin(), network_.nodes.end(),
                       [&](const NetworkNode& node) { return node.name == candidate; });
  };
  std::string candidate = name;
  for (int copy = 1; taken(candidate); ++copy) candidate = fmt::format("{}_{}", name, copy);
  return candidate;
}

}  // namespace ohmloop
