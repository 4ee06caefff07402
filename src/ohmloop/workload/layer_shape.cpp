#include "ohmloop/workload/layer_shape.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

std::int64_t product(std::initializer_list<std::int64_t> factors) {
  std::int64_t result = 1;
  for (const std::int64_t factor : factors) result = checked_multiply(result, factor);
  return result;
}

using NamedValue = std::pair<std::string_view, std::int64_t>;

void require_at_least(std::int64_t limit, std::initializer_list<NamedValue> values) {
  for (const auto& [name, value] : values) {
    if (value < limit) throw std::invalid_argument(fmt::format("{} is {}, must be at least {}", name, value, limit));
  }
}

void require_divisible(std::string_view letter, std::int64_t channels, std::int64_t groups) {
  if (channels % groups != 0) {
    throw std::invalid_argument(
        fmt::format("{} is {}, must be a multiple of the groups G = {}", letter, channels, groups));
  }
}

void require_output(std::string_view letter, std::int64_t output, std::string_view input_letter, std::int64_t input,
                    std::int64_t kernel) {
  if (output < 1) {
    throw std::invalid_argument(fmt::format("{} is empty: a filter of {} does not fit into {} = {} and its padding",
                                            letter, kernel, input_letter, input));
  }
}

void check(const ConvolutionParameters& p) {
  require_at_least(1, {{"R", p.kernel_height},
                       {"S", p.kernel_width},
                       {"stride (height)", p.stride_height},
                       {"stride (width)", p.stride_width},
                       {"dilation (height)", p.dilation_height},
                       {"dilation (width)", p.dilation_width},
                       {"G", p.groups}});
  require_at_least(0, {{"padding (top)", p.pad_top},
                       {"padding (left)", p.pad_left},
                       {"padding (bottom)", p.pad_bottom},
                       {"padding (right)", p.pad_right}});
}

bool is_fully_connected(const LayerShape& s) {
  return s.G == 1 && s.R == 1 && s.S == 1 && s.W == 1 && s.F == 1 && s.H == s.E && !s.weight_is_activation;
}

std::string describe_convolution(const LayerShape& s) {
  const std::int64_t per_group = s.C / s.G;
  const bool depth_wise = s.G > 1 && per_group == 1;
  std::string text;
  if (depth_wise) {
    text = fmt::format("depth-wise conv {}x{}x{}", s.M, s.R, s.S);
  } else if (s.G > 1) {
    text = fmt::format("grouped conv {}x({}x{}x{}x{})", s.G, s.M / s.G, per_group, s.R, s.S);
  } else {
    text = fmt::format("conv {}x{}x{}x{}", s.M, s.C, s.R, s.S);
  }
  if (s.stride_height != s.stride_width) {
    text += fmt::format(" /{}x{}", s.stride_height, s.stride_width);
  } else if (s.stride_height != 1) {
    text += fmt::format(" /{}", s.stride_height);
  }
  text += fmt::format(", {}x{}", s.E, s.F);
  if (s.dilation_height != s.dilation_width) {
    text += fmt::format(", dilation {}x{}", s.dilation_height, s.dilation_width);
  } else if (s.dilation_height != 1) {
    text += fmt::format(", dilation {}", s.dilation_height);
  }
  return text;
}

std::string describe_one(const LayerShape& s) {
  if (s.weight_is_activation) return fmt::format("matmul {}x({}x{}x{})", s.G, s.E, s.C / s.G, s.M / s.G);
  if (!is_fully_connected(s)) return describe_convolution(s);
  if (s.E == 1) return fmt::format("fc {}x{}", s.M, s.C);
  return fmt::format("fc {}x{}, {} positions", s.M, s.C, s.E);
}

}  // namespace

std::int64_t LayerShape::macs() const { return product({N, M, C / G, R, S, E, F}); }

std::int64_t LayerShape::weights() const { return weight_is_activation ? 0 : product({M, C / G, R, S}); }

std::int64_t LayerShape::input_activations() const { return product({N, C, H, W}); }

std::int64_t LayerShape::output_activations() const { return product({N, M, E, F}); }

std::int64_t convolution_output_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad_low,
                                     std::int64_t pad_high, std::int64_t dilation) {
  require_at_least(1, {{"kernel", kernel}, {"stride", stride}, {"dilation", dilation}});
  const std::int64_t padded = checked_add(checked_add(size, pad_low), pad_high);
  const std::int64_t last_tap = checked_multiply(dilation, kernel - 1);
  const std::int64_t starts = checked_subtract(padded, last_tap);
  return starts < 1 ? 0 : (starts - 1) / stride + 1;
}

LayerShape convolution(std::int64_t N, std::int64_t C, std::int64_t H, std::int64_t W, std::int64_t M,
                       const ConvolutionParameters& p) {
  require_at_least(1, {{"N", N}, {"M", M}, {"C", C}, {"H", H}, {"W", W}});
  check(p);
  require_divisible("C", C, p.groups);
  require_divisible("M", M, p.groups);
  const std::int64_t E =
      convolution_output_size(H, p.kernel_height, p.stride_height, p.pad_top, p.pad_bottom, p.dilation_height);
  const std::int64_t F =
      convolution_output_size(W, p.kernel_width, p.stride_width, p.pad_left, p.pad_right, p.dilation_width);
  require_output("E", E, "H", H, p.kernel_height);
  require_output("F", F, "W", W, p.kernel_width);
  return LayerShape{.N = N,
                    .M = M,
                    .C = C,
                    .H = H,
                    .W = W,
                    .R = p.kernel_height,
                    .S = p.kernel_width,
                    .E = E,
                    .F = F,
                    .G = p.groups,
                    .stride_height = p.stride_height,
                    .stride_width = p.stride_width,
                    .dilation_height = p.dilation_height,
                    .dilation_width = p.dilation_width,
                    .pad_top = p.pad_top,
                    .pad_left = p.pad_left};
}

LayerShape fully_connected(std::int64_t N, std::int64_t C, std::int64_t M, std::int64_t positions) {
  require_at_least(1, {{"N", N}, {"M", M}, {"C", C}, {"positions", positions}});
  return LayerShape{.N = N, .M = M, .C = C, .H = positions, .E = positions};
}

LayerShape matmul(std::int64_t batch, std::int64_t rows, std::int64_t inner, std::int64_t columns) {
  require_at_least(1, {{"batch", batch}, {"rows", rows}, {"inner", inner}, {"columns", columns}});
  return LayerShape{.M = checked_multiply(batch, columns),
                    .C = checked_multiply(batch, inner),
                    .H = rows,
                    .E = rows,
                    .G = batch,
                    .weight_is_activation = true};
}

std::string describe(const LayerShape& shape) {
  const std::string text = describe_one(shape);
  return shape.N == 1 ? text : fmt::format("{}, batch {}", text, shape.N);
}

}  // namespace ohmloop
