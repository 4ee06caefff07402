#include "ohmloop/report/breakdown.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/report/figures_csv.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/run_json.hpp"
#include "ohmloop/report/run_table.hpp"

namespace ohmloop {
namespace {

/// Three layers, the last equal to the first, on a memory above a compute; all figures are made up.
RunReport small_report() {
  RunReport report;
  report.tool = {"ohmloop", "1.2.3", "abc"};
  report.settings.network = "tiny";
  report.settings.architecture = "chip.yaml";
  report.settings.overrides = {"a=1"};
  report.network.name = "tiny";
  const auto add_node = [&](const std::string& name, const std::string& operation, std::optional<LayerShape> shape) {
    NetworkNode node;
    node.name = name;
    node.operation = operation;
    node.shape = shape;
    node.output_dims = {1, 10};
    report.network.nodes.push_back(node);
  };
  add_node("one", "Gemm", fully_connected(1, 4, 10));
  add_node("relu", "Relu", std::nullopt);
  add_node("a,b", "Gemm", fully_connected(1, 10, 10));
  add_node("three", "Gemm", fully_connected(1, 4, 10));

  Node memory;
  memory.name = "buffer";
  memory.class_name = "sram";
  memory.body = Memory{};
  Node compute;
  compute.name = "mac";
  compute.class_name = "int_mac";
  compute.body = Compute{};
  report.architecture.nodes = {memory, compute};
  report.tables.nodes.resize(2);
  report.tables.nodes[0].area_um2 = 1000;
  report.tables.nodes[1].actions = {{"compute", ActionUnit::value, 0.5, {"table", "a paper", "", true}}};

  const auto unique = [](LayerShape shape, double read_pj, double compute_pj) {
    UniqueLayer layer;
    layer.shape = shape;
    Evaluation& evaluation = layer.mapped.evaluation;
    evaluation.items = {{NodeId(0), Role::weight, "read", 40, read_pj},
                        {NodeId(1), std::nullopt, "compute", 40, compute_pj}};
    evaluation.energy_pj = read_pj + compute_pj;
    evaluation.latency_cycles = 10;
    evaluation.latency_s = 1e-8;
    evaluation.utilisation = 0.5;
    evaluation.bottleneck = "compute";
    return layer;
  };
  NetworkEvaluation& evaluation = report.evaluation;
  evaluation.unique = {unique(fully_connected(1, 4, 10), 8, 2), unique(fully_connected(1, 10, 10), 0.001, 0)};
  evaluation.layers = {{0, 0}, {2, 1}, {3, 0}};
  evaluation.energy_pj = 20.001;
  evaluation.latency_cycles = 30;
  evaluation.latency_s = 3e-8;
  evaluation.utilisation = 0.5;
  return report;
}

TEST(Breakdown, SumsEnergyByNodeOverAllLayers) {
  const RunReport report = small_report();
  const std::vector<double> energy = energy_by_node_pj(report.evaluation, report.architecture);
  ASSERT_EQ(energy.size(), 2U);
  EXPECT_DOUBLE_EQ(energy[0], 16.001);
  EXPECT_DOUBLE_EQ(energy[1], 4);
}

TEST(Breakdown, GivesComputeItsOwnPlaceAmongTheTensors) {
  const auto energy = energy_by_tensor_pj(small_report().evaluation.unique[0].mapped.evaluation);
  EXPECT_EQ(energy[role_index(Role::weight)].energy_pj, 8);
  EXPECT_EQ(energy[3].tensor, "compute");
  EXPECT_EQ(energy[3].energy_pj, 2);
}

TEST(Breakdown, CountsOperatorsThatCostNothing) {
  const std::vector<UnchargedOperator> operators = uncharged_operators(small_report().network);
  ASSERT_EQ(operators.size(), 1U);
  EXPECT_EQ(operators[0].operation, "Relu");
  EXPECT_EQ(operators[0].activations, 10);
}

TEST(LayersCsv, HasOneRowPerAction) {
  EXPECT_EQ(layers_csv(small_report()),
            "layer,component,class,tensor,action,count,energy_pj\n"
            "one,buffer,sram,weight,read,40,8\n"
            "one,mac,int_mac,compute,compute,40,2\n"
            "\"a,b\",buffer,sram,weight,read,40,0.001\n"
            "\"a,b\",mac,int_mac,compute,compute,40,0\n"
            "three,buffer,sram,weight,read,40,8\n"
            "three,mac,int_mac,compute,compute,40,2\n");
}

TEST(FiguresCsv, LeavesEmptyWhatADigitalChipDoesNotHave) {
  const std::string text = figures_csv(small_report());
  EXPECT_EQ(text.substr(0, text.rfind("\n,,") + 1),
            "layer,operation,energy_pj,latency_s,utilisation,array_utilisation,arrays_used,macs,weights,"
            "input_activations,output_activations,vector_presentations,array_activations,dac_conversions,"
            "adc_conversions,macs_per_conversion,activations_moved,activation_movement_pj,activation_movement_share,"
            "dac_pj,adc_pj,array_pj,digital_pj,buffers_pj,movement_pj,off_chip_pj\n"
            "one,Gemm,10,1e-08,0.5,,,40,40,4,10,,,,,,0,0,0,0,0,0,2,8,0,0\n"
            "\"a,b\",Gemm,0.001,1e-08,0.5,,,100,100,10,10,,,,,,0,0,0,0,0,0,0,0.001,0,0\n"
            "three,Gemm,10,1e-08,0.5,,,40,40,4,10,,,,,,0,0,0,0,0,0,2,8,0,0\n");
  EXPECT_NE(text.find("\n,,20.001,3e-08,0.5,,,180,180,18,30,,,,,,0,0,0,0,0,0,4,"), std::string::npos) << text;
}

TEST(LayersCsv, QuotesWhatCsvWouldMisread) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a \"b\"\n"), "\"a \"\"b\"\"\n\"");
}

TEST(RunTable, UsesOneUnitPerColumnAndNeverRoundsToZero) {
  const std::string text = run_table(small_report());
  EXPECT_NE(text.find("a,b    fc 10x10   100  0.00100      0.0100     10.0      50.0  compute\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("one    fc 10x4     40     10.0         250     10.0      50.0  compute\n"), std::string::npos)
      << text;
}

TEST(RunTable, PrintsADashWhereNothingHappened) {
  const std::string text = run_table(small_report());
  EXPECT_NE(text.find("mac        int_mac       1    4.00   20.0      -      -\n"), std::string::npos) << text;
}

TEST(RunTable, SaysWhatIsLeftOut) {
  const std::string text = run_table(small_report());
  EXPECT_NE(text.find("layers: 2 different of 3; equal layers were evaluated once\n"), std::string::npos);
  EXPECT_NE(text.find("not charged: Relu 1; 10 activations in all\n"), std::string::npos);
  EXPECT_NE(text.find("leakage: n/a"), std::string::npos);
}

TEST(RunJson, NamesTheFirstEqualLayerAndFittedConstants) {
  const std::string text = run_json(small_report());
  EXPECT_NE(text.find("\"name\": \"three\",\n      \"operation\": \"Gemm\",\n      \"same_as\": \"one\""),
            std::string::npos);
  EXPECT_NE(text.find("\"figure\": \"compute\",\n      \"source\": \"a paper\""), std::string::npos);
}

TEST(RunJson, ReplacesBytesThatAreNoUtf8) {
  RunReport report = small_report();
  report.network.nodes[0].name = "\xff";
  EXPECT_NE(run_json(report).find("\"name\": \"\xef\xbf\xbd\""), std::string::npos);
}

TEST(RunJson, RefusesWhatJsonCannotSay) {
  RunReport report = small_report();
  report.evaluation.energy_pj = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(run_json(report), InternalError);
}

}  // namespace
}  // namespace ohmloop
