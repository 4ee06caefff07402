#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/compound_classes.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {
namespace {

constexpr const char* smart_buffer = R"(components:
- name: smart_buffer
  attributes: {size: , width: 64 bit, generators: 2}
  subcomponents:
  - {name: storage, class: sram, size: size, width: width}
  - {name: address, class: int_adder, count: generators, width: ceil(log2(size / width)) * 1 bit}
  actions:
  - name: read
    steps:
    - {component: storage, action: read}
    - {component: address, action: add, repeat: 3}
  - name: write
    steps:
    - {component: storage, action: write}
)";

/// A 45 nm chip with one more node and compound components.
std::string chip_text(const std::string& node, const std::string& components) {
  return "ohmloop: 1\ntechnology: 45 nm\nclock: 1 GHz\nbits: {input: 16, weight: 16, output: 16}\n"
         "variables: {columns: 4}\narchitecture:\n"
         "- !Memory {name: dram, class: dram, type: lpddr4, width: 64 bit, keep: [input, weight, output]}\n" +
         node + "- !Compute {name: mac, class: int_mac}\n" + components + "tables: eyeriss_like\n";
}

struct Estimated {
  NodeReference node;  ///< of the node behind the DRAM
  std::string warnings;
};

Estimated estimate(const std::string& text) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text});
  const Architecture architecture = read_architecture(source, {}, diagnostics);
  Diagnostics own;
  const ReferenceTables tables = estimate_reference_tables(architecture, own);
  return {tables.nodes[1], render(own.all())};
}

std::string errors_of(const std::string& text) {
  try {
    estimate(text);
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "no error";
}

// 128 KiB of 64 bits: 37.1 pJ per read for 32 banks in the table, which the part leaves open; 16384 words: 14 bits.
TEST(CompoundComponent, ActionsAreSumsOfStepsAndAreaIsThatOfTheParts) {
  const Estimated chip =
      estimate(chip_text("- !Memory {name: glb, class: smart_buffer, size: 128 KiB, width: 64 bit}\n", smart_buffer));
  const double adder = 0.03 + 0.07 * (14 - 8) / 24;
  EXPECT_NEAR(chip.node.find("read")->energy_pj, 37.1 + 3 * adder, 1e-9);
  EXPECT_NEAR(chip.node.find("write")->energy_pj, 37.6, 1e-9);
  EXPECT_EQ(chip.node.find("read")->unit, ActionUnit::access);
  EXPECT_NEAR(chip.node.area_um2, 1162549 + 2 * (36 + 101.0 * 6 / 24), 1e-6);
  EXPECT_EQ(chip.node.find("read")->provenance.estimator, "compound smart_buffer");
  EXPECT_EQ(chip.node.find("read")->provenance.derivation, "1 x storage.read 37.1 pJ + 3 x address.add 0.0475 pJ");
  EXPECT_EQ(chip.warnings, "");
}

TEST(CompoundComponent, NestsAndReadsTheDescriptionsVariables) {
  const std::string pair = std::string(smart_buffer) + R"(- name: pair
  attributes: {size: , width: }
  subcomponents:
  - {name: half, class: smart_buffer, count: columns, size: size, width: width}
  actions:
  - {name: read, steps: [{component: half, action: read, repeat: columns}]}
  - {name: write, steps: [{component: half, action: write}]}
)";
  const Estimated one =
      estimate(chip_text("- !Memory {name: glb, class: smart_buffer, size: 64 KiB, width: 32 bit}\n", pair));
  const Estimated four = estimate(chip_text("- !Memory {name: glb, class: pair, size: 64 KiB, width: 32 bit}\n", pair));
  EXPECT_NEAR(four.node.find("read")->energy_pj, 4 * one.node.find("read")->energy_pj, 1e-9);
  EXPECT_NEAR(four.node.area_um2, 4 * one.node.area_um2, 1e-6);
}

TEST(CompoundComponent, ConverterIsChargedWithTheOnlyAction) {
  const Estimated chip = estimate(chip_text("- !Converter {name: network, class: hop, passes: input}\n", R"(components:
- name: hop
  subcomponents: [{name: line, class: wire, length: 2 mm}]
  actions: [{name: send, unit: bit, steps: [{component: line, action: transfer}]}]
)"));
  ASSERT_EQ(chip.node.actions.size(), 1U);
  EXPECT_EQ(chip.node.actions[0].action, "send");
  EXPECT_EQ(chip.node.actions[0].unit, ActionUnit::bit);
  EXPECT_GT(chip.node.actions[0].energy_pj, 0);
}

constexpr const char* formula_adc = R"(components:
- name: my_adc
  attributes: {bits: 8, kind: flash}
  actions: [{name: convert, energy: 0.1 pJ * 2**bits}]
  area: 3 um2 * 2**bits if kind == 'flash' else 10 um2
  leakage: 1 uW
  source: lab book
  accuracy: 60
)";

TEST(FormulaComponent, GivesItsNumbersItselfWithTheirLines) {
  const Estimated chip =
      estimate(chip_text("- !Converter {name: adc, class: my_adc, passes: output, bits: 6}\n", formula_adc));
  ASSERT_EQ(chip.node.actions.size(), 1U);
  EXPECT_NEAR(chip.node.actions[0].energy_pj, 6.4, 1e-12);
  EXPECT_NEAR(chip.node.area_um2, 192, 1e-9);
  EXPECT_NEAR(chip.node.leakage_power_w, 1e-6, 1e-18);
  const Provenance& provenance = chip.node.actions[0].provenance;
  EXPECT_EQ(provenance.estimator, "formula my_adc");
  EXPECT_EQ(provenance.source, "lab book (accuracy 60%)");
  EXPECT_EQ(provenance.derivation, "0.1 pJ * 2**bits = 6.4 pJ (chip.yaml:13)");
  EXPECT_EQ(chip.warnings, "");
}

TEST(FormulaComponent, AddsToItsSteps) {
  const Estimated chip = estimate(chip_text("- !Converter {name: c, class: both, passes: input}\n", R"(components:
- name: both
  subcomponents: [{name: line, class: wire, length: 2 mm}]
  actions: [{name: send, unit: bit, energy: 1 pJ, steps: [{component: line, action: transfer}]}]
)"));
  const Estimated wire = estimate(chip_text("- !Converter {name: c, class: wire, length: 2 mm, passes: input}\n", ""));
  EXPECT_NEAR(chip.node.actions[0].energy_pj, 1 + wire.node.actions[0].energy_pj, 1e-12);
}

TEST(FormulaComponent, WrongDimensionsAndNegativeNumbersAreErrorsAtTheirPlace) {
  std::string wrong = formula_adc;
  wrong.replace(wrong.find("0.1 pJ *"), 8, "0.1 nm *");
  const std::string dimension =
      errors_of(chip_text("- !Converter {name: adc, class: my_adc, passes: output}\n", wrong));
  EXPECT_NE(dimension.find("expected an energy, as in 0.8 pJ for 'energy'"), std::string::npos) << dimension;
  EXPECT_NE(dimension.find("chip.yaml:13:37"), std::string::npos) << dimension;
  std::string negative = formula_adc;
  negative.replace(negative.find("1 uW"), 4, "1 uW * (-2)");
  const std::string text = errors_of(chip_text("- !Converter {name: adc, class: my_adc, passes: output}\n", negative));
  EXPECT_NE(text.find("for 'leakage'"), std::string::npos) << text;
}

TEST(FormulaComponent, SaysWhatItLacks) {
  const Estimated chip = estimate(chip_text("- !Converter {name: adc, class: bare, passes: output}\n",
                                            "components: [{name: bare, actions: [{name: go, energy: 1 pJ}]}]\n"));
  EXPECT_NE(chip.warnings.find("the area of converter 'adc' is unknown"), std::string::npos) << chip.warnings;
  const std::string text = errors_of(chip_text("", "components: [{name: bare, actions: [{name: go}]}]\n"));
  EXPECT_NE(text.find("steps"), std::string::npos) << text;
}

TEST(CompoundComponent, ThatContainsItselfIsAnErrorWithThePath) {
  const std::string text = errors_of(chip_text("", R"(components:
- name: a
  subcomponents: [{name: x, class: b}]
  actions: [{name: read, steps: [{component: x, action: read}]}]
- name: b
  subcomponents: [{name: y, class: a}]
  actions: [{name: read, steps: [{component: y, action: read}]}]
)"));
  EXPECT_NE(text.find("compound component 'a' contains itself"), std::string::npos) << text;
  EXPECT_NE(text.find("a > b > a"), std::string::npos) << text;
}

TEST(CompoundComponent, AllMistakesOfADefinitionComeTogether) {
  const std::string text = errors_of(chip_text("", R"(components:
- name: sram
  subcomponents: [{name: x, class: sarm}]
  actions: [{name: read, steps: [{component: z, action: read}]}]
- name: b
  subcomponents: [{name: y, class: sram, size: 1 KiB, width: 8 bit}]
  actoins: []
  actions: [{name: read, steps: [{component: y, action: raed}]}]
)"));
  for (const char* expected : {"'sram' is a built-in component class", "unknown class 'sarm'", "did you mean 'sram'?",
                               "'sram' has no subcomponent 'z'", "unknown key 'actoins'", "has no action 'raed'"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
  }
}

TEST(CompoundComponent, MissingAndUnknownAttributesAreErrors) {
  const std::string text =
      errors_of(chip_text("- !Memory {name: glb, class: smart_buffer, width: 64 bit, bank: 3}\n", smart_buffer));
  EXPECT_NE(text.find("memory 'glb' of class 'smart_buffer' needs 'size'"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown attribute 'bank' in memory 'glb' of class 'smart_buffer'"), std::string::npos) << text;
}

TEST(CompoundComponent, WithoutTheActionThatANodeNeedsDoesNotFit) {
  const std::string text =
      errors_of(chip_text("- !Converter {name: c, class: smart_buffer, passes: input}\n", smart_buffer));
  EXPECT_NE(text.find("class 'smart_buffer' does not fit converter 'c'"), std::string::npos) << text;
}

TEST(CompoundComponent, WrongExpressionPointsIntoTheDefinition) {
  std::string wrong = smart_buffer;
  wrong.replace(wrong.find("width: width}"), 13, "width: 3 nm}");
  const std::string text =
      errors_of(chip_text("- !Memory {name: glb, class: smart_buffer, size: 1 KiB, width: 64 bit}\n", wrong));
  EXPECT_NE(text.find("'width' of subcomponent 'storage' of 'smart_buffer' can't be 3 nm"), std::string::npos) << text;
  EXPECT_NE(text.find("chip.yaml:14:53"), std::string::npos) << text;
}

TEST(CompoundComponent, AttributeThatNoPartReadsIsAWarning) {
  std::string extra = smart_buffer;
  extra.replace(extra.find("generators: 2"), 13, "generators: 2, colour: 1");
  const Estimated chip =
      estimate(chip_text("- !Memory {name: glb, class: smart_buffer, size: 1 KiB, width: 64 bit, colour: 3}\n", extra));
  EXPECT_NE(chip.warnings.find("attribute 'colour' of memory 'glb' has no influence"), std::string::npos)
      << chip.warnings;
}

}  // namespace
}  // namespace ohmloop
