#include "ohmloop/energy/system.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/roll_up.hpp"

namespace ohmloop {
namespace {

Architecture isaac(Diagnostics& diagnostics) { return read_architecture(find_preset("isaac"), {}, diagnostics); }

TEST(SystemTables, OfAnArchitectureHaveOneEntryPerComponentWithItsCopies) {
  Diagnostics diagnostics;
  const Architecture chip = isaac(diagnostics);
  const ReferenceTables reference = estimate_reference_tables(chip, diagnostics);
  const SystemTables tables = system_tables(chip, reference);
  const SystemEntry* adc = tables.find("adc");
  ASSERT_NE(adc, nullptr);
  EXPECT_EQ(adc->class_name, "adc");
  EXPECT_EQ(adc->copies, 168 * 12 * 8);
  EXPECT_NE(adc->attributes.find("resolution 8 bit"), std::string::npos);
  EXPECT_EQ(tables.find("tile"), nullptr) << "a fan-out is no component";
  EXPECT_EQ(tables.find("sigmoid")->copies, 336);
  double area = 0;
  for (const SystemEntry& entry : tables.entries) area += entry.copies * entry.reference.area_um2;
  EXPECT_DOUBLE_EQ(area, roll_up_chip(chip, reference).area_um2);
}

SystemComponent sram(const std::string& name, double copies, double units) {
  SystemComponent component;
  component.name = name;
  component.component.class_name = "sram";
  component.component.what = "component '" + name + "'";
  component.component.attributes["size"] = {Quantity{8.0 * 1024 * 8, dimension::bits}, {}};
  component.component.attributes["width"] = {Quantity{64, dimension::bits}, {}};
  component.component.attributes["technology"] = {Quantity{45e-9, dimension::length}, {}};
  component.copies = copies;
  component.units = units;
  return component;
}

TEST(EstimateSystem, GivesEveryActionOfEveryComponent) {
  Registry registry;
  register_builtin_estimators(registry);
  Diagnostics diagnostics;
  SystemDescription system;
  system.components = {sram("one", 1, 1), sram("four", 3, 4)};
  const SystemTables tables = estimate_system(system, registry, nullptr, diagnostics);
  ASSERT_EQ(tables.entries.size(), 2U);
  const std::vector<ActionEnergy>& actions = tables.entries[0].reference.actions;
  ASSERT_NE(tables.entries[0].reference.find("read"), nullptr);
  ASSERT_NE(tables.entries[0].reference.find("write"), nullptr);
  EXPECT_TRUE(std::any_of(actions.begin(), actions.end(), [](const ActionEnergy& one) { return one.energy_pj > 0; }));
  ASSERT_EQ(tables.entries[1].reference.actions.size(), actions.size());
  for (std::size_t i = 0; i < actions.size(); ++i) {
    EXPECT_EQ(tables.entries[1].reference.actions[i].energy_pj, actions[i].energy_pj);
  }
  EXPECT_DOUBLE_EQ(tables.entries[1].reference.area_um2, 4 * tables.entries[0].reference.area_um2);
  EXPECT_EQ(tables.entries[1].copies, 3);
}

TEST(EstimateSystem, ReportsAnUnknownClass) {
  Registry registry;
  register_builtin_estimators(registry);
  Diagnostics diagnostics;
  SystemDescription system;
  system.components = {sram("one", 1, 1)};
  system.components[0].component.class_name = "srma";
  try {
    estimate_system(system, registry, nullptr, diagnostics);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(render(error.diagnostics()).find("did you mean 'sram'?"), std::string::npos);
  }
}

}  // namespace
}  // namespace ohmloop
