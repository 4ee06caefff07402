#include "ohmloop/energy/reference_tables.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/roll_up.hpp"

namespace ohmloop {
namespace {

SourceFilePtr text_file(const std::string& text) {
  return std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text});
}

struct Estimated {
  Architecture architecture;
  ReferenceTables tables;
  std::vector<Diagnostic> warnings;
};

Estimated estimate(const SourceFilePtr& source, const std::vector<Override>& overrides = {}) {
  Diagnostics reading;
  Estimated result;
  result.architecture = read_architecture(source, overrides, reading);
  Diagnostics diagnostics;
  result.tables = estimate_reference_tables(result.architecture, diagnostics);
  result.warnings = diagnostics.warnings();
  return result;
}

const NodeReference& node(const Estimated& chip, std::string_view name) {
  const std::optional<NodeId> id = chip.architecture.find(name);
  if (!id) throw std::runtime_error("no node " + std::string(name));
  return chip.tables.of(*id);
}

std::string digital_chip(const std::string& nodes, const std::string& more = "") {
  return "ohmloop: 1\ntechnology: 45 nm\nclock: 1 GHz\nbits: {input: 16, weight: 16, output: 16}\n" + more +
         "architecture:\n- !Memory {name: dram, class: dram, type: lpddr4, width: 64 bit, keep: [input, weight, "
         "output]}\n" +
         nodes + "- !Compute {name: mac, class: int_mac, multiplier_bits: 16 bit, adder_bits: 16 bit}\n";
}

/// All messages of the error that estimating a chip gives, rendered.
std::string errors_of(const std::string& text) {
  try {
    estimate(text_file(text));
  } catch (const InputError& error) {
    return render(error.diagnostics());
  }
  return "no error";
}

TEST(ReferenceTables, EveryPresetHasFiniteEnergiesWhereTheEvaluationChargesThem) {
  for (const std::string& name : preset_names()) {
    const Estimated chip = estimate(find_preset(name));
    for (std::size_t i = 0; i < chip.architecture.nodes.size(); ++i) {
      const Node& at = chip.architecture.nodes[i];
      const NodeReference& reference = chip.tables.nodes[i];
      if (at.as<Memory>() != nullptr) {
        EXPECT_NE(reference.find("read"), nullptr) << name << " " << at.name;
        EXPECT_NE(reference.find("write"), nullptr) << name << " " << at.name;
      }
      if (at.as<Converter>() != nullptr) {
        EXPECT_EQ(reference.actions.size(), 1U) << name << " " << at.name;
      }
      if (at.as<Compute>() != nullptr) {
        EXPECT_NE(reference.find("compute"), nullptr) << name << " " << at.name;
      }
      EXPECT_TRUE(std::isfinite(reference.area_um2) && reference.area_um2 >= 0) << name << " " << at.name;
      for (const ActionEnergy& action : reference.actions) {
        EXPECT_TRUE(std::isfinite(action.energy_pj) && action.energy_pj >= 0) << name << " " << at.name;
        EXPECT_FALSE(action.provenance.source.empty()) << name << " " << at.name << " " << action.action;
      }
    }
  }
}

TEST(ReferenceTables, PresetsWarnOfNothingButUnknownProgrammingEnergies) {
  for (const std::string& name : preset_names()) {
    for (const Diagnostic& warning : estimate(find_preset(name)).warnings) {
      EXPECT_NE(warning.message.find("the energy of 'write' is unknown"), std::string::npos) << name << "\n"
                                                                                             << render(warning);
    }
  }
}

TEST(ReferenceTables, DramEnergyIsPerBitTimesWidth) {
  const Estimated chip = estimate(text_file(digital_chip("")));
  EXPECT_DOUBLE_EQ(node(chip, "dram").find("read")->energy_pj, 8 * 64);
  EXPECT_EQ(node(chip, "dram").find("read")->unit, ActionUnit::access);
  EXPECT_DOUBLE_EQ(node(chip, "dram").area_um2, 0);
}

TEST(ReferenceTables, TableRowWinsOverModelAtItsTechnology) {
  const Estimated chip = estimate(text_file(digital_chip("")));
  const ActionEnergy* mac = node(chip, "mac").find("compute");
  EXPECT_DOUBLE_EQ(mac->energy_pj, 2.2);
  EXPECT_EQ(mac->provenance.estimator, "table eyeriss_like");
}

TEST(ReferenceTables, FromPinsAnEstimator) {
  const Estimated chip = estimate(text_file(digital_chip(
      "- !Memory {name: glb, class: sram, size: 8 KiB, width: 32 bit, from: memory, keep: [input], bypass: [weight, "
      "output]}\n")));
  const ActionEnergy* read = node(chip, "glb").find("read");
  EXPECT_EQ(read->provenance.estimator, "model memory");
  EXPECT_TRUE(read->provenance.fitted);
  EXPECT_NEAR(read->energy_pj, 5, 1e-9);
}

TEST(ReferenceTables, NumbersOfAnotherTechnologyAreScaledAndSaySo) {
  std::string text = digital_chip("");
  text.replace(text.find("45 nm"), 5, "65 nm");
  const ActionEnergy mac = *node(estimate(text_file(text)), "mac").find("compute");
  EXPECT_NEAR(mac.energy_pj, 2.2 * 1.2407, 0.001);
  EXPECT_NE(mac.provenance.derivation.find("from 45 nm to 65 nm"), std::string::npos) << mac.provenance.derivation;
}

TEST(ReferenceTables, MemoryWithoutWidthCountsItsWidestElement) {
  const Estimated chip = estimate(text_file(digital_chip(
      "- !Memory {name: spad, class: register_file, size: 24 B, keep: [input], bypass: [weight, output]}\n")));
  EXPECT_DOUBLE_EQ(node(chip, "spad").find("read")->energy_pj, .146);
}

TEST(ReferenceTables, UnknownClassGetsASuggestion) {
  const std::string text = errors_of(digital_chip("- !Memory {name: glb, class: srma, size: 8 KiB, width: 32 bit}\n"));
  EXPECT_NE(text.find("unknown class 'srma' of memory 'glb'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'sram'?"), std::string::npos) << text;
}

TEST(ReferenceTables, AllErrorsOfAChipComeTogether) {
  const std::string text =
      errors_of(digital_chip("- !Memory {name: glb, class: sram, size: 8 KiB, width: 32 bit, bnaks: 2}\n"
                             "- !Memory {name: spad, class: register_file, width: 16 bit}\n"
                             "- !Component {name: link, class: wire, length: 3 pJ}\n"));
  EXPECT_NE(text.find("unknown attribute 'bnaks' in memory 'glb' of class 'sram'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'banks'?"), std::string::npos) << text;
  EXPECT_NE(text.find("memory 'spad' of class 'register_file' needs 'size'"), std::string::npos) << text;
  EXPECT_NE(text.find("'length' of component 'link' can't be 3 pJ"), std::string::npos) << text;
}

TEST(ReferenceTables, EqualMistakesOfTwoNodesAreBothTold) {
  const std::string text =
      errors_of(digital_chip("- !Memory {name: a, class: sram, size: 8 KiB, width: 32 bit, banks: 2}\n"
                             "- !Memory {name: b, class: sram, size: 8 KiB, width: 32 bit, "
                             "banks: 2 bit}\n"
                             "- !Memory {name: c, class: sram, size: 8 KiB, width: 32 bit, "
                             "banks: 2 bit}\n"));
  EXPECT_EQ(text.find("memory 'a'"), std::string::npos) << text;
  EXPECT_NE(text.find("'banks' of memory 'b' can't be 2 bit"), std::string::npos) << text;
  EXPECT_NE(text.find("'banks' of memory 'c' can't be 2 bit"), std::string::npos) << text;
}

TEST(ReferenceTables, ActionThatNobodyKnowsNamesEveryReason) {
  const std::string text =
      errors_of(digital_chip("- !Memory {name: buffer, class: edram, size: 1 MiB, width: 32 bit}\n"));
  EXPECT_NE(text.find("nobody can estimate 'read' of memory 'buffer'"), std::string::npos) << text;
  EXPECT_NE(text.find("table isaac has rows for other attributes only"), std::string::npos) << text;
  EXPECT_NE(text.find("table library"), std::string::npos) << text;
}

TEST(ReferenceTables, ClassMustFitTheNode) {
  const std::string text = errors_of(digital_chip("- !Memory {name: glb, class: adc, resolution: 8 bit}\n"));
  EXPECT_NE(text.find("class 'adc' does not fit memory 'glb'"), std::string::npos) << text;
}

TEST(ReferenceTables, UnknownPinGetsTheList) {
  const std::string text =
      errors_of(digital_chip("- !Memory {name: glb, class: sram, size: 8 KiB, width: 32 bit, from: horowtz}\n"));
  EXPECT_NE(text.find("no table or model 'horowtz' for memory 'glb'"), std::string::npos) << text;
  EXPECT_NE(text.find("did you mean 'horowitz'?"), std::string::npos) << text;
}

TEST(ReferenceTables, AttributeWithoutInfluenceIsAWarningAtItsPlace) {
  const Estimated chip =
      estimate(text_file(digital_chip("- !Component {name: link, class: bus, width: 8 bit}\n"
                                      "- !Component {name: wires, class: wire, length: 1 mm, "
                                      "width: 8 bit}\n")));
  bool found = false;
  for (const Diagnostic& warning : chip.warnings) {
    if (warning.message.find("attribute 'width' of component 'wires' has no influence") == std::string::npos) continue;
    found = true;
    EXPECT_EQ(warning.where.line, 8U);
  }
  EXPECT_TRUE(found) << render(chip.warnings);
}

TEST(ReferenceTables, UnknownProgrammingEnergyIsZeroAndSaidAloud) {
  const Estimated chip = estimate(find_preset("isaac"));
  EXPECT_DOUBLE_EQ(node(chip, "array").find("write")->energy_pj, 0);
  EXPECT_NE(render(chip.warnings).find("the energy of 'write' is unknown and counts as 0: ISAAC gives no programming"),
            std::string::npos);
}

TEST(ReferenceTables, StorageElementsThatComputeHaveTheirAreaOnce) {
  const Estimated chip = estimate(find_preset("isaac"));
  EXPECT_DOUBLE_EQ(node(chip, "array").area_um2, 200.0 / 131072);
  EXPECT_DOUBLE_EQ(node(chip, "array.multiply").area_um2, 0);
}

TEST(ReferenceTables, ConvertersComeOncePerValueOfAStep) {
  const Estimated chip = estimate(find_preset("isaac"));
  EXPECT_DOUBLE_EQ(node(chip, "adc").units, 1);
  EXPECT_DOUBLE_EQ(node(chip, "dac").units, 128);
  EXPECT_DOUBLE_EQ(node(chip, "sample_and_hold").units, 128);
  EXPECT_DOUBLE_EQ(node(chip, "router").units, 0.25);
}

TEST(ReferenceTables, SweepsOverTheParametricChipStayEstimable) {
  for (const char* setting : {"adc=4", "adc=6", "adc=12", "dac=4", "rows=512", "cell=4", "rows=64", "buffer=4 MiB"}) {
    const std::string text = setting;
    const std::string value = text.substr(text.find('=') + 1);
    const std::string unit = value.find(' ') == std::string::npos && text[0] != 'r' ? " bit" : "";
    EXPECT_NO_THROW(estimate(find_preset("pim"), {{text.substr(0, text.find('=')), value + unit}})) << setting;
  }
}

}  // namespace
}  // namespace ohmloop
