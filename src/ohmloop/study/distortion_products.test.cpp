#include "ohmloop/study/distortion_products.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

std::vector<DistortionPoint> points_of(const std::vector<DistortionProduct>& products) {
  std::vector<DistortionPoint> points;
  for (const DistortionProduct& product : products) {
    for (const auto& weight_bits : product.weight_bits) {
      for (const auto& input_bits : product.input_bits) {
        for (const double amplitude : product.amplitudes) points.push_back({weight_bits, input_bits, amplitude});
      }
    }
  }
  return points;
}

RC_GTEST_PROP(DistortionProducts, AreThePointsEachOfThemOnce, ()) {
  std::set<DistortionPoint> wanted;
  const int count = *rc::gen::inRange(0, 60);
  for (int i = 0; i < count; ++i) {
    const int weight_bits = *rc::gen::inRange(1, 5);
    const int input_bits = *rc::gen::inRange(1, 4);
    wanted.insert({weight_bits == 1 ? std::nullopt : std::optional(weight_bits),
                   input_bits == 1 ? std::nullopt : std::optional(input_bits), 0.1 * *rc::gen::inRange(0, 5)});
  }
  const auto most = *rc::gen::inRange<std::size_t>(0, 20);
  const std::vector<DistortionProduct> products = distortion_products({wanted.begin(), wanted.end()}, most);
  for (const DistortionProduct& product : products) RC_ASSERT(product.size() <= std::max<std::size_t>(1, most));
  const std::vector<DistortionPoint> points = points_of(products);
  RC_ASSERT(points.size() == wanted.size());
  RC_ASSERT(std::set<DistortionPoint>(points.begin(), points.end()) == wanted);
}

TEST(DistortionProducts, AWholeProductIsOne) {
  std::vector<DistortionPoint> points;
  for (const int bits : {2, 4, 8}) {
    for (const double amplitude : {0.0, 0.1}) points.push_back({bits, std::nullopt, amplitude});
  }
  EXPECT_EQ(distortion_products(points, 100).size(), 1U);
  points.pop_back();  // 8 bits have one amplitude left
  EXPECT_EQ(distortion_products(points, 100).size(), 2U);
}

}  // namespace
}  // namespace ohmloop
