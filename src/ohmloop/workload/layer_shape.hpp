#pragma once

#include <cstdint>
#include <string>

namespace ohmloop {

/// Shape of a layer that multiplies weights with activations, in the field's letters. M and C count the channels of all
/// groups together. Fully connected layers have H = W = R = S = E = F = 1; a linear layer over a sequence has E = its
/// length.
///
/// A matmul of two activations (attention) is a layer too: `G` = heads x batch, `E` = rows of the first operand, `C` =
/// G x the summed dimension, `M` = G x the columns of the second operand, which takes the weight's role.
struct LayerShape {
  std::int64_t N = 1;  ///< batch
  std::int64_t M = 1;  ///< output channels
  std::int64_t C = 1;  ///< input channels
  std::int64_t H = 1;  ///< input height
  std::int64_t W = 1;  ///< input width
  std::int64_t R = 1;  ///< filter height
  std::int64_t S = 1;  ///< filter width
  std::int64_t E = 1;  ///< output height
  std::int64_t F = 1;  ///< output width
  std::int64_t G = 1;  ///< groups
  std::int64_t stride_height = 1;
  std::int64_t stride_width = 1;
  std::int64_t dilation_height = 1;
  std::int64_t dilation_width = 1;
  std::int64_t pad_top = 0;  ///< what lies below and right of the input follows from E and F
  std::int64_t pad_left = 0;
  bool weight_is_activation = false;  ///< both operands are activations: the weight's one changes with every inference

  friend bool operator==(const LayerShape&, const LayerShape&) = default;

  /// N M/G... products; throw OverflowError.
  [[nodiscard]] std::int64_t macs() const;     ///< N * M * (C / G) * R * S * E * F
  [[nodiscard]] std::int64_t weights() const;  ///< M * (C / G) * R * S, biases not counted; 0 if weight_is_activation
  [[nodiscard]] std::int64_t input_activations() const;   ///< N * C * H * W
  [[nodiscard]] std::int64_t output_activations() const;  ///< N * M * E * F
};

/// What of a convolution's shape is written down; the output size follows.
struct ConvolutionParameters {
  std::int64_t kernel_height = 1, kernel_width = 1;
  std::int64_t stride_height = 1, stride_width = 1;
  std::int64_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
  std::int64_t dilation_height = 1, dilation_width = 1;
  std::int64_t groups = 1;
};

/// Output extent of one dimension: floor((size + pads - dilation * (kernel - 1) - 1) / stride) + 1; 0 if nothing fits.
/// Throws std::invalid_argument for a kernel, stride or dilation below 1, OverflowError for sizes out of range.
std::int64_t convolution_output_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad_low,
                                     std::int64_t pad_high, std::int64_t dilation);

/// Throws std::invalid_argument that names the wrong letter (sizes below 1, channels not divisible by groups, empty
/// output).
LayerShape convolution(std::int64_t N, std::int64_t C, std::int64_t H, std::int64_t W, std::int64_t M,
                       const ConvolutionParameters& parameters);
/// `positions` vectors of C inputs, each to M outputs (positions = sequence length; 1 for a classifier).
LayerShape fully_connected(std::int64_t N, std::int64_t C, std::int64_t M, std::int64_t positions = 1);
/// `batch` independent products of (rows x inner) by (inner x columns), both activations.
LayerShape matmul(std::int64_t batch, std::int64_t rows, std::int64_t inner, std::int64_t columns);

/// "conv 64x3x7x7 /2, 112x112", "depth-wise conv 32x3x3, 14x14", "grouped conv 2x(128x48x5x5), 27x27", "fc 1000x512",
/// "fc 3072x768, 128 positions", "matmul 12x(384x64x384)"; ", batch 4" at the end if there is more than one.
std::string describe(const LayerShape& shape);

}  // namespace ohmloop
