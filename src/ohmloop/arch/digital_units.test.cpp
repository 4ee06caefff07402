#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::complaints;
using arch_testing::digital;
using arch_testing::file;
using arch_testing::read;

TEST(DigitalUnits, ServeKindsOfOperatorsAtTheirRate) {
  const Architecture architecture =
      read(file(digital("- !Component {name: lane, class: int_adder, width: 8 bit, count: 4, serves: [pooling, "
                        "elementwise], rate: 500 MHz}\n"
                        "- !Component {name: table, class: sigmoid, serves: activation}\n")));
  EXPECT_EQ(architecture.digital_unit(DigitalKind::pooling), architecture.find("lane"));
  EXPECT_EQ(architecture.digital_unit(DigitalKind::elementwise), architecture.find("lane"));
  EXPECT_EQ(architecture.digital_unit(DigitalKind::activation), architecture.find("table"));
  EXPECT_FALSE(architecture.digital_unit(DigitalKind::normalisation).has_value());
  EXPECT_DOUBLE_EQ(architecture.node(*architecture.find("lane")).step_seconds.value_or(0), 2e-9);
}

TEST(DigitalUnits, WhatTheyServeIsChecked) {
  const auto told = [](const std::string& nodes, const char* words) {
    const std::string text = complaints(file(digital(nodes)));
    EXPECT_NE(text.find(words), std::string::npos) << text;
  };
  told("- !Component {name: lane, class: sigmoid, serves: [poling]}\n", "did you mean 'pooling'?");
  told(
      "- !Component {name: a, class: sigmoid, serves: pooling}\n- !Component {name: b, class: sigmoid, serves: "
      "pooling}\n",
      "two components serve pooling");
  told("- !Component {name: a, class: sigmoid, serves: pooling, rate: 0 Hz}\n", "'rate' of component 'a' must be more");
}

}  // namespace
}  // namespace ohmloop
