#include "ohmloop/report/energy_report.hpp"

#include <gtest/gtest.h>

#include "ohmloop/report/energy_csv.hpp"
#include "ohmloop/report/energy_explanation.hpp"
#include "ohmloop/report/energy_json.hpp"
#include "ohmloop/report/energy_table.hpp"
#include "ohmloop/report/layer_json.hpp"

namespace ohmloop {
namespace {

ActionEnergy action(const std::string& name, double energy_pj, ActionArguments arguments = {}) {
  ActionEnergy result;
  result.action = name;
  result.energy_pj = energy_pj;
  result.provenance = {"table t", "a paper, Table 1", "2 pJ x 2", false};
  result.arguments = std::move(arguments);
  return result;
}

ActionCount count(const std::string& component, const std::string& name, double times, const std::string& tensor = "",
                  ActionArguments arguments = {}) {
  ActionCount result;
  result.component = component;
  result.action = name;
  result.count = times;
  result.tensor = tensor;
  result.arguments = std::move(arguments);
  return result;
}

/// A buffer whose reads cost 4 or 10 pJ, and four multipliers of 2 pJ that were counted one by one.
EnergyReport small_report() {
  EnergyReport report;
  report.name = "chip";
  SystemEntry buffer;
  buffer.name = "chip.buffer";
  buffer.class_name = "sram";
  buffer.reference.area_um2 = 300;
  buffer.reference.leakage_power_w = 1e-3;
  buffer.reference.actions = {action("read", 4, {{"delta", 0}}), action("read", 10, {{"delta", 1}})};
  SystemEntry mac;
  mac.name = "chip.PE[0..3].mac";
  mac.class_name = "int,mac";
  mac.copies = 4;
  mac.reference.area_um2 = 25;
  mac.reference.leakage_known = false;
  mac.reference.actions = {action("compute", 2)};
  report.tables.entries = {buffer, mac};
  ActionCounts counts;
  counts.runtime_s = 1e-6;
  counts.actions = {count("chip.PE[0].mac", "compute", 5), count("chip.buffer", "read", 3, "input", {{"delta", 0}}),
                    count("chip.buffer", "read", 1, "input", {{"delta", 1}}),
                    count("chip.buffer", "read", 2, "weight", {{"delta", 1}}), count("chip.PE[1].mac", "compute", 1)};
  Diagnostics diagnostics;
  report.charged = charge(counts, report.tables, diagnostics);
  report.counts = std::move(counts);
  return report;
}

TEST(EnergyRows, PutInstancesOfAComponentTogetherUnlessTheyAreWanted) {
  const EnergyReport report = small_report();
  const std::vector<EnergyRow> rows = energy_rows(report.tables, *report.charged, Detail::entries);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows.back().component, "chip.PE[0..3].mac");
  EXPECT_EQ(rows.back().count, 6);
  EXPECT_EQ(rows.back().energy_pj, 12);
  EXPECT_EQ(energy_rows(report.tables, *report.charged, Detail::instances).size(), 5U);
  const std::vector<NamedEnergy> instances = energy_by_instance(*report.charged);
  ASSERT_EQ(instances.size(), 3U);
  EXPECT_EQ(instances[0].name, "chip.PE[0].mac");
  EXPECT_EQ(instances[0].energy_pj, 10);
}

TEST(EnergyByTensor, SaysWhatWasNotSaid) {
  const std::vector<NamedEnergy> tensors = energy_by_tensor(*small_report().charged);
  ASSERT_EQ(tensors.size(), 3U);
  EXPECT_EQ(tensors[0].name, "not said");
  EXPECT_EQ(tensors[0].energy_pj, 12);
  EXPECT_EQ(tensors[1].name, "input");
  EXPECT_EQ(tensors[1].energy_pj, 22);
  EXPECT_EQ(tensors[2].energy_pj, 20);
}

TEST(EnergyJson, HasTheFieldsOfTheSchemaWithTheirSums) {
  const Json json = Json::parse(energy_json(small_report()));
  EXPECT_EQ(json["schema"], "ohmloop-energy/1");
  EXPECT_EQ(json["components"][0]["name"], "chip.buffer");
  EXPECT_EQ(json["components"][0]["actions"][1]["energy_pj"], 10);
  EXPECT_EQ(json["components"][0]["actions"][1]["arguments"]["delta"], 1);
  EXPECT_EQ(json["components"][0]["actions"][1]["estimator"], "table t");
  EXPECT_EQ(json["components"][1]["count"], 4);
  EXPECT_EQ(json["components"][1]["area_um2"], 25);
  EXPECT_EQ(json["components"][1]["area"]["of_all_um2"], 100);
  EXPECT_EQ(json["energy_by_component"]["chip.buffer"], 42);
  EXPECT_EQ(json["energy_by_component"]["chip.PE[0..3].mac"], 12);
  EXPECT_EQ(json["total"]["energy_pj"], 54);
  EXPECT_EQ(json["total"]["area_um2"], 400);
  EXPECT_EQ(json["total"]["leakage_power_w"], 1e-3);
  EXPECT_DOUBLE_EQ(json["total"]["leakage_pj"], 1e-3 * 1e-6 * 1e12);
  EXPECT_FALSE(json.contains("energy_by_instance"));
  EXPECT_EQ(Json::parse(energy_json(small_report(), Detail::instances))["energy_by_instance"]["chip.PE[1].mac"], 2);
}

TEST(EnergyJson, SaysNullWhereNothingWasCounted) {
  EnergyReport report = small_report();
  report.counts.reset();
  report.charged.reset();
  const Json json = Json::parse(energy_json(report));
  EXPECT_TRUE(json["total"]["energy_pj"].is_null());
  EXPECT_TRUE(json["total"]["leakage_pj"].is_null());
  EXPECT_EQ(json["energy_by_component"], Json::object());
}

TEST(EnergyCsv, HasARowPerActionAndTensor) {
  EXPECT_EQ(energy_csv(small_report()),
            "component,class,tensor,action,arguments,count,energy_per_action_pj,energy_pj\n"
            "chip.buffer,sram,input,read,delta 0,3,4,12\n"
            "chip.buffer,sram,input,read,delta 1,1,10,10\n"
            "chip.buffer,sram,weight,read,delta 1,2,10,20\n"
            "chip.PE[0..3].mac,\"int,mac\",,compute,,6,2,12\n");
}

TEST(ComponentsCsv, HasARowPerFigureWithItsSource) {
  const std::string csv = components_csv(small_report());
  EXPECT_NE(csv.find("chip.buffer,sram,1,read,delta 1,10,pJ/value,table t,\"a paper, Table 1\",2 pJ x 2\n"),
            std::string::npos)
      << csv;
  EXPECT_NE(csv.find("chip.PE[0..3].mac,\"int,mac\",4,area,,25,um2,"), std::string::npos) << csv;
}

TEST(EnergyTable, ShowsRangesOfActionsWithArguments) {
  EnergyReport report = small_report();
  EXPECT_NE(energy_table(report).find("energy: 54.0 pJ"), std::string::npos) << energy_table(report);
  EXPECT_NE(energy_table(report).find("leakage: 1.00 mW over 1.00 us is 1.00 nJ"), std::string::npos);
  report.charged.reset();
  report.counts.reset();
  const std::string table = energy_table(report);
  EXPECT_NE(table.find("read (2 cases)"), std::string::npos) << table;
  EXPECT_NE(table.find("4.00..10.0"), std::string::npos) << table;
}

TEST(ExplainEnergy, DerivesCountTimesEnergy) {
  const EnergyReport report = small_report();
  const std::string all = explain_energy(report.tables, &*report.charged, {});
  EXPECT_NE(all.find("read (delta 1): 10 pJ per value"), std::string::npos) << all;
  EXPECT_NE(all.find("weight:     2 x 10 pJ = 20.0 pJ"), std::string::npos) << all;
  EXPECT_NE(all.find("source:     a paper, Table 1"), std::string::npos) << all;
  EXPECT_NE(all.find("leakage: unknown, counts as 0"), std::string::npos) << all;
  const std::string part = explain_energy(report.tables, &*report.charged, {"chip.PE[0..3].mac", "compute"});
  EXPECT_EQ(part.find("chip.buffer"), std::string::npos) << part;
  EXPECT_EQ(part.find("area:"), std::string::npos) << part;
}

TEST(ExplainEnergy, LeavesOutCasesThatDidNotOccurUnlessTheirComponentIsAskedFor) {
  EnergyReport report = small_report();
  report.tables.entries[0].reference.actions.push_back(action("read", 99, {{"delta", 2}}));
  const std::string all = explain_energy(report.tables, &*report.charged, {});
  EXPECT_EQ(all.find("delta 2"), std::string::npos) << all;
  EXPECT_NE(all.find("cases of its actions that did not occur: 1; explain 'chip.buffer' alone"), std::string::npos)
      << all;
  const std::string one = explain_energy(report.tables, &*report.charged, {"chip.buffer", ""});
  EXPECT_NE(one.find("read (delta 2): 99 pJ"), std::string::npos) << one;
}

TEST(ParseExplainedPart, FindsNamesWithColonsAndReportsUnknownOnes) {
  SystemTables tables = small_report().tables;
  tables.entries[0].name = "a:b";
  Diagnostics diagnostics;
  EXPECT_EQ(parse_explained_part("a:b", {}, tables, diagnostics).component, "a:b");
  EXPECT_EQ(parse_explained_part("a:b:read", {}, tables, diagnostics).action, "read");
  EXPECT_EQ(parse_explained_part("all", {}, tables, diagnostics).component, "");
  EXPECT_TRUE(diagnostics.all().empty());
  parse_explained_part("a:c", {}, tables, diagnostics);
  parse_explained_part("a:b:wirte", {}, tables, diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 2U);
}

}  // namespace
}  // namespace ohmloop
