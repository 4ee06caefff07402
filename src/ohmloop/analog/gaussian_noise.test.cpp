#include "ohmloop/analog/gaussian_noise.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/targets_for_tests.hpp"
#include "ohmloop/base/parallel.hpp"

namespace ohmloop {
namespace {

constexpr RandomKey key{.seed = 0x0123456789abcdef, .purpose = RandomPurpose::output_noise, .layer = 3, .image = 7};

std::vector<float> numbers_of(const RandomKey& stream, std::uint64_t first_element, std::size_t count) {
  std::vector<float> numbers(count);
  fill_gaussian(numbers, stream, first_element);
  return numbers;
}

std::vector<std::uint32_t> bits_of(std::span<const float> values) {
  std::vector<std::uint32_t> bits(values.size());
  std::transform(values.begin(), values.end(), bits.begin(),
                 [](float value) { return std::bit_cast<std::uint32_t>(value); });
  return bits;
}

struct RandomPair {
  std::uint32_t length_word = 0;
  std::uint32_t angle_word = 0;
  bool second = false;
};

/// The words behind an element, by the header's rule.
RandomPair pair_of(const RandomKey& stream, std::uint64_t element) {
  const PhiloxBlock block = philox(philox_input(stream, element / 64 * 16 + element % 16));
  const std::size_t number = element / 16 % 4;
  return {block.at(number / 2 * 2), block.at(number / 2 * 2 + 1), number % 2 == 1};
}

/// The header's formula in double precision, but for u, whose rounding to float32 belongs to the definition.
double exact_number(const RandomKey& stream, std::uint64_t element) {
  const RandomPair pair = pair_of(stream, element);
  const double u = static_cast<double>(static_cast<float>(pair.length_word >> 1) + 0.5F) / 2147483648.0;
  const double sign = (pair.angle_word >> 31) != 0 ? -1 : 1;
  const bool swapped = (pair.angle_word >> 30 & 1U) != 0;
  const double place = static_cast<std::int32_t>(pair.angle_word << 2 | 2U) / 4294967296.0;
  const double angle = place * std::numbers::pi / 2;
  return sign * std::sqrt(-2 * std::log(u)) * (swapped == pair.second ? std::cos(angle) : std::sin(angle));
}

float plain_polynomial(float x, const std::vector<float>& constants) {
  float value = constants.back();
  for (std::size_t i = constants.size() - 1; i-- > 0;) value = constants[i] + x * value;
  return value;
}

/// The same operations as the vector code, one number at a time.
float plain_number(const RandomKey& stream, std::uint64_t element) {
  const RandomPair pair = pair_of(stream, element);
  const float scaled = static_cast<float>(static_cast<std::int32_t>(pair.length_word >> 1)) + 0.5F;
  const auto bits = std::bit_cast<std::int32_t>(scaled);
  const std::int32_t exponent = (bits - std::bit_cast<std::int32_t>(0.75F)) >> 23;
  const float t = std::bit_cast<float>(bits - exponent * (1 << 23)) - 1.0F;
  const float slope = plain_polynomial(t, {-2.00000024F, 1.00000429F, -0.66659528F, 0.499535829F, -0.402160674F,
                                           0.347444415F, -0.282637268F, 0.132921174F});
  float length = std::sqrt(static_cast<float>(31 - exponent) * 1.38629436F + t * slope);
  const float x = static_cast<float>(static_cast<std::int32_t>(pair.angle_word << 2 | 2U)) * 0x1p-31F;
  const float sine = x * plain_polynomial(x * x, {0.785398185F, -0.0807454363F, 0.00249000103F, -3.5950452e-05F});
  const float cosine = plain_polynomial(x * x, {0.99999994F, -0.308424175F, 0.0158496834F, -0.000318727834F});
  if ((pair.angle_word >> 31) != 0) length = -length;
  return length * (((pair.angle_word >> 30 & 1U) != 0) == pair.second ? cosine : sine);
}

TEST(GaussianNoise, follows_the_formula) {
  for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{1} << 40, (std::uint64_t{1} << 38) - 96}) {
    const std::vector<float> numbers = numbers_of(key, first, 100'000);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const double exact = exact_number(key, first + i);
      ASSERT_NEAR(numbers[i], exact, std::abs(exact) * 5e-7) << first + i;
    }
  }
}

// Found by a search through the first 2^34 elements of the stream.
TEST(GaussianNoise, reaches_its_tails) {
  EXPECT_FLOAT_EQ(numbers_of(key, 7014160, 1)[0], -6.45049906F);
  EXPECT_FLOAT_EQ(numbers_of(key, 2434762375, 1)[0], -6.61369944F);
  EXPECT_FLOAT_EQ(numbers_of(key, 6267435097, 1)[0], 6.37424326F);
}

TEST(GaussianNoise, is_the_same_on_every_target) {
  const std::uint64_t first = (std::uint64_t{1} << 36) - 1500;
  std::vector<float> plain(3000);
  for (std::size_t i = 0; i < plain.size(); ++i) plain[i] = plain_number(key, first + i);
  for_each_target([&](const std::string& target) {
    EXPECT_EQ(bits_of(numbers_of(key, first, plain.size())), bits_of(plain)) << target;
  });
}

RC_GTEST_PROP(GaussianNoiseProperty, does_not_depend_on_how_a_range_is_split, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(0, 5000);
  const auto first = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 50);
  const auto shift = *rc::gen::inRange<std::size_t>(0, 16);
  const std::vector<float> whole = numbers_of(key, first, count);
  std::vector<float> parts(count + shift);
  for (std::size_t begin = 0; begin < count;) {
    const std::size_t size = *rc::gen::inRange<std::size_t>(1, count - begin + 1);
    fill_gaussian(std::span(parts).subspan(shift + begin, size), key, first + begin);
    begin += size;
  }
  RC_ASSERT(bits_of(std::span(parts).subspan(shift)) == bits_of(whole));
}

TEST(GaussianNoise, does_not_depend_on_threads) {
  const std::vector<float> whole = numbers_of(key, 0, 64 * 1001);
  std::vector<float> parts(whole.size());
  parallel_for(64, 4, [&](std::size_t i) { fill_gaussian(std::span(parts).subspan(1001 * i, 1001), key, 1001 * i); });
  EXPECT_EQ(bits_of(parts), bits_of(whole));
}

TEST(GaussianNoise, differs_between_streams) {
  const std::vector<float> numbers = numbers_of(key, 0, 64);
  RandomKey other = key;
  other.seed ^= std::uint64_t{1} << 63;
  EXPECT_NE(numbers_of(other, 0, 64), numbers);
  other = key;
  other.purpose = RandomPurpose::input_noise;
  EXPECT_NE(numbers_of(other, 0, 64), numbers);
  other = key;
  other.layer ^= 1U << 15;
  EXPECT_NE(numbers_of(other, 0, 64), numbers);
  other = key;
  other.image ^= 1U << 31;
  EXPECT_NE(numbers_of(other, 0, 64), numbers);
}

std::vector<float> ramp(std::size_t count) {
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<float>(i % 97) * 0.25F - 9.0F;
  return values;
}

TEST(AddGaussian, adds_sigma_times_the_numbers_and_then_cuts) {
  const std::uint64_t first = 12345;
  const std::vector<float> numbers = numbers_of(key, first, 2500);
  std::vector<float> expected = ramp(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    expected[i] = std::min(std::max(expected[i] + 0.7F * numbers[i], 0.0F), 6.0F);
  }
  for_each_target([&](const std::string& target) {
    std::vector<float> values = ramp(numbers.size());
    add_gaussian(values, 0.7F, key, first, {0.0F, 6.0F});
    EXPECT_EQ(values, expected) << target;
  });
}

TEST(AddGaussian, changes_nothing_without_noise) {
  std::vector<float> values = ramp(999);
  values[5] = -0.0F;
  values[500] = std::numeric_limits<float>::infinity();
  const std::vector<float> before = values;
  add_gaussian(values, 0.0F, key);
  EXPECT_EQ(bits_of(values), bits_of(before));
}

TEST(AddGaussian, keeps_what_is_not_a_number) {
  for_each_target([&](const std::string& target) {
    std::vector<float> values(100, std::numeric_limits<float>::quiet_NaN());
    add_gaussian(values, 1.0F, key, 0, {0.0F, 6.0F});
    EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](float value) { return std::isnan(value); })) << target;
  });
}

constexpr std::array layouts{ActivationLayout::plain, ActivationLayout::channels_last, ActivationLayout::channels_by_8,
                             ActivationLayout::channels_by_16};

/// Calls function(place, element's number, its place in C order) for every element.
template <class Function>
void for_each_element(const ImageShape& shape, ActivationLayout layout, const Function& function) {
  for (std::size_t c = 0; c < shape.channels; ++c) {
    for (std::size_t h = 0; h < shape.height; ++h) {
      for (std::size_t w = 0; w < shape.width; ++w) {
        function(place_of_element(shape, layout, c, h, w), element_number(shape, c, h, w),
                 (c * shape.height + h) * shape.width + w);
      }
    }
  }
}

/// Noise on a ramp in C order, by the numbers of elements alone; channels that fill a block are zero.
std::vector<float> expected_image(const ImageShape& shape, ActivationLayout layout, float sigma, const Clamp& limits) {
  std::vector<float> image(stored_values(shape, layout));
  const std::vector<float> clean = ramp(shape.channels * shape.height * shape.width);
  const std::vector<float> numbers = numbers_of(key, 0, stored_values(shape, ActivationLayout::channels_by_16));
  for_each_element(shape, layout, [&](std::size_t place, std::uint64_t number, std::size_t in_order) {
    image.at(place) = std::clamp(clean[in_order] + sigma * numbers[number], limits.lower, limits.upper);
  });
  return image;
}

void expect_noise_in_every_layout(const ImageShape& shape, float sigma, const Clamp& limits) {
  const std::vector<float> clean = ramp(shape.channels * shape.height * shape.width);
  for (const ActivationLayout layout : layouts) {
    std::vector<float> start(stored_values(shape, layout));
    for_each_element(shape, layout, [&](std::size_t place, std::uint64_t, std::size_t in_order) {
      start.at(place) = clean[in_order];
    });
    const std::vector<float> expected = expected_image(shape, layout, sigma, limits);
    for_each_target([&](const std::string& target) {
      std::vector<float> image = start;
      add_gaussian_to_image(image, shape, layout, sigma, key, limits);
      EXPECT_EQ(image, expected) << target << ", layout " << static_cast<int>(layout);
    });
  }
}

TEST(AddGaussianToImage, gives_an_element_the_same_noise_in_every_layout) {
  for (const ImageShape& shape :
       {ImageShape{64, 7, 7}, ImageShape{24, 5, 3}, ImageShape{3, 9, 8}, ImageShape{10, 1, 1}, ImageShape{1000, 1, 1},
        ImageShape{16, 1, 1}, ImageShape{57, 2, 1}, ImageShape{1, 28, 28}, ImageShape{0, 4, 4}, ImageShape{8, 0, 4}}) {
    expect_noise_in_every_layout(shape, 0.5F, {});
    expect_noise_in_every_layout(shape, 0.5F, {0.5F, 6.0F});
    expect_noise_in_every_layout(shape, 0.0F, {0.5F, 6.0F});
  }
}

TEST(AddGaussianToImage, numbers_elements_as_they_lie_in_blocks_of_sixteen) {
  const ImageShape shape{40, 3, 2};
  for_each_element(shape, ActivationLayout::channels_by_16,
                   [](std::size_t place, std::uint64_t number, std::size_t) { EXPECT_EQ(place, number); });
}

}  // namespace
}  // namespace ohmloop
