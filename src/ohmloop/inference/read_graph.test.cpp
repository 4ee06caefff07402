#include "ohmloop/inference/read_graph.hpp"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

std::string errors_of(const TestModel& model) {
  try {
    read_graph_bytes(model.bytes(), "net.onnx");
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

void expect_error(const TestModel& model, const std::vector<std::string>& parts) {
  const std::string errors = errors_of(model);
  for (const std::string& part : parts) EXPECT_NE(errors.find(part), std::string::npos) << part << " in:\n" << errors;
}

/// x (batch x 2) -> Relu -> y.
TestModel relu() {
  TestModel model;
  model.input("x", {-1, 2}).node("Relu", {"x"}, {"y"}, "act");
  model.graph().add_output()->set_name("y");
  return model;
}

TEST(ReadGraph, KeepsNodesInputsAndOutputs) {
  const Graph graph = read_graph_bytes(relu().bytes(), "net.onnx");
  EXPECT_EQ(graph.source, "net.onnx");
  EXPECT_EQ(graph.operator_set, 13);
  ASSERT_EQ(graph.nodes.size(), 1U);
  EXPECT_EQ(graph.nodes[0].name, "act");
  EXPECT_EQ(graph.nodes[0].operation, "Relu");
  ASSERT_EQ(graph.inputs.size(), 1U);
  EXPECT_EQ(graph.inputs[0].dims, (std::vector<std::int64_t>{-1, 2}));
  EXPECT_EQ(graph.nodes[0].inputs.at(0), graph.inputs[0].value);
  ASSERT_EQ(graph.outputs.size(), 1U);
  EXPECT_EQ(graph.nodes[0].outputs.at(0), graph.outputs[0]);
}

TEST(ReadGraph, NodesWithoutANameGetOne) {
  TestModel model;
  model.input("x", {2}).node("Relu", {"x"}, {"y"});
  model.graph().add_output()->set_name("y");
  EXPECT_EQ(read_graph_bytes(model.bytes(), "net.onnx").nodes[0].name, "Relu of 'y'");
}

TEST(ReadGraph, InitializersAmongTheInputsAreWeights) {
  TestModel model;
  model.input("x", {2}).input("w", {2}).floats("w", {1, 2}).node("Add", {"x", "w"}, {"y"});
  model.graph().add_output()->set_name("y");
  const Graph graph = read_graph_bytes(model.bytes(), "net.onnx");
  EXPECT_EQ(graph.inputs.size(), 1U);
  ASSERT_NE(graph.constant(graph.nodes[0].inputs.at(1)), nullptr);
  EXPECT_EQ(graph.constant(graph.nodes[0].inputs[1])->values<float>()[1], 2.0F);
}

TEST(ReadGraph, SortsNodesThatStandBehindTheirReaders) {
  TestModel model;
  model.input("x", {2}).node("Relu", {"h"}, {"y"}).node("Tanh", {"x"}, {"h"});
  model.graph().add_output()->set_name("y");
  EXPECT_EQ(read_graph_bytes(model.bytes(), "net.onnx").nodes[0].operation, "Tanh");
}

TEST(ReadGraph, ConstantsOfEveryKindAreValues) {
  TestModel model;
  model.node("Constant", {}, {"a"}).with("value_ints", TestModel::Integers{3, 4});
  model.node("Constant", {}, {"b"}).with("value_int", std::int64_t{5});
  model.node("Constant", {}, {"c"}).with_floats("value_floats", {1.5F});
  model.node("Constant", {}, {"d"}).add_attribute("value_float", ::onnx::AttributeProto::FLOAT).set_f(2.5F);
  model.node("Constant", {}, {"e"}).with_text("value_string", "text");
  model.node("Constant", {}, {"f"}).add_attribute("value_strings", ::onnx::AttributeProto::STRINGS).add_strings("s");
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) model.graph().add_output()->set_name(name);
  const Graph graph = read_graph_bytes(model.bytes(), "net.onnx");
  EXPECT_TRUE(graph.nodes.empty());
  const auto value = [&](std::size_t i) { return *graph.constant(graph.outputs[i]); };
  EXPECT_EQ(value(0).values<std::int64_t>()[1], 4);
  EXPECT_EQ(value(1).rank(), 0U);
  EXPECT_EQ(value(1).values<std::int64_t>()[0], 5);
  EXPECT_EQ(value(2).dims(), Dims{1});
  EXPECT_EQ(value(3).values<float>()[0], 2.5F);
  EXPECT_EQ(value(4).strings().at(0), "text");
  EXPECT_EQ(value(5).strings().at(0), "s");
}

TEST(ReadGraph, NamesOperatorsThatAreNotSupported) {
  TestModel model = relu();
  model.node("Rellu", {"x"}, {"z"}, "typo").node("Loop", {"x"}, {"l"}, "loop");
  model.add_attribute("body", ::onnx::AttributeProto::GRAPH).mutable_g()->set_name("inner");
  model.node("Gelu", {"x"}, {"g"}, "own");
  model.graph().mutable_node(model.graph().node_size() - 1)->set_domain("com.microsoft");
  expect_error(model, {"operator 'Rellu' is not supported (operator set 13), at node 'typo'", "did you mean 'Relu'",
                       "supported operators: ", "Softmax", "operator 'Loop' holds a subgraph", "'loop'",
                       "operator 'Gelu' is of the domain 'com.microsoft'", "'own'"});
}

TEST(ReadGraph, NamesTheOperatorSet) {
  TestModel model = relu();
  model.proto().mutable_opset_import(0)->set_version(18);
  expect_error(model, {"operator set 18 is not supported, only 7 to 17 are"});
  model.proto().mutable_opset_import(0)->set_version(6);
  expect_error(model, {"operator set 6 is not supported"});
}

TEST(ReadGraph, NamesNodesThatLackAnInput) {
  TestModel model = relu();
  model.node("Conv", {"x"}, {"c"}, "conv").node("Gemm", {"x", ""}, {"g"}, "fc");
  expect_error(model,
               {"operator 'Conv' lacks its input 2 (operator set 13), at node 'conv'", "'Gemm' lacks its input 2"});
}

TEST(ReadGraph, NamesValuesThatNobodyWrites) {
  TestModel model = relu();
  model.node("Add", {"y", "yy"}, {"z"}, "sum");
  model.graph().add_output()->set_name("zz");
  expect_error(model, {"node 'sum' (Add) reads 'yy', which nothing in the file writes", "did you mean 'y'"});
}

TEST(ReadGraph, NamesWeightsThatAreNotThere) {
  TestModel model;
  model.input("x", {-1, 2, 4, 4}).weight("w", {2, 2, 3, 3});
  model.node("Conv", {"x", "w"}, {"y"}, "conv").node("Conv", {"x", "v"}, {"z"}, "other");
  model.graph().add_output()->set_name("y");
  expect_error(model, {"the initializer 'w': it has no values, the file only declares it",
                       "node 'other' (Conv) takes the weights 'v', whose values are not in the file"});
}

TEST(ReadGraph, CountsValuesThatAreNotFinite) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  constexpr float infinity = std::numeric_limits<float>::infinity();
  TestModel model;
  model.input("x", {-1, 2}).floats("b", {1, nan, infinity, nan}).node("Add", {"x", "b"}, {"y"});
  model.graph().add_output()->set_name("y");
  expect_error(model, {"the initializer 'b': of its 4 values, 2 are not numbers (NaN) and 1 are infinite"});
}

TEST(ReadGraph, LetsInfinitePassWhereNothingIsTrained) {
  TestModel model;
  model.input("x", {2}).floats("mask", {0, -std::numeric_limits<float>::infinity()});
  model.node("Add", {"x", "mask"}, {"y"});
  model.graph().add_output()->set_name("y");
  EXPECT_EQ(errors_of(model), "");
}

TEST(ReadGraph, NamesCycles) {
  TestModel model;
  model.node("Relu", {"b"}, {"a"}, "one").node("Relu", {"a"}, {"b"}, "two");
  model.graph().add_output()->set_name("b");
  expect_error(model, {"cycle"});
}

TEST(ReadGraph, DropsNodesThatNobodyCanRead) {
  TestModel model = relu();
  model.node("Relu", {"x"}, {}).node("Relu", {"x"}, {""});
  EXPECT_EQ(read_graph_bytes(model.bytes(), "net.onnx").nodes.size(), 1U);
}

TEST(OperatorTable, IsSortedByName) {
  for (const OperatorEntry& entry : operator_table()) EXPECT_EQ(find_operator(entry.operation), &entry);
  EXPECT_EQ(find_operator("Conw"), nullptr);
}

}  // namespace
}  // namespace ohmloop
