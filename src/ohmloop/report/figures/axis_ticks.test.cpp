#include "ohmloop/report/figures/axis_ticks.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

std::vector<std::string> labels_of(const AxisTicks& ticks) {
  std::vector<std::string> labels;
  for (const AxisTick& tick : ticks.ticks) labels.push_back(tick.label);
  return labels;
}

using Labels = std::vector<std::string>;

TEST(AxisTicks, LinearEndsAtRoundNumbers) {
  const AxisTicks ticks = axis_ticks({"energy", "pJ"}, {3.2, 47}, 6);
  EXPECT_DOUBLE_EQ(ticks.low, 0);
  EXPECT_DOUBLE_EQ(ticks.high, 50);
  EXPECT_EQ(labels_of(ticks), (Labels{"0", "10", "20", "30", "40", "50"}));
}

TEST(AxisTicks, LimitsOfTheAxisHold) {
  const AxisTicks ticks = axis_ticks({"accuracy", "%", AxisScale::linear, 0, 100}, {12, 71}, 6);
  EXPECT_DOUBLE_EQ(ticks.low, 0);
  EXPECT_DOUBLE_EQ(ticks.high, 100);
}

TEST(AxisTicks, WithoutRoundEndsOnlyWhatIsDrawn) {
  const AxisTicks ticks = axis_ticks({"noise"}, {0, 0.16, false, false}, 7);
  EXPECT_NEAR(ticks.high, 0.1648, 1e-12);
  EXPECT_EQ(labels_of(ticks), (Labels{"0", "0.05", "0.10", "0.15"}));
}

TEST(AxisTicks, LargeNumbersAreCountedInPowersOfAThousand) {
  const AxisTicks ticks = axis_ticks({"energy", "pJ"}, {0, 2.9e6}, 5);
  EXPECT_EQ(labels_of(ticks), (Labels{"0", "1", "2", "3"}));
  EXPECT_EQ(axis_title({"energy", "pJ"}, ticks), "energy (10⁶ pJ)");
  EXPECT_EQ(axis_title({"images"}, ticks), "images (10⁶)");
  const AxisTicks small = axis_ticks({"time", "s"}, {0, 4e-6}, 5);
  EXPECT_EQ(labels_of(small), (Labels{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(axis_title({"time", "s"}, small), "time (10⁻⁶ s)");
}

TEST(AxisTicks, PowersOfTwo) {
  const AxisTicks ticks = axis_ticks({"rows", "", AxisScale::log2}, {128, 4096, false, false}, 7);
  EXPECT_EQ(labels_of(ticks), (Labels{"128", "256", "512", "1024", "2048", "4096"}));
  EXPECT_EQ(axis_title({"rows"}, ticks), "rows");
}

TEST(AxisTicks, PowersOfTen) {
  const AxisTicks ticks = axis_ticks({"energy", "", AxisScale::log10}, {0.02, 3e4}, 7);
  EXPECT_EQ(labels_of(ticks), (Labels{"0.01", "0.1", "1", "10", "100", "1000", "10⁴", "10⁵"}));
  EXPECT_EQ(labels_of(axis_ticks({"energy", "", AxisScale::log10}, {1e-9, 1e9}, 6)),
            (Labels{"10⁻⁹", "10⁻⁶", "0.001", "1", "1000", "10⁶", "10⁹"}));
}

TEST(AxisTicks, HardlyMoreThanADecadeIsMarkedFinely) {
  EXPECT_EQ(labels_of(axis_ticks({"x", "", AxisScale::log10}, {0.06, 0.7, false, false}, 6)),
            (Labels{"0.1", "0.2", "0.5"}));
  EXPECT_EQ(labels_of(axis_ticks({"x", "", AxisScale::log10}, {310, 390, false, false}, 6)),
            (Labels{"320", "340", "360", "380"}));
}

TEST(AxisTicks, NothingDrawnGivesAnAxisAllTheSame) {
  const AxisExtent nothing{1e300, -1e300};
  EXPECT_EQ(labels_of(axis_ticks({"x"}, nothing, 2)), (Labels{"0", "0.5", "1.0"}));
  EXPECT_EQ(labels_of(axis_ticks({"x", "", AxisScale::log2}, nothing, 2)), (Labels{"1", "2"}));
}

RC_GTEST_PROP(AxisTicksProperty, lie_on_the_axis_in_order_and_are_few, ()) {
  const auto scale = *rc::gen::element(AxisScale::linear, AxisScale::log2, AxisScale::log10);
  const auto value = [&] {
    const double magnitude = *rc::gen::inRange(1, 10'000) * std::pow(10, *rc::gen::inRange(-90, 90));
    return scale == AxisScale::linear && *rc::gen::inRange(0, 2) == 1 ? -magnitude : magnitude;
  };
  const double a = value();
  const double b = *rc::gen::inRange(0, 4) == 0 ? a : value();
  AxisExtent extent{std::min(a, b), std::max(a, b)};
  extent.from_zero = *rc::gen::inRange(0, 2) == 1;
  extent.round_ends = *rc::gen::inRange(0, 2) == 1;
  FigureAxis axis{"x", "", scale};
  if (*rc::gen::inRange(0, 3) == 0) axis.low = value();
  if (*rc::gen::inRange(0, 3) == 0) axis.high = value();
  if (axis.low && axis.high && *axis.low >= *axis.high) axis.high.reset();
  const int most = *rc::gen::inRange(2, 9);
  const AxisTicks ticks = axis_ticks(axis, extent, most);
  RC_LOG() << static_cast<int>(scale) << " from " << ticks.low << " to " << ticks.high;
  RC_ASSERT(std::isfinite(ticks.low) && std::isfinite(ticks.high) && ticks.low < ticks.high);
  if (scale != AxisScale::linear) RC_ASSERT(ticks.low > 0);
  RC_ASSERT(ticks.ticks.size() >= 2U);
  RC_ASSERT(ticks.ticks.size() <= static_cast<std::size_t>(most) + 5);
  const double hair = 1e-6 * std::max(std::abs(ticks.low), std::abs(ticks.high));
  for (std::size_t i = 0; i < ticks.ticks.size(); ++i) {
    RC_ASSERT(ticks.ticks[i].at >= ticks.low - hair && ticks.ticks[i].at <= ticks.high + hair);
    if (i > 0) RC_ASSERT(ticks.ticks[i].at > ticks.ticks[i - 1].at);
  }
  if (axis.low) RC_ASSERT(ticks.low == *axis.low);
  if (!axis.low && !axis.high) RC_ASSERT(ticks.low <= extent.low + hair && ticks.high >= extent.high - hair);
}

}  // namespace
}  // namespace ohmloop
