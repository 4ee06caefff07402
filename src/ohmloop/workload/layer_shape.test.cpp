#include "ohmloop/workload/layer_shape.hpp"

#include <functional>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t huge = std::int64_t{1} << 40;

/// Counts the filter's positions one by one.
std::int64_t brute_force_output_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad_low,
                                     std::int64_t pad_high, std::int64_t dilation) {
  std::int64_t positions = 0;
  for (std::int64_t start = -pad_low;; start += stride) {
    std::int64_t last_tap = start;
    for (std::int64_t tap = 1; tap < kernel; ++tap) last_tap += dilation;
    if (last_tap >= size + pad_high) return positions;
    ++positions;
  }
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "nothing was thrown";
}

LayerShape resnet_stem() {
  return convolution(1, 3, 224, 224, 64,
                     {.kernel_height = 7,
                      .kernel_width = 7,
                      .stride_height = 2,
                      .stride_width = 2,
                      .pad_top = 3,
                      .pad_left = 3,
                      .pad_bottom = 3,
                      .pad_right = 3});
}

TEST(ConvolutionOutputSize, EqualsCountingThePositionsOneByOne) {
  EXPECT_TRUE(rc::check("output size", [] {
    const auto size = *rc::gen::inRange<std::int64_t>(1, 40);
    const auto kernel = *rc::gen::inRange<std::int64_t>(1, 9);
    const auto stride = *rc::gen::inRange<std::int64_t>(1, 6);
    const auto pad_low = *rc::gen::inRange<std::int64_t>(0, 6);
    const auto pad_high = *rc::gen::inRange<std::int64_t>(0, 6);
    const auto dilation = *rc::gen::inRange<std::int64_t>(1, 5);
    RC_TAG(pad_low == pad_high ? "symmetric" : "asymmetric");
    RC_ASSERT(convolution_output_size(size, kernel, stride, pad_low, pad_high, dilation) ==
              brute_force_output_size(size, kernel, stride, pad_low, pad_high, dilation));
  }));
}

TEST(ConvolutionOutputSize, IsZeroWhereTheFilterDoesNotFit) {
  EXPECT_EQ(convolution_output_size(2, 3, 1, 0, 0, 1), 0);
  EXPECT_EQ(convolution_output_size(4, 3, 2, 0, 0, 2), 0);
  EXPECT_EQ(convolution_output_size(3, 3, 5, 0, 0, 1), 1);
}

TEST(ConvolutionOutputSize, RefusesAStrideThatDoesNotMove) {
  EXPECT_THROW(convolution_output_size(8, 3, 0, 0, 0, 1), std::invalid_argument);
  EXPECT_THROW(convolution_output_size(8, 3, 1, 0, 0, 0), std::invalid_argument);
  EXPECT_THROW(convolution_output_size(8, 0, 1, 0, 0, 1), std::invalid_argument);
}

TEST(ConvolutionOutputSize, ReportsOverflow) {
  constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max();
  EXPECT_THROW(convolution_output_size(limit, 3, 1, 1, 1, 1), OverflowError);
  EXPECT_THROW(convolution_output_size(8, limit, 1, 0, 0, 3), OverflowError);
}

TEST(Convolution, CountsTheStemOfAResNet) {
  const LayerShape shape = resnet_stem();
  EXPECT_EQ(shape.E, 112);
  EXPECT_EQ(shape.F, 112);
  EXPECT_EQ(shape.macs(), 118'013'952);
  EXPECT_EQ(shape.weights(), 9'408);
  EXPECT_EQ(shape.input_activations(), 150'528);
  EXPECT_EQ(shape.output_activations(), 802'816);
}

TEST(Convolution, CountsGroupsOnce) {
  const ConvolutionParameters parameters = {.kernel_height = 3,
                                            .kernel_width = 3,
                                            .pad_top = 1,
                                            .pad_left = 1,
                                            .pad_bottom = 1,
                                            .pad_right = 1,
                                            .groups = 32};
  const LayerShape shape = convolution(2, 32, 14, 14, 64, parameters);
  EXPECT_EQ(shape.weights(), 64 * 9);
  EXPECT_EQ(shape.macs(), 2 * 64 * 9 * 14 * 14);
  EXPECT_EQ(shape.output_activations(), 2 * 64 * 14 * 14);
}

TEST(Convolution, KeepsHeightAndWidthApart) {
  const LayerShape shape = convolution(
      1, 8, 17, 9, 16, {.kernel_height = 1, .kernel_width = 7, .stride_width = 2, .pad_left = 3, .pad_right = 2});
  EXPECT_EQ(shape.E, 17);
  EXPECT_EQ(shape.F, 4);
  EXPECT_EQ(shape.pad_top, 0);
  EXPECT_EQ(shape.pad_left, 3);
}

TEST(Convolution, NamesTheLetterThatIsWrong) {
  EXPECT_EQ(message_of([] { convolution(0, 3, 8, 8, 4, {}); }), "N is 0, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, -3, 8, 8, 4, {}); }), "C is -3, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 8, 0, {}); }), "M is 0, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, 3, 0, 8, 4, {}); }), "H is 0, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 8, 4, {.kernel_width = 0}); }), "S is 0, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 8, 4, {.stride_width = 0}); }),
            "stride (width) is 0, must be at least 1");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 8, 4, {.pad_bottom = -1}); }),
            "padding (bottom) is -1, must be at least 0");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 8, 4, {.groups = 2}); }),
            "C is 3, must be a multiple of the groups G = 2");
  EXPECT_EQ(message_of([] { convolution(1, 4, 8, 8, 6, {.groups = 4}); }),
            "M is 6, must be a multiple of the groups G = 4");
  EXPECT_EQ(message_of([] { convolution(1, 3, 8, 2, 4, {.kernel_width = 3}); }),
            "F is empty: a filter of 3 does not fit into W = 2 and its padding");
}

TEST(FullyConnected, CountsEveryPosition) {
  const LayerShape shape = fully_connected(2, 768, 3072, 128);
  EXPECT_EQ(shape.weights(), 768 * 3072);
  EXPECT_EQ(shape.macs(), std::int64_t{2} * 768 * 3072 * 128);
  EXPECT_EQ(shape.input_activations(), 2 * 768 * 128);
  EXPECT_EQ(shape.output_activations(), 2 * 3072 * 128);
  EXPECT_THROW(fully_connected(1, 0, 10), std::invalid_argument);
  EXPECT_THROW(fully_connected(1, 10, 10, 0), std::invalid_argument);
}

TEST(Matmul, HasNoWeightsAndCountsItsFirstOperandAsInput) {
  const LayerShape shape = matmul(12, 384, 64, 100);
  EXPECT_TRUE(shape.weight_is_activation);
  EXPECT_EQ(shape.weights(), 0);
  EXPECT_EQ(shape.macs(), std::int64_t{12} * 384 * 64 * 100);
  EXPECT_EQ(shape.input_activations(), 12 * 384 * 64);
  EXPECT_EQ(shape.output_activations(), 12 * 384 * 100);
  EXPECT_THROW(matmul(12, 384, 0, 100), std::invalid_argument);
  EXPECT_THROW(matmul(huge, 1, huge, 1), OverflowError);
}

TEST(LayerShape, ReportsProductsThatOverflow) {
  const LayerShape shape = {.M = huge, .C = huge, .H = huge, .E = huge};
  EXPECT_THROW((void)shape.macs(), OverflowError);
  EXPECT_THROW((void)shape.weights(), OverflowError);
  EXPECT_THROW((void)shape.input_activations(), OverflowError);
  EXPECT_THROW((void)shape.output_activations(), OverflowError);
}

TEST(Describe, SaysWhatALayerIs) {
  EXPECT_EQ(describe(resnet_stem()), "conv 64x3x7x7 /2, 112x112");
  EXPECT_EQ(describe(fully_connected(1, 512, 1000)), "fc 1000x512");
  EXPECT_EQ(describe(fully_connected(1, 768, 3072, 128)), "fc 3072x768, 128 positions");
  EXPECT_EQ(describe(fully_connected(8, 512, 1000)), "fc 1000x512, batch 8");
  EXPECT_EQ(describe(matmul(12, 384, 64, 384)), "matmul 12x(384x64x384)");
}

TEST(Describe, TellsGroupsStridesAndDilationsApart) {
  const ConvolutionParameters depth_wise = {.kernel_height = 3, .kernel_width = 3, .groups = 32};
  EXPECT_EQ(describe(convolution(1, 32, 16, 16, 32, depth_wise)), "depth-wise conv 32x3x3, 14x14");
  const ConvolutionParameters grouped = {.kernel_height = 5, .kernel_width = 5, .groups = 2};
  EXPECT_EQ(describe(convolution(1, 96, 31, 31, 256, grouped)), "grouped conv 2x(128x48x5x5), 27x27");
  const ConvolutionParameters uneven = {.kernel_height = 3, .kernel_width = 3, .stride_height = 2, .dilation_width = 2};
  EXPECT_EQ(describe(convolution(1, 3, 9, 9, 8, uneven)), "conv 8x3x3x3 /2x1, 4x5, dilation 1x2");
}

}  // namespace
}  // namespace ohmloop
