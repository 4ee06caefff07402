#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

std::int64_t rank_size(const Einsum& einsum, const std::string& name) {
  for (const Rank& rank : einsum.ranks) {
    if (rank.name == name) return rank.size;
  }
  ADD_FAILURE() << "no rank " << name;
  return -1;
}

ConvolutionParameters kernel(std::int64_t size, std::int64_t pad) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = size;
  parameters.pad_top = parameters.pad_left = parameters.pad_bottom = parameters.pad_right = pad;
  return parameters;
}

TEST(Lower, IsaacFlattensTheFilterAndSlicesBothOperands) {
  const Architecture isaac = arch_testing::read(find_preset("isaac"));
  const LayerShape shape = convolution(1, 64, 56, 56, 128, kernel(3, 1));
  const Einsum einsum = lower("conv", shape, isaac);
  EXPECT_EQ(rank_size(einsum, "K"), 64 * 3 * 3);
  EXPECT_EQ(rank_size(einsum, "M"), 128);
  EXPECT_EQ(rank_size(einsum, "E"), 56);
  EXPECT_EQ(rank_size(einsum, "WS"), 8);
  EXPECT_EQ(rank_size(einsum, "IS"), 16);
  EXPECT_EQ(einsum.tensor(Role::weight).bits, 2);
  EXPECT_EQ(einsum.tensor(Role::input).bits, 1);
  EXPECT_EQ(einsum.tensor(Role::output).bits, 16);
}

TEST(Lower, EyerissKeepsTheLayerAsItIs) {
  const Architecture eyeriss = arch_testing::read(find_preset("eyeriss"));
  const Einsum einsum = lower("conv", convolution(1, 64, 56, 56, 128, kernel(3, 1)), eyeriss);
  EXPECT_EQ(rank_size(einsum, "C"), 64);
  EXPECT_EQ(rank_size(einsum, "R"), 3);
  EXPECT_EQ(einsum.tensor(Role::input).bits, 16);
}

TEST(Lower, SlicesThatDoNotDivideAreRoundedUp) {
  const std::string text =
      arch_testing::analog("rows: 64, columns: 32, bits_per_cell: 3, input: {bits: 7}, weight: {bits: 8}",
                           "- !Converter {name: dac, class: dac, passes: input, resolution: 2 bit}\n");
  const Einsum einsum = lower("fc", fully_connected(1, 10, 4), arch_testing::read(arch_testing::file(text)));
  EXPECT_EQ(rank_size(einsum, "WS"), 3);
  EXPECT_EQ(rank_size(einsum, "IS"), 4);
}

TEST(Lower, WithoutADacTheWholeInputEntersInOneStep) {
  const Architecture chip = arch_testing::read(arch_testing::file(arch_testing::analog(arch_testing::plain_array)));
  EXPECT_EQ(chip.array->input_slice_bits, 4);
  EXPECT_EQ(rank_size(lower("fc", fully_connected(1, 10, 4), chip), "IS"), 1);
}

}  // namespace
}  // namespace ohmloop
