#include "ohmloop/study/number_lists.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using Bits = std::vector<std::optional<int>>;

std::vector<double> amplitudes(std::string_view text) {
  Diagnostics diagnostics;
  const std::vector<double> values = parse_amplitudes(text, {}, diagnostics);
  EXPECT_EQ(diagnostics.has_errors(), values.empty()) << text;
  return values;
}

Bits bits(std::string_view text) {
  Diagnostics diagnostics;
  const Bits values = parse_bits(text, {}, diagnostics);
  EXPECT_EQ(diagnostics.has_errors(), values.empty()) << text;
  return values;
}

std::optional<double> fraction(std::string_view text) {
  Diagnostics diagnostics;
  const std::optional<double> value = parse_fraction(text, {}, diagnostics);
  EXPECT_EQ(diagnostics.has_errors(), !value) << text;
  return value;
}

TEST(NumberLists, AmplitudesAreNumbersListsAndCurves) {
  EXPECT_EQ(amplitudes("0.5"), (std::vector<double>{0.5}));
  EXPECT_EQ(amplitudes("0,0.1,1e1"), (std::vector<double>{0, 0.1, 10}));
  EXPECT_EQ(amplitudes("0:0.3:0.1"), (std::vector<double>{0, 0.1, 0.2, 0.3}));
  EXPECT_EQ(amplitudes("0:0.2:0.01").size(), 21U);
  EXPECT_EQ(amplitudes("1:1:0.1"), (std::vector<double>{1}));
}

TEST(NumberLists, WhatIsNoAmplitudeIsRefused) {
  for (const char* text :
       {"", "x", "-1", "nan", "inf", "0.5x", "0:1", "0:1:0", "1:0:0.1", "0:1:1e-9", "0:1:0.1:2", "1,", ",1"}) {
    EXPECT_TRUE(amplitudes(text).empty()) << text;
  }
}

TEST(NumberLists, BitsAreNumbersListsAndRanges) {
  EXPECT_EQ(bits("4"), (Bits{4}));
  EXPECT_EQ(bits("2,float,8"), (Bits{2, std::nullopt, 8}));
  EXPECT_EQ(bits("1..3,16"), (Bits{1, 2, 3, 16}));
  for (const char* text : {"", "0", "17", "4.5", "8..2", "..4", "4..", "floats", "-1"})
    EXPECT_TRUE(bits(text).empty()) << text;
}

TEST(NumberLists, WidthsAreFractionsOrPercents) {
  EXPECT_EQ(fraction("1%"), 0.01);
  EXPECT_EQ(fraction("0.5"), 0.5);
  EXPECT_EQ(fraction("100%"), 1.0);
  for (const char* text : {"", "%", "0", "101%", "-1%", "one"}) EXPECT_FALSE(fraction(text)) << text;
}

}  // namespace
}  // namespace ohmloop
