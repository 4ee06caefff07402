#include "ohmloop/report/sweep_report.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

/// Two points of two keys that move together and one that has a unit; the second point failed.
NetworkSweep small_sweep() {
  NetworkSweep sweep;
  sweep.settings.architecture = "chip.yaml";
  sweep.networks = {"a,b"};
  sweep.axes = {{{"rows", "columns"}, {Value(Quantity{64, dimension::none})}},
                {{"adc"}, {Value(Quantity{4, dimension::bits}), Value(Quantity{6, dimension::bits})}}};
  SweepCosts costs;
  costs.energy_pj = 2000;
  costs.latency_s = 1e-6;
  costs.area_um2 = 5e5;
  costs.utilisation = 0.5;
  costs.array_utilisation = 0.25;
  costs.arrays_used = 3;
  costs.work.macs = 1000;
  costs.work.energy_pj = 2000;
  costs.work.energy_by_part_pj[part_index(CostPart::adc)] = 500;
  costs.work.arrays = ArrayWork{7, 21, 100, 500};
  sweep.points = {{0, {0, 0}, costs, "", {}}, {0, {0, 1}, std::nullopt, "too small, by far", {}}};
  sweep.all_points = 2;
  return sweep;
}

TEST(SweepTable, HasARowPerPointAndSaysWhyOneHasNoResult) {
  const std::string text = network_sweep_table(small_sweep());
  EXPECT_NE(
      text.find("a,b                64  4 bit    2.00        2.00     1.00  0.500      -   25.0       3       2.00  "
                "25.0\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("a,b                64  6 bit       -"), std::string::npos) << text;
  EXPECT_NE(text.find("without result: 1 point: too small, by far\n"), std::string::npos) << text;
}

TEST(SweepCsv, KeepsItsColumnsWhereThereIsNoResult) {
  const std::string text = network_sweep_csv(small_sweep());
  EXPECT_TRUE(
      text.starts_with("network,rows,columns,adc,failure,energy_pj,leakage_pj,latency_s,area_um2,utilisation,"
                       "array_utilisation,arrays_used,macs,"))
      << text;
  EXPECT_NE(text.find("\n\"a,b\",64,64,4 bit,,2000,0,1e-06,500000,0.5,0.25,3,1000,0,0,0,7,21,100,500,2,"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n\"a,b\",64,64,6 bit,\"too small, by far\",,,,"), std::string::npos) << text;
}

TEST(SweepJson, WritesPlainNumbersAsNumbersAndTheRestAsText) {
  NetworkSweep sweep = small_sweep();
  const std::string text = network_sweep_json(sweep);
  EXPECT_NE(text.find("\"rows\": 64,\n        \"columns\": 64,\n        \"adc\": \"4 bit\""), std::string::npos)
      << text;
  EXPECT_NE(text.find("\"interrupted\": false"), std::string::npos);
  sweep.all_points = 3;
  EXPECT_NE(network_sweep_json(sweep).find("\"interrupted\": true"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
