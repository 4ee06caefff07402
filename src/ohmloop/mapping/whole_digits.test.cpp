#include "ohmloop/mapping/whole_digits.hpp"

#include <gtest/gtest.h>

#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {
namespace {

LayerShape shape(std::int64_t channels, std::int64_t kernel, std::int64_t side) {
  return convolution(1, channels, side, side, 2, {.kernel_height = kernel, .kernel_width = kernel});
}

TEST(WholeDigits, TakeAFlattenedFilterApartIntoRowColumnAndChannel) {
  const Einsum einsum = array_einsum("conv", shape(5, 3, 8), {});
  const auto digits = whole_digits(einsum, axis_groups(einsum, einsum.tensor(Role::input).axes));
  ASSERT_TRUE(digits.has_value());
  EXPECT_EQ(einsum.rank(digits->rank).name, "K");
  EXPECT_EQ(digits->sizes, (std::vector<std::int64_t>{3, 3, 5}));  // the fastest first: S, R, C
  EXPECT_EQ(digits->groups.size(), 3U);                            // C, H and W share nothing any more
}

TEST(WholeDigits, AreNothingWithoutAFlattenedRank) {
  const Einsum einsum = conv_einsum("conv", shape(5, 3, 8), {});
  EXPECT_FALSE(whole_digits(einsum, axis_groups(einsum, einsum.tensor(Role::input).axes)).has_value());
}

/// 5 channels under a 3 x 3 filter: an output row of 6 reaches 3 x 8 positions of each channel.
TEST(WholeDigits, LargestTilesAreTheSameWithAndWithoutThem) {
  const Einsum einsum = array_einsum("conv", shape(5, 3, 8), {});
  std::vector<std::int64_t> extents;
  for (const Rank& rank : einsum.ranks) extents.push_back(rank.name == "K" || rank.name == "F" ? rank.size : 1);
  const auto& axes = einsum.tensor(Role::input).axes;
  std::int64_t apart = 1;
  for (const std::int64_t side : largest_tile(einsum, axes, extents)) apart *= side;
  EXPECT_EQ(apart, 5 * 3 * 8);
  EXPECT_EQ(largest_tile_elements(einsum, axis_groups(einsum, axes), extents), 5 * 3 * 8);
}

}  // namespace
}  // namespace ohmloop
