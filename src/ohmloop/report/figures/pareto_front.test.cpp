#include "ohmloop/report/figures/pareto_front.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

bool dominates(const ScatterPoint& a, const ScatterPoint& b) {
  return a.x <= b.x && a.y >= b.y && (a.x < b.x || a.y > b.y);
}

TEST(ParetoFront, OfAFewPoints) {
  const std::vector<ScatterPoint> points = {{3, 80}, {1, 60}, {2, 55}, {2, 75}, {2, 75}, {5, 80}, {4, 90}};
  EXPECT_EQ(pareto_front(points), (std::vector<std::size_t>{1, 3, 0, 6}));
  EXPECT_TRUE(pareto_front({}).empty());
}

RC_GTEST_PROP(ParetoFrontProperty, is_what_no_other_dominates, ()) {
  std::vector<ScatterPoint> points(*rc::gen::inRange<std::size_t>(0, 40));
  for (ScatterPoint& point : points) {
    point.x = *rc::gen::inRange(0, 12);
    point.y = *rc::gen::inRange(0, 12);
  }
  std::vector<std::size_t> expected;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool beaten = std::any_of(points.begin(), points.end(),
                                    [&](const ScatterPoint& other) { return dominates(other, points[i]); });
    const bool seen =
        std::any_of(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const ScatterPoint& other) { return other.x == points[i].x && other.y == points[i].y; });
    if (!beaten && !seen) expected.push_back(i);
  }
  std::sort(expected.begin(), expected.end(), [&](std::size_t a, std::size_t b) { return points[a].x < points[b].x; });
  RC_ASSERT(pareto_front(points) == expected);
}

}  // namespace
}  // namespace ohmloop
