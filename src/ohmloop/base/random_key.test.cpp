#include "ohmloop/base/random_key.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

TEST(RandomKey, keeps_every_bit_of_every_field) {
  RandomKey key;
  key.seed = 0x0123456789abcdef;
  key.purpose = RandomPurpose::stuck_element;
  key.layer = 0xfedc;
  key.image = 0x89abcdef;
  const PhiloxInput input = philox_input(key, 0x1122334455667788);
  EXPECT_EQ(input.counter, (std::array<std::uint32_t, 4>{0x55667788, 0x11223344, 0x89abcdef, 0x0004fedc}));
  EXPECT_EQ(input.key, (std::array<std::uint32_t, 2>{0x89abcdef, 0x01234567}));
}

struct Place {
  RandomKey key;
  std::uint64_t block;
};

Place place_of(const PhiloxInput& input) {
  Place place;
  place.block = input.counter[0] | std::uint64_t{input.counter[1]} << 32;
  place.key.image = input.counter[2];
  place.key.layer = static_cast<std::uint16_t>(input.counter[3]);
  place.key.purpose = static_cast<RandomPurpose>(input.counter[3] >> 16);
  place.key.seed = input.key[0] | std::uint64_t{input.key[1]} << 32;
  return place;
}

RC_GTEST_PROP(RandomKeyProperty, names_the_input_of_one_place_only,
              (std::uint64_t seed, std::uint16_t purpose, std::uint16_t layer, std::uint32_t image,
               std::uint64_t block)) {
  const Place place = place_of(philox_input({seed, static_cast<RandomPurpose>(purpose), layer, image}, block));
  RC_ASSERT(place.key.seed == seed);
  RC_ASSERT(static_cast<std::uint16_t>(place.key.purpose) == purpose);
  RC_ASSERT(place.key.layer == layer);
  RC_ASSERT(place.key.image == image);
  RC_ASSERT(place.block == block);
}

}  // namespace
}  // namespace ohmloop
