#include "ohmloop/analog/quantiser.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/targets_for_tests.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

std::vector<float> codes_of(const std::vector<float>& values, const Quantiser& quantiser) {
  std::vector<float> codes(values.size());
  quantise(values, quantiser, codes);
  return codes;
}

TEST(LargestCode, is_symmetric_for_signed_codes) {
  EXPECT_EQ(largest_code(1, false), 1);
  EXPECT_EQ(largest_code(8, false), 255);
  EXPECT_EQ(largest_code(16, false), 65535);
  EXPECT_EQ(largest_code(1, true), 1);
  EXPECT_EQ(largest_code(2, true), 1);
  EXPECT_EQ(largest_code(8, true), 127);
  EXPECT_EQ(largest_code(16, true), 32767);
  EXPECT_THROW(largest_code(0, true), InternalError);
  EXPECT_THROW(largest_code(17, false), InternalError);
}

TEST(Quantise, rounds_ties_to_even_and_cuts) {
  EXPECT_EQ(codes_of({-9, -1.5F, -1.25F, -0.75F, -0.25F, 0, 0.25F, 0.75F, 1.25F, 1.5F, 9}, {3, true, 0.5F}),
            (std::vector<float>{-3, -3, -2, -2, 0, 0, 0, 2, 2, 3, 3}));
  EXPECT_EQ(codes_of({-1, 0.4F, 0.5F, 1.5F, 2.5F, 3.5F}, {2, false, 1.0F}), (std::vector<float>{0, 0, 0, 2, 2, 3}));
}

TEST(Quantise, gives_signs_for_one_signed_bit_and_a_threshold_for_one_unsigned) {
  EXPECT_EQ(codes_of({-3, -0.001F, 0, -0.0F, 0.001F, 5}, {1, true, 2.0F}), (std::vector<float>{-1, -1, 1, 1, 1, 1}));
  EXPECT_EQ(codes_of({-3, 0.9F, 1.0F, 1.1F, 5}, {1, false, 2.0F}), (std::vector<float>{0, 0, 0, 1, 1}));
}

TEST(Quantise, never_gives_minus_zero) {
  for (const float code : codes_of(std::vector<float>(33, -0.1F), {4, true, 1.0F})) EXPECT_FALSE(std::signbit(code));
}

TEST(Quantise, keeps_what_is_not_a_number_and_cuts_what_is_infinite) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  for_each_target([&](const std::string& target) {
    for (const int bits : {1, 4}) {
      const std::vector<float> codes = codes_of(std::vector<float>(20, nan), {bits, true, 1.0F});
      for (const float code : codes) EXPECT_TRUE(std::isnan(code)) << target;
    }
    EXPECT_EQ(codes_of({-infinity, infinity}, {4, true, 1.0F}), (std::vector<float>{-7, 7})) << target;
  });
}

TEST(Quantise, wants_a_scale) {
  std::vector<float> values(3);
  EXPECT_THROW(quantise_dequantise(values, {8, true, 0.0F}), InternalError);
  EXPECT_THROW(quantise_dequantise(values, {8, true, std::numeric_limits<float>::quiet_NaN()}), InternalError);
}

/// The definition, with functions of the C library.
float plain_code(float value, const Quantiser& quantiser) {
  if (quantiser.is_signed && quantiser.bits == 1) return value < 0 ? -1.0F : 1.0F;
  const auto highest = static_cast<float>(largest_code(quantiser.bits, quantiser.is_signed));
  const float code =
      std::nearbyint(std::clamp(value / quantiser.scale, quantiser.is_signed ? -highest : 0.0F, highest));
  return code == 0 ? 0.0F : code;
}

std::vector<std::uint32_t> bits_of(const std::vector<float>& values) {
  std::vector<std::uint32_t> bits;
  for (const float value : values) bits.push_back(std::bit_cast<std::uint32_t>(value));
  return bits;
}

Quantiser any_quantiser() {
  const int bits = *rc::gen::inRange(1, 17);
  const bool is_signed = *rc::gen::arbitrary<bool>();
  return {bits, is_signed, static_cast<float>(*rc::gen::inRange(1, 1000)) * 0.00123F};
}

std::vector<float> any_values(const Quantiser& quantiser) {
  const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-400'000, 400'000));
  std::vector<float> values;
  for (const int step : steps) {
    const int codes = largest_code(quantiser.bits, quantiser.is_signed) + 1;
    values.push_back(quantiser.scale * static_cast<float>(codes) * static_cast<float>(step) * 4e-6F);
  }
  return values;
}

RC_GTEST_PROP(QuantiseProperty, follows_the_definition_on_every_target, ()) {
  const Quantiser quantiser = any_quantiser();
  const std::vector<float> values = any_values(quantiser);
  std::vector<float> codes;
  std::vector<float> rounded;
  for (const float value : values) {
    codes.push_back(plain_code(value, quantiser));
    rounded.push_back(codes.back() * quantiser.scale);
  }
  for_each_target([&](const std::string&) {
    RC_ASSERT(bits_of(codes_of(values, quantiser)) == bits_of(codes));
    std::vector<float> in_place = values;
    quantise_dequantise(in_place, quantiser);
    RC_ASSERT(bits_of(in_place) == bits_of(rounded));
  });
}

RC_GTEST_PROP(QuantiseProperty, does_not_change_what_it_gave, ()) {
  const Quantiser quantiser = any_quantiser();
  std::vector<float> values = any_values(quantiser);
  quantise_dequantise(values, quantiser);
  const std::vector<float> once = values;
  quantise_dequantise(values, quantiser);
  RC_ASSERT(values == once);
}

RC_GTEST_PROP(QuantiseProperty, is_off_by_half_a_step_at_most, ()) {
  Quantiser quantiser = any_quantiser();
  quantiser.bits = std::max(quantiser.bits, 2);
  const std::vector<float> values = any_values(quantiser);
  std::vector<float> rounded = values;
  quantise_dequantise(rounded, quantiser);
  const auto highest = static_cast<float>(largest_code(quantiser.bits, quantiser.is_signed)) * quantiser.scale;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float inside = std::clamp(values[i], quantiser.is_signed ? -highest : 0.0F, highest);
    RC_ASSERT(std::abs(inside - rounded[i]) <= quantiser.scale * 0.505F);
  }
}

}  // namespace
}  // namespace ohmloop
