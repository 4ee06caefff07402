#include "ohmloop/accelergy/given_node_tables.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

const std::string chip =
    "ohmloop: 1\n"
    "technology: 45 nm\n"
    "clock: 2 GHz\n"
    "bits: {input: 8, weight: 8, output: 16}\n"
    "architecture:\n"
    "- !Memory {name: glb, class: sram, size: 1 KiB, width: 64 bit}\n"
    "- !Container {name: lanes, fanout: 4}\n"
    "- !Compute {name: mac, class: int_mac, multiplier_bits: 8 bit, adder_bits: 16 bit}\n";

std::string table(const std::string& name, const std::string& actions) {
  return "  - {name: '" + name + "', actions: [" + actions + "]}\n";
}

const std::string glb = table("top.glb[1..1]", "{name: read, energy: 3}, {name: write, energy: 4}");
const std::string mac = table("mac", "{name: compute, energy: 0.5}");

class GivenNodeTables : public ::testing::Test {
 protected:
  ReferenceTables read(const std::string& tables, const std::string& areas = {}) {
    Diagnostics diagnostics;
    architecture_ = read_architecture(source_of(chip, "chip.yaml"), {}, diagnostics);
    GivenTables given;
    const YamlNode ert = parse_yaml(source_of("ERT:\n  tables:\n" + tables, "ERT.yaml"), diagnostics);
    given.add_energies(*ert.find("ERT"), diagnostics);
    if (!areas.empty()) {
      const YamlNode art = parse_yaml(source_of("ART:\n  tables:\n" + areas, "ART.yaml"), diagnostics);
      given.add_areas(*art.find("ART"), diagnostics);
    }
    diagnostics.throw_if_errors();
    ReferenceTables result = given_reference_tables(given, architecture_, diagnostics);
    for (const Diagnostic& warning : diagnostics.warnings()) warnings_ += warning.message + "\n";
    return result;
  }

  std::string errors_of(const std::string& tables) {
    try {
      read(tables);
    } catch (const InputError& error) {
      return render(error.diagnostics());
    }
    return "nothing is wrong";
  }

  [[nodiscard]] const NodeReference& of(const ReferenceTables& tables, const char* name) const {
    return tables.of(*architecture_.find(name));
  }

  Architecture architecture_;
  std::string warnings_;
};

TEST_F(GivenNodeTables, ChargesWhatTheFileSaysAndNamesItsPlace) {
  const ReferenceTables tables = read(glb + mac, "  - {name: top.glb, area: 1000}\n  - {name: mac, area: 20}\n");
  const ActionEnergy* read = of(tables, "glb").find("read");
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(read->energy_pj, 3);
  EXPECT_EQ(read->unit, ActionUnit::access);
  EXPECT_EQ(read->provenance.source, "ERT.yaml:3:46");
  EXPECT_EQ(of(tables, "glb").find("write")->energy_pj, 4);
  EXPECT_EQ(of(tables, "glb").area_um2, 1000);
  EXPECT_EQ(of(tables, "mac").find("compute")->energy_pj, 0.5);
  EXPECT_TRUE(of(tables, "lanes").actions.empty());
  EXPECT_EQ(warnings_, "");
}

TEST_F(GivenNodeTables, TurnsTheLeakageOfACycleIntoPower) {
  const ReferenceTables tables = read(glb + table("mac", "{name: compute, energy: 1}, {name: leak, energy: 0.25}"));
  EXPECT_DOUBLE_EQ(of(tables, "mac").leakage_power_w, 0.25e-12 * 2e9);
  EXPECT_EQ(of(tables, "mac").leakage_provenance.derivation, "0.25 pJ per cycle x 2 GHz");
  EXPECT_EQ(of(tables, "mac").actions.size(), 1U);
}

TEST_F(GivenNodeTables, TakesTheOnlyActionOfAComputeWhateverItsName) {
  const ReferenceTables tables = read(glb + table("mac", "{name: mac_random, energy: 2}, {name: idle, energy: 9}"));
  EXPECT_EQ(of(tables, "mac").find("compute")->energy_pj, 2);
  EXPECT_NE(errors_of(glb + table("mac", "{name: add, energy: 2}, {name: multiply, energy: 9}"))
                .find("'mac' has no action 'compute'"),
            std::string::npos);
}

TEST_F(GivenNodeTables, SaysWhatIsMissingOrTwice) {
  EXPECT_NE(errors_of(mac).find("the reference tables have no entry for memory 'glb'"), std::string::npos);
  EXPECT_NE(errors_of(mac + table("glb", "{name: read, energy: 3}")).find("the entry of memory 'glb' has no action"),
            std::string::npos);
  EXPECT_NE(errors_of(glb + mac + table("other.glb", "{name: read, energy: 3}"))
                .find("two entries of the reference tables name memory 'glb'"),
            std::string::npos);
}

TEST_F(GivenNodeTables, TakesAWholeNameBeforeAPathAndAPathBeforeAPattern) {
  const ReferenceTables tables =
      read(table("*", "{name: compute, energy: 7}") + table("a.mac", "{name: compute, energy: 8}") + glb + mac);
  EXPECT_EQ(of(tables, "mac").find("compute")->energy_pj, 0.5);
}

TEST_F(GivenNodeTables, SaysWhatItDoesNotUse) {
  read(glb + mac + table("noc", "{name: transfer, energy: 1}"));
  EXPECT_NE(warnings_.find("entries of the reference tables that name no node are not used: noc"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
