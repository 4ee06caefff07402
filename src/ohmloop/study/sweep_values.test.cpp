#include "ohmloop/study/sweep_values.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

std::string values_of(const std::string& text) {
  Diagnostics diagnostics;
  std::string result;
  for (const Value& value : parse_sweep(text, {}, diagnostics)) {
    result += (result.empty() ? "" : " | ") + to_string(value);
  }
  return diagnostics.has_errors() ? diagnostics.all().front().message : result;
}

TEST(ParseSweep, TakesListsAsTheyStand) {
  EXPECT_EQ(values_of("64,128, 256"), "64 | 128 | 256");
  EXPECT_EQ(values_of("lpddr4,hbm2"), "lpddr4 | hbm2");
  EXPECT_EQ(values_of("64"), "64");
}

TEST(ParseSweep, DoublesWhereAnEndHasAPrefix) {
  EXPECT_EQ(values_of("1k..6k"), "1000 | 2000 | 4000 | 6000");
  EXPECT_EQ(values_of("1Ki..4Ki"), "1024 | 2048 | 4096");
  Diagnostics diagnostics;
  const std::vector<Value> sizes = parse_sweep("1 KiB..1 MiB", {}, diagnostics);
  ASSERT_EQ(sizes.size(), 11U);
  EXPECT_EQ(std::get<Quantity>(sizes.back()).value, 8.0 * 1024 * 1024);
  EXPECT_EQ(std::get<Quantity>(sizes.front()).dimension, dimension::bits);
}

TEST(ParseSweep, DoublesOverWideRangesAndCountsThroughNarrowOnes) {
  EXPECT_EQ(values_of("1..32"), "1 | 2 | 4 | 8 | 16 | 32");
  EXPECT_EQ(values_of("2..5"), "2 | 3 | 4 | 5");
  Diagnostics diagnostics;
  const std::vector<Value> bits = parse_sweep("2..10 bit", {}, diagnostics);
  ASSERT_EQ(bits.size(), 9U);
  EXPECT_EQ(std::get<Quantity>(bits.front()).dimension, dimension::bits);
}

TEST(ParseSweep, ReportsWhatIsNoRange) {
  EXPECT_NE(values_of("10..2").find("to a larger one"), std::string::npos);
  EXPECT_NE(values_of("0..8").find("above 0"), std::string::npos);
  EXPECT_NE(values_of("a..b").find("expected a range of numbers"), std::string::npos);
  EXPECT_NE(values_of("1 pJ..8 bit").find("same kind of unit"), std::string::npos);
  EXPECT_NE(values_of("1000000..1100000").find("more than"), std::string::npos);
  EXPECT_NE(values_of("64,,3").find("a value is missing"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
