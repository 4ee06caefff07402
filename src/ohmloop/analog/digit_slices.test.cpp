#include "ohmloop/analog/digit_slices.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/targets_for_tests.hpp"

namespace ohmloop {
namespace {

TEST(SlicesOf, are_as_equal_as_can_be) {
  EXPECT_EQ(slices_of(8, 8), (std::vector<DigitSlice>{{0, 8}}));
  EXPECT_EQ(slices_of(8, 5), (std::vector<DigitSlice>{{0, 4}, {4, 4}}));
  EXPECT_EQ(slices_of(7, 3), (std::vector<DigitSlice>{{0, 3}, {3, 2}, {5, 2}}));
  EXPECT_EQ(slices_of(2, 1), (std::vector<DigitSlice>{{0, 1}, {1, 1}}));
}

TEST(MagnitudeBits, are_those_of_the_largest_code) {
  EXPECT_EQ(magnitude_bits(1), 1);
  EXPECT_EQ(magnitude_bits(127), 7);
  EXPECT_EQ(magnitude_bits(255), 8);
  EXPECT_EQ(magnitude_bits(65535), 16);
}

TEST(DigitOf, keeps_the_sign_of_the_code) {
  EXPECT_EQ(digit_of(0x5a, {4, 4}), 5);
  EXPECT_EQ(digit_of(-0x5a, {0, 4}), -0xa);
  EXPECT_EQ(digit_of(0, {3, 2}), 0);
}

RC_GTEST_PROP(DigitSlicesProperty, add_up_to_the_code, ()) {
  const int bits = *rc::gen::inRange(1, 17);
  const int slice_bits = *rc::gen::inRange(1, 17);
  const int largest = (1 << bits) - 1;
  const auto codes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-largest, largest + 1));
  const std::vector<float> values(codes.begin(), codes.end());
  for_each_target([&](const std::string&) {
    std::vector<double> sums(codes.size());
    int covered = 0;
    for (const DigitSlice& slice : slices_of(bits, slice_bits)) {
      RC_ASSERT(slice.first_bit == covered);
      RC_ASSERT(slice.bits >= 1 && slice.bits <= slice_bits);
      covered += slice.bits;
      std::vector<float> digits(codes.size());
      take_digits(values, slice, digits);
      for (std::size_t i = 0; i < codes.size(); ++i) {
        RC_ASSERT(digits[i] == static_cast<float>(digit_of(codes[i], slice)));
        RC_ASSERT(std::abs(digits[i]) < std::ldexp(1.0F, slice.bits));
        sums[i] += std::ldexp(digits[i], slice.first_bit);
      }
    }
    RC_ASSERT(covered == bits);
    RC_ASSERT(std::equal(sums.begin(), sums.end(), codes.begin()));
  });
}

}  // namespace
}  // namespace ohmloop
