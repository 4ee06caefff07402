#include "ohmloop/base/strong_id.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using FruitId = StrongId<struct FruitTag>;
using StoneId = StrongId<struct StoneTag>;

TEST(StrongId, keeps_its_index_and_order) {
  EXPECT_EQ(FruitId(7).index(), 7U);
  EXPECT_LT(FruitId(1), FruitId(2));
  EXPECT_EQ(FruitId(3), FruitId(3));
}

TEST(StrongId, does_not_convert_to_another_kind_or_from_a_bare_index) {
  EXPECT_FALSE((std::is_convertible_v<FruitId, StoneId>));
  EXPECT_FALSE((std::is_constructible_v<FruitId, StoneId>));
  EXPECT_FALSE((std::is_convertible_v<std::size_t, FruitId>));
}

}  // namespace
}  // namespace ohmloop
