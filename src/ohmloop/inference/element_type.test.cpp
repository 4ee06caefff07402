#include "ohmloop/inference/element_type.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(Float16, EveryNumberSurvivesTheWayThereAndBack) {
  for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
    const Float16 half{static_cast<std::uint16_t>(bits)};
    const float wide = to_float(half);
    if (std::isnan(wide)) {
      EXPECT_TRUE(std::isnan(to_float(to_float16(wide))));
    } else {
      EXPECT_EQ(to_float16(wide).bits, bits);
    }
  }
}

TEST(BFloat16, EveryNumberSurvivesTheWayThereAndBack) {
  for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
    const float wide = to_float(BFloat16{static_cast<std::uint16_t>(bits)});
    if (std::isnan(wide)) continue;
    EXPECT_EQ(to_bfloat16(wide).bits, bits);
  }
  EXPECT_TRUE(std::isnan(to_float(to_bfloat16(std::numeric_limits<float>::quiet_NaN()))));
}

/// Rounding to the nearest, ties to even: every midpoint of two neighbours goes to the even one, what lies beside it to
/// the nearer one.
TEST(Float16, MidpointsGoToTheEvenNeighbour) {
  for (std::uint32_t bits = 0; bits < 0x7bffU; ++bits) {
    const float low = to_float(Float16{static_cast<std::uint16_t>(bits)});
    const float high = to_float(Float16{static_cast<std::uint16_t>(bits + 1)});
    const float middle = (low + high) / 2;
    EXPECT_EQ(to_float16(middle).bits, (bits & 1U) == 0 ? bits : bits + 1);
    EXPECT_EQ(to_float16(std::nextafter(middle, low)).bits, bits);
    EXPECT_EQ(to_float16(std::nextafter(middle, high)).bits, bits + 1);
  }
}

// IEEE 754-2019, table 3.5: the largest binary16 is 65504; from 65520 on numbers round to infinity.
TEST(Float16, OverflowsToInfinity) {
  EXPECT_EQ(to_float16(65504.0F).bits, 0x7bffU);
  EXPECT_EQ(to_float16(65519.99F).bits, 0x7bffU);
  EXPECT_EQ(to_float16(65520.0F).bits, 0x7c00U);
  EXPECT_EQ(to_float16(-1e30F).bits, 0xfc00U);
  EXPECT_EQ(to_float16(0x1p-25F).bits, 0U);
  EXPECT_EQ(to_float16(0x1.000002p-25F).bits, 1U);
}

TEST(BFloat16, RoundsToTheNearestTiesToEven) {
  const auto rounded = [](std::uint32_t bits) { return to_bfloat16(std::bit_cast<float>(bits)).bits; };
  EXPECT_EQ(rounded(0x3f808000U), 0x3f80U);
  EXPECT_EQ(rounded(0x3f818000U), 0x3f82U);
  EXPECT_EQ(rounded(0x3f808001U), 0x3f81U);
  EXPECT_EQ(rounded(0x7f7fffffU), 0x7f80U);
}

TEST(ElementTypes, CodesThatAreNoTypesHaveNone) {
  EXPECT_EQ(find_element_type(1), ElementType::float32);
  EXPECT_EQ(find_element_type(16), ElementType::bfloat16);
  for (const std::int32_t code : {0, 14, 15, 17, 23, -1, 1000}) EXPECT_FALSE(find_element_type(code)) << code;
}

}  // namespace
}  // namespace ohmloop
