#include "ohmloop/analog/activation_layout.hpp"

#include <array>
#include <set>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

constexpr std::array layouts{ActivationLayout::plain, ActivationLayout::channels_last, ActivationLayout::channels_by_8,
                             ActivationLayout::channels_by_16};

TEST(ActivationLayout, fills_blocks) {
  const ImageShape shape{20, 3, 5};
  EXPECT_EQ(stored_values(shape, ActivationLayout::plain), 300U);
  EXPECT_EQ(stored_values(shape, ActivationLayout::channels_last), 300U);
  EXPECT_EQ(stored_values(shape, ActivationLayout::channels_by_8), 360U);
  EXPECT_EQ(stored_values(shape, ActivationLayout::channels_by_16), 480U);
  EXPECT_EQ(stored_values({0, 3, 5}, ActivationLayout::channels_last), 0U);
}

TEST(ActivationLayout, places_elements) {
  const ImageShape shape{20, 3, 5};
  EXPECT_EQ(place_of_element(shape, ActivationLayout::plain, 17, 2, 1), 17 * 15 + 2 * 5 + 1U);
  EXPECT_EQ(place_of_element(shape, ActivationLayout::channels_last, 17, 2, 1), (2 * 5 + 1) * 20 + 17U);
  EXPECT_EQ(place_of_element(shape, ActivationLayout::channels_by_8, 17, 2, 1), (2 * 15 + 2 * 5 + 1) * 8 + 1U);
  EXPECT_EQ(place_of_element(shape, ActivationLayout::channels_by_16, 17, 2, 1), (15 + 2 * 5 + 1) * 16 + 1U);
}

TEST(ForEachRun, visits_every_element_and_nothing_else) {
  for (const ActivationLayout layout : layouts) {
    for (const ImageShape& shape :
         {ImageShape{20, 3, 5}, ImageShape{16, 2, 2}, ImageShape{3, 1, 1}, ImageShape{0, 2, 2}}) {
      std::set<std::size_t> expected;
      for (std::size_t c = 0; c < shape.channels; ++c) {
        for (std::size_t h = 0; h < shape.height; ++h) {
          for (std::size_t w = 0; w < shape.width; ++w) expected.insert(place_of_element(shape, layout, c, h, w));
        }
      }
      EXPECT_EQ(expected.size(), shape.channels * shape.height * shape.width);
      std::set<std::size_t> visited;
      for_each_run(shape, layout, [&](std::size_t place, std::size_t count) {
        EXPECT_TRUE(visited.empty() || place > *visited.rbegin());
        for (std::size_t i = 0; i < count; ++i) visited.insert(place + i);
      });
      EXPECT_EQ(visited, expected);
    }
  }
}

}  // namespace
}  // namespace ohmloop
