#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"
#include "ohmloop/arch/describe.hpp"

namespace ohmloop {
namespace {

using arch_testing::digital;
using arch_testing::file;

const char* const with_fit =
    "variables: {supply: 1 V, scaled: conversion * (supply / 0.8 V) ** 2, free: 3 pJ}\n"
    "fitted: {conversion: 1.79 pJ, exponent: 1.5}\n";

TEST(Fitted, ConstantsAreNamesLikeVariables) {
  const Architecture chip = arch_testing::read(file(digital("", with_fit)));
  ASSERT_EQ(chip.fitted.size(), 2U);
  EXPECT_EQ(chip.fitted[0].name, "conversion");
  EXPECT_DOUBLE_EQ(std::get<Quantity>(chip.fitted[0].value).value, 1.79e-12);
  EXPECT_DOUBLE_EQ(std::get<Quantity>(chip.variables.at("scaled")).value, 1.79e-12 / 0.64);
}

TEST(Fitted, WhatStandsOnOneIsKnown) {
  const Architecture chip = arch_testing::read(file(digital(
      "- !Converter {name: adc, class: my_adc, passes: output, energy: scaled, twice: 2 * energy, other: free}\n",
      with_fit)));
  EXPECT_EQ(chip.fitted_names, (std::set<std::string>{"conversion", "exponent", "scaled"}));
  const auto& attributes = chip.node(chip.find("adc").value()).attributes;
  EXPECT_TRUE(attributes.at("energy").fitted);
  EXPECT_TRUE(attributes.at("twice").fitted);
  EXPECT_FALSE(attributes.at("other").fitted);
}

TEST(Fitted, AreCountedInTheDescription) {
  EXPECT_NE(to_text(arch_testing::read(file(digital("", with_fit))))
                .find("fitted to measurements of the chip: 2 constants: conversion 1.79 pJ, exponent 1.5\n"),
            std::string::npos);
}

TEST(Fitted, AreSetOnTheCommandLine) {
  const Architecture chip = arch_testing::read(file(digital("", with_fit)), {"conversion=2 pJ", "fitted.exponent=2"});
  EXPECT_EQ(to_string(chip.fitted[0].value), "2 pJ");
  EXPECT_EQ(to_string(chip.fitted[1].value), "2");
}

TEST(Fitted, ANameCannotBeAVariableToo) {
  EXPECT_EQ(arch_testing::complaints(file(digital("", "variables: {a: 1}\nfitted: {a: 2}\n"))),
            "error: 'a' is a variable, too\n"
            " --> chip.yaml:5:10\n"
            "  |\n"
            "5 | fitted: {a: 2}\n"
            "  |          ^\n"
            "  = the variable is at chip.yaml:4:13\n");
}

TEST(Fitted, MustBeAMap) {
  EXPECT_NE(arch_testing::complaints(file(digital("", "fitted: 3 pJ\n"))).find("expected a map of fitted constants"),
            std::string::npos);
}

}  // namespace
}  // namespace ohmloop
