#include <gtest/gtest.h>

#include "ohmloop/energy/action_counts.hpp"

namespace ohmloop {
namespace {

ActionEnergy action(const std::string& name, double energy_pj, ActionArguments arguments = {}) {
  ActionEnergy result;
  result.action = name;
  result.energy_pj = energy_pj;
  result.arguments = std::move(arguments);
  return result;
}

/// A buffer with a leakage and 168 multipliers, whose random ones cost more than the others.
SystemTables two_components() {
  SystemTables tables;
  SystemEntry glb;
  glb.name = "chip.glb";
  glb.class_name = "sram";
  glb.copies = 2;
  glb.reference.leakage_power_w = 0.5;
  glb.reference.actions = {action("read", 10, {{"address_delta", 0}}), action("read", 30, {{"address_delta", 1}})};
  SystemEntry mac;
  mac.name = "chip.PE[0..167].mac";
  mac.class_name = "intmac";
  mac.reference.actions = {action("mac_random", 3), action("idle", 0)};
  tables.entries = {glb, mac};
  return tables;
}

std::string errors_of(const ActionCounts& counts) {
  Diagnostics diagnostics;
  charge(counts, two_components(), diagnostics);
  return render(diagnostics.all());
}

TEST(Charge, MultipliesCountsByTheEnergyOfTheirArguments) {
  Diagnostics diagnostics;
  ActionCounts counts;
  counts.actions = {{"chip.glb", "read", {{"address_delta", 0}}, 4, "input", {}, {}},
                    {"chip.glb", "read", {{"address_delta", 1}}, 5, "weight", {}, {}},
                    {"chip.PE[0].mac", "mac_random", {}, 7, "", {}, {}},
                    {"chip.PE[167].mac", "mac_random", {}, 2, "", {}, {}},
                    {"chip.PE[167].mac", "idle", {}, 1000, "", {}, {}}};
  const ChargedEnergy energy = charge(counts, two_components(), diagnostics);
  EXPECT_EQ(render(diagnostics.all()), "");
  ASSERT_EQ(energy.actions.size(), 5U);
  EXPECT_EQ(energy.actions[1].energy_pj, 150);
  EXPECT_EQ(energy.actions[1].action, 1U);
  EXPECT_EQ(energy.actions[3].component, "chip.PE[167].mac");
  EXPECT_EQ(energy.by_entry_pj, (std::vector<double>{190, 27}));
  EXPECT_EQ(energy.dynamic_pj, 217);
  EXPECT_EQ(energy.leakage_pj, 0);
}

TEST(Charge, TakesLeakageOfAllCopiesOverTheRuntime) {
  Diagnostics diagnostics;
  ActionCounts counts;
  counts.runtime_s = 1e-9;
  EXPECT_DOUBLE_EQ(charge(counts, two_components(), diagnostics).leakage_pj, 2 * 0.5 * 1e-9 * 1e12);
}

TEST(Charge, ReportsComponentsActionsAndArgumentsThatDoNotExist) {
  ActionCounts counts;
  counts.actions = {
      {"chip.gbl", "read", {}, 1, "", {}, {}},         {"chip.glb", "raed", {}, 1, "", {}},
      {"chip.glb", "read", {}, 1, "", {}, {}},         {"chip.glb", "read", {{"address_delta", 2}}, 1, "", {}},
      {"chip.PE[168].mac", "idle", {}, 1, "", {}, {}}, {"chip.PE[0].mac", "idle", {{"data_delta", 1}}, 1, "", {}}};
  const std::string errors = errors_of(counts);
  for (const std::string expected :
       {"a count for a component that does not exist: 'chip.gbl'", "components: chip.glb, chip.PE[0..167].mac",
        "a count for an action that 'chip.glb' (class sram) does not have: 'raed'", "actions with an energy: read",
        "arguments that 'read' of 'chip.glb' (class sram) does not have: address_delta 2",
        "its arguments: address_delta 0..1", "does not exist: 'chip.PE[168].mac'",
        "'idle' of 'chip.PE[0..167].mac' (class intmac) does not have: data_delta 1", "its arguments: none"}) {
    EXPECT_NE(errors.find(expected), std::string::npos) << expected << "\n" << errors;
  }
}

TEST(Charge, TakesTheCostliestCaseWhereNoArgumentsAreGivenAndSaysSo) {
  Diagnostics diagnostics;
  ActionCounts counts;
  counts.actions = {{"chip.glb", "read", {}, 4, "", {}, {}}, {"chip.glb", "read", {}, 1, "", {}}};
  EXPECT_EQ(charge(counts, two_components(), diagnostics).dynamic_pj, 5 * 30);
  ASSERT_EQ(diagnostics.all().size(), 1U) << "once for all of them";
  EXPECT_EQ(diagnostics.all().front().severity, Severity::warning);
  EXPECT_NE(diagnostics.all().front().message.find("(address_delta 1)"), std::string::npos);
}

TEST(Charge, ReportsAComponentThatDoesNotExistOnce) {
  ActionCounts counts;
  for (int i = 0; i < 3; ++i) counts.actions.push_back({"chip.gbl", "read", {}, 1, "", {}});
  const std::string errors = errors_of(counts);
  EXPECT_EQ(errors.find("chip.gbl"), errors.rfind("chip.gbl"));
}

}  // namespace
}  // namespace ohmloop
