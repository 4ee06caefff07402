#include <gtest/gtest.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

using Integers = TestModel::Integers;

InputError error_of(const TestModel& model, std::int64_t batch = 1) {
  try {
    static_cast<void>(model.read(batch));
  } catch (const InputError& error) {
    return error;
  }
  ADD_FAILURE() << "the model was read";
  return InputError(Diagnostic{});
}

std::string message_of(const TestModel& model, std::int64_t batch = 1) {
  return error_of(model, batch).diagnostics().front().message;
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> names(const Network& network) {
  std::vector<std::string> result;
  for (const NetworkNode& node : network.nodes) result.push_back(node.name);
  return result;
}

TestModel one_convolution(const Integers& input) {
  TestModel model;
  model.input("x", input).weight("w", {8, 3, 3, 3}).node("Conv", {"x", "w"}, {"y"}, "conv");
  return model;
}

TEST(OnnxNetwork, names_nodes_by_their_name_or_output_and_keeps_names_unique) {
  TestModel model;
  model.input("x", {1, 4});
  model.node("Relu", {"x"}, {"a"}, "relu").node("Relu", {"a"}, {"b"}, "relu").node("Relu", {"b"}, {"relu_2"});
  model.node("Relu", {"relu_2"}, {"d"}, "bad\x01name");
  EXPECT_EQ(names(model.read()), (std::vector<std::string>{"relu", "relu_2", "relu_2_2", "bad\\x01name"}));
}

TEST(OnnxNetwork, records_which_nodes_a_node_reads) {
  TestModel model;
  model.input("x", {1, 4}).node("Relu", {"x"}, {"a"}).node("Relu", {"x"}, {"b"});
  model.node("Add", {"b", "a"}, {"c"}).node("Mul", {"c", "c"}, {"d"});
  const Network network = model.read();
  EXPECT_TRUE(network.nodes[0].inputs.empty());
  EXPECT_EQ(network.nodes[2].inputs, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(network.nodes[3].inputs, (std::vector<std::size_t>{2}));
  EXPECT_EQ(network.input_dims, (Integers{1, 4}));
  EXPECT_EQ(network.name, "test");
  EXPECT_EQ(network.source, "test.onnx");
}

TEST(OnnxNetwork, sorts_nodes_that_stand_in_any_order) {
  TestModel model;
  model.input("x", {1, 4}).node("Relu", {"b"}, {"c"}).node("Relu", {"a"}, {"b"}).node("Relu", {"x"}, {"a"});
  EXPECT_EQ(names(model.read()), (std::vector<std::string>{"a", "b", "c"}));
}

TEST(OnnxNetwork, shows_the_nodes_of_a_cycle) {
  TestModel model;
  model.input("x", {1, 4}).node("Relu", {"x"}, {"start"}).node("Add", {"start", "c"}, {"a"});
  model.node("Relu", {"a"}, {"b"}).node("Relu", {"b"}, {"c"}).node("Relu", {"c"}, {"after"});
  EXPECT_EQ(message_of(model),
            "test.onnx: the graph has a cycle: each of 'a', 'c', 'b' reads what the next one writes");
  TestModel self;
  self.input("x", {1, 4}).node("Add", {"x", "y"}, {"y"});
  EXPECT_TRUE(mentions(message_of(self), "each of 'y' reads"));
}

TEST(OnnxNetwork, refuses_tensors_written_twice_or_never) {
  TestModel twice;
  twice.input("x", {1, 4}).node("Relu", {"x"}, {"a"}, "one").node("Relu", {"x"}, {"a"}, "two");
  EXPECT_EQ(message_of(twice), "test.onnx: node 'one' (Relu) and node 'two' (Relu) both write 'a'");
  TestModel over;
  over.input("x", {1, 4}).node("Relu", {"x"}, {"x"}, "one");
  EXPECT_TRUE(mentions(message_of(over), "writes 'x', which is an input"));
  TestModel never;
  never.input("image", {1, 4}).node("Relu", {"imaeg"}, {"a"}, "one");
  const InputError error = error_of(never);
  EXPECT_EQ(error.diagnostics().front().message,
            "test.onnx: node 'one' (Relu) reads 'imaeg', which nothing in the file writes");
  EXPECT_EQ(error.diagnostics().front().notes, std::vector<std::string>{"did you mean 'image'?"});
}

TEST(OnnxNetwork, sets_an_open_batch) {
  EXPECT_EQ(one_convolution({-1, 3, 8, 8}).read(5).nodes[0].output_dims, (Integers{5, 8, 6, 6}));
  TestModel unset = one_convolution({1, 3, 8, 8});
  unset.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape()->mutable_dim(0)->Clear();
  EXPECT_EQ(unset.read(5).input_dims, (Integers{5, 3, 8, 8}));
  EXPECT_EQ(one_convolution({0, 3, 8, 8}).read(5).input_dims, (Integers{5, 3, 8, 8}));
  EXPECT_THROW(static_cast<void>(one_convolution({-1, 3, 8, 8}).read(0)), InputError);
}

TEST(OnnxNetwork, keeps_a_fixed_batch_and_says_so) {
  const Network network = one_convolution({2, 3, 8, 8}).read(5);
  EXPECT_EQ(network.nodes[0].output_dims, (Integers{2, 8, 6, 6}));
  ASSERT_EQ(network.warnings.size(), 1U);
  EXPECT_EQ(network.warnings[0].message, "test.onnx: the input 'x' has a fixed batch of 2, which is used instead of 5");
}

TEST(OnnxNetwork, names_an_open_dimension_and_what_to_do) {
  TestModel model = one_convolution({-1, 3, 8, 8});
  auto& shape = *model.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
  shape.mutable_dim(2)->set_dim_param("height");
  const InputError error = error_of(model);
  EXPECT_EQ(
      error.diagnostics().front().message,
      "test.onnx: dimension 2 of the input 'x' (batch x 3 x height x 8) has the open size 'height': only the first "
      "one, the batch, may be open");
  EXPECT_TRUE(mentions(error.diagnostics().front().notes.front(), "--dim_param height"));
  EXPECT_TRUE(mentions(message_of(one_convolution({1, 3, -7, 8})), "dimension 2 of the input 'x' is -7"));
}

TEST(OnnxNetwork, reads_initializers_that_are_listed_as_inputs_too) {
  TestModel model = one_convolution({1, 3, 8, 8});
  model.input("w", {8, 3, 3, 3});
  EXPECT_EQ(model.read().parameters(), 216);
  EXPECT_TRUE(model.read().warnings.empty());
}

TEST(OnnxNetwork, needs_no_weights_but_their_sizes) {
  TestModel listed;
  listed.input("x", {1, 3, 8, 8}).input("w", {8, 3, 3, 3}).node("Conv", {"x", "w"}, {"y"});
  EXPECT_EQ(listed.read(1).parameters(), 216);
  EXPECT_FALSE(listed.read().nodes[0].shape->weight_is_activation);
  EXPECT_TRUE(listed.read().warnings.empty());
  TestModel described;
  described.input("x", {1, 3, 8, 8}).value_info("w", {8, 3, 3, 3}).node("Conv", {"x", "w"}, {"y"});
  EXPECT_EQ(described.read().parameters(), 216);
  TestModel nothing;
  nothing.input("x", {1, 3, 8, 8}).input("w", {8, -1, 3, 3}).node("Conv", {"x", "w"}, {"y"});
  EXPECT_TRUE(mentions(message_of(nothing), "neither values nor sizes of the weight 'w'"));
}

TEST(OnnxNetwork, counts_shared_and_rearranged_weights_once) {
  TestModel model;
  model.input("x", {1, 4, 16}).weight("w", {16, 16}).weight("gain", {16});
  model.node("Transpose", {"w"}, {"wt"}).node("Identity", {"wt"}, {"same"});
  model.node("MatMul", {"x", "w"}, {"a"}).node("MatMul", {"a", "same"}, {"b"}).node("Mul", {"b", "gain"}, {"c"});
  const Network network = model.read();
  EXPECT_EQ(names(network), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(network.nodes[0].parameters, 256);
  EXPECT_EQ(network.nodes[1].parameters, 0);
  EXPECT_EQ(network.nodes[2].parameters, 16);
  EXPECT_TRUE(network.nodes[1].shape == fully_connected(1, 16, 16, 4));
}

TEST(OnnxNetwork, follows_weights_through_dequantisation) {
  TestModel model = one_convolution({1, 3, 8, 8});
  model.graph().mutable_initializer(0)->set_data_type(::onnx::TensorProto::INT8);
  model.graph().mutable_node(0)->set_input(1, "dequantised");
  model.weight("scale", {8}).node("DequantizeLinear", {"w", "scale"}, {"dequantised"}).with("axis", 0);
  const Network network = model.read();
  ASSERT_EQ(network.nodes.size(), 1U);
  EXPECT_EQ(network.parameters(), 216);
  EXPECT_FALSE(network.nodes[0].shape->weight_is_activation);
}

TEST(OnnxNetwork, takes_single_numbers_and_integers_for_settings) {
  TestModel model;
  model.input("x", {1, 4}).floats("half", {0.5F}).integers("shift", {1, 2, 3, 4}).weight("bias", {4});
  model.node("Mul", {"x", "half"}, {"a"}).node("Add", {"a", "shift"}, {"b"}).node("Add", {"b", "bias"}, {"c"});
  EXPECT_EQ(model.read().parameters(), 4);
}

/// The chain that PyTorch writes for x.view(x.size(0), -1) and x.view(batch, heads, seq / 2, 2 * width).
TEST(OnnxNetwork, computes_shapes_that_the_graph_computes) {
  TestModel model;
  model.input("x", {-1, 6, 8}).scalar("zero", 0).scalar("one", 1).scalar("two", 2).integers("axis", {0});
  model.integers("open", {-1});
  model.node("Shape", {"x"}, {"shape"})
      .node("Gather", {"shape", "zero"}, {"n"})
      .node("Gather", {"shape", "one"}, {"s"});
  model.node("Div", {"s", "two"}, {"half"}).node("Cast", {"half"}, {"real"}).with("to", 1);
  model.node("Floor", {"real"}, {"floor"}).node("Cast", {"floor"}, {"whole"}).with("to", 7);
  for (const char* part : {"n", "whole", "two"}) {
    model.node("Unsqueeze", {part, "axis"}, {std::string(part) + "1"});
  }
  model.node("Concat", {"n1", "whole1", "two1", "open"}, {"target"}).with("axis", 0);
  model.node("Reshape", {"x", "target"}, {"y"});
  const Network network = model.read(4);
  EXPECT_EQ(names(network), (std::vector<std::string>{"y"}));
  EXPECT_EQ(network.nodes[0].output_dims, (Integers{4, 3, 2, 8}));
}

TEST(OnnxNetwork, computes_masks_and_ranges_of_sizes) {
  TestModel model;
  model.input("x", {1, 6})
      .scalar("zero", 0)
      .scalar("one", 1)
      .scalar("six", 6)
      .integers("axis", {0})
      .integers("end", {2});
  model.node("Range", {"zero", "six", "one"}, {"range"}).node("Slice", {"range", "end", "end", "axis"}, {"none"});
  model.node("Slice", {"range", "axis", "end", "axis"}, {"head"});
  model.node("ConstantOfShape", {"head"}, {"zeros"}).node("Squeeze", {"head"}, {"squeezed"});
  model.node("Constant", {}, {"minus"}).with("value_ints", Integers{-1, 1});
  model.node("Equal", {"minus", "end"}, {"equal"}).node("Where", {"equal", "end", "minus"}, {"chosen"});
  model.node("Reshape", {"x", "chosen"}, {"y"});
  EXPECT_EQ(model.read().nodes.back().output_dims, (Integers{6, 1}));
}

TEST(OnnxNetwork, warns_of_unknown_operators_with_their_share) {
  TestModel model = one_convolution({1, 3, 8, 8});
  model.node("Frobnicate", {"y"}, {"z"}, "odd").value_info("z", {1, 8, 6, 6}).node("Relu", {"z"}, {"out"});
  model.node("Relu", {"out"}, {"out2"});
  const Network network = model.read();
  EXPECT_FALSE(network.nodes[1].supported);
  EXPECT_EQ(network.nodes[1].output_dims, (Integers{1, 8, 6, 6}));
  EXPECT_EQ(network.nodes[3].output_dims, (Integers{1, 8, 6, 6}));
  ASSERT_EQ(network.warnings.size(), 1U);
  EXPECT_EQ(network.warnings[0].message,
            "test.onnx: operator 'Frobnicate' is not evaluated, its cost is missing from all totals: 1 of 4 nodes "
            "(25.0 %), 25.0 % of the output activations");
  EXPECT_EQ(network.warnings[0].notes, std::vector<std::string>{"nodes: 'odd'"});
}

TEST(OnnxNetwork, needs_the_sizes_behind_an_unknown_operator_for_weights_alone) {
  TestModel model = one_convolution({1, 3, 8, 8});
  model.node("If", {"y"}, {"z"}, "branch").node("Relu", {"z"}, {"r"}, "relu");
  const Network network = model.read();
  ASSERT_EQ(network.warnings.size(), 2U);
  EXPECT_EQ(network.nodes[2].output_elements(), 0);
  EXPECT_TRUE(network.nodes[2].supported);
  EXPECT_TRUE(mentions(network.warnings[1].message, "the output sizes of 2 nodes are unknown"));
  model.weight("v", {4, 8, 1, 1}).node("Conv", {"r", "v"}, {"last"}, "last");
  EXPECT_EQ(
      message_of(model),
      "test.onnx: node 'last' (Conv): the size of its input 'r' is unknown: it depends on node 'branch' (If), whose "
      "output size can't be inferred and is not in the file");
}

TEST(OnnxNetwork, knows_no_operator_of_another_domain) {
  TestModel model;
  model.input("x", {1, 4}).node("Gelu", {"x"}, {"y"});
  model.graph().mutable_node(0)->set_domain("com.microsoft");
  EXPECT_EQ(model.read().nodes[0].operation, "com.microsoft.Gelu");
  EXPECT_FALSE(model.read().nodes[0].supported);
}

TEST(OnnxNetwork, reports_all_wrong_nodes_of_a_file_once) {
  TestModel model;
  model.input("x", {1, 4}).weight("w", {5, 5}).node("MatMul", {"x", "w"}, {"a"}, "first");
  model.node("Relu", {"a"}, {"after"}).node("MatMul", {"x", "w"}, {"b"}, "second");
  EXPECT_EQ(error_of(model).diagnostics().size(), 2U);
}

TEST(OnnxNetwork, names_the_node_and_tensor_whose_size_overflows) {
  TestModel model;
  model.input("x", {1, 4}).integers("s", {INT64_MAX / 2, 4}).node("Expand", {"x", "s"}, {"big"}, "expand");
  EXPECT_TRUE(
      mentions(message_of(model), "node 'expand' (Expand): its output 'big' has the size 4611686018427387903x4"));
  TestModel layer;
  constexpr std::int64_t wide = std::int64_t{1} << 31;
  layer.input("x", {wide, wide}).weight("w", {wide, 2}).node("MatMul", {"x", "w"}, {"y"}, "fc");
  EXPECT_TRUE(mentions(message_of(layer, wide), "node 'fc' (MatMul): its sizes leave the 64-bit range"));
}

}  // namespace
}  // namespace ohmloop
