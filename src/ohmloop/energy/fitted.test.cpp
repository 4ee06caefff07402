#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {
namespace {

NodeReference reference_of(const std::string& node, const std::string& components = "") {
  const std::string text =
      "ohmloop: 1\ntechnology: 65 nm\nclock: 1 GHz\nbits: {input: 1, weight: 1, output: 8}\n"
      "variables: {supply: 1 V, scaled: conversion * supply / 1 V}\n"
      "fitted: {conversion: 2 pJ, charge: 2 fF}\n"
      "architecture:\n- !Memory {name: port, class: port}\n" +
      node + "- !Compute {name: mac, class: ideal}\n" + components;
  Diagnostics diagnostics;
  const Architecture chip =
      read_architecture(std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text}), {}, diagnostics);
  return estimate_reference_tables(chip, diagnostics).nodes[1];
}

const char* const own_adc =
    "components:\n- name: own_adc\n  attributes: {energy: scaled, size: 3 um2}\n"
    "  actions: [{name: convert, energy: energy}]\n  area: size\n";

TEST(Fitted, AFormulaThatStandsOnAFittedConstantIsMarked) {
  const NodeReference adc = reference_of("- !Converter {name: adc, class: own_adc, passes: output}\n", own_adc);
  EXPECT_DOUBLE_EQ(adc.actions.front().energy_pj, 2);
  EXPECT_TRUE(adc.actions.front().provenance.fitted);
  EXPECT_FALSE(adc.area_provenance.fitted);
}

TEST(Fitted, AnAttributeOfTheNodeHidesTheCompoundsOwn) {
  const NodeReference adc =
      reference_of("- !Converter {name: adc, class: own_adc, passes: output, energy: 3 pJ}\n", own_adc);
  EXPECT_DOUBLE_EQ(adc.actions.front().energy_pj, 3);
  EXPECT_FALSE(adc.actions.front().provenance.fitted);
}

TEST(Fitted, AModelsNumberIsMarkedWhereItReadsAFittedAttribute) {
  const std::string driver = "- !Converter {name: driver, class: line_driver, passes: input, cells: 64, pitch: 1 um, ";
  EXPECT_TRUE(reference_of(driver + "cell_capacitance: charge}\n").actions.front().provenance.fitted);
  EXPECT_FALSE(reference_of(driver + "cell_capacitance: 2 fF}\n").actions.front().provenance.fitted);
}

TEST(Fitted, APartOfACompoundPassesTheMarkOn) {
  const NodeReference rows =
      reference_of("- !Converter {name: rows, class: rows, passes: input}\n",
                   "components:\n- name: rows\n  subcomponents:\n"
                   "  - {name: line, class: line_driver, cells: 64, pitch: 1 um, cell_capacitance: charge}\n"
                   "  actions: [{name: drive, steps: [{component: line, action: drive}]}]\n");
  EXPECT_TRUE(rows.actions.front().provenance.fitted);
}

}  // namespace
}  // namespace ohmloop
