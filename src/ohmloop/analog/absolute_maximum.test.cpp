#include "ohmloop/analog/absolute_maximum.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/analog/targets_for_tests.hpp"

namespace ohmloop {
namespace {

TEST(AbsoluteMaximum, finds_the_largest_magnitude_at_any_place) {
  for_each_target([](const std::string& target) {
    for (const std::size_t count : {1, 3, 16, 63, 64, 65, 257}) {
      for (std::size_t place = 0; place < count; ++place) {
        std::vector<float> values(count, 1.5F);
        values[place] = -2.5F;
        EXPECT_EQ(absolute_maximum(values), 2.5F) << target << ", " << place << " of " << count;
      }
    }
  });
}

TEST(AbsoluteMaximum, is_zero_of_nothing_and_of_zeros) {
  EXPECT_EQ(absolute_maximum({}), 0.0F);
  EXPECT_FALSE(std::signbit(absolute_maximum(std::vector<float>(40, -0.0F))));
}

TEST(AbsoluteMaximum, tells_what_is_not_finite) {
  for_each_target([](const std::string& target) {
    std::vector<float> values(70, 1.0F);
    values[3] = -std::numeric_limits<float>::infinity();
    EXPECT_EQ(absolute_maximum(values), std::numeric_limits<float>::infinity()) << target;
    values[40] = -std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(std::isnan(absolute_maximum(values))) << target;
  });
}

}  // namespace
}  // namespace ohmloop
