#include "ohmloop/workload/onnx/operators.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/workload/onnx/test_model.hpp"

namespace ohmloop {
namespace {

using Integers = TestModel::Integers;

/// The output sizes of the last node; the input is 'x', a batch of one.
Integers output_of(const TestModel& model) { return model.read().nodes.back().output_dims; }

std::string error_of(const TestModel& model) {
  try {
    static_cast<void>(model.read());
  } catch (const InputError& error) {
    for (const Diagnostic& found : error.diagnostics()) {
      if (found.severity == Severity::error) return found.message;
    }
  }
  return "no error";
}

TestModel with_input(const Integers& dims, std::int64_t operator_set = 13) {
  TestModel model(operator_set);
  model.input("x", dims);
  return model;
}

TEST(OnnxOperators, are_sorted_and_unique) {
  const auto all = onnx_operators();
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].name, all[i].name);
  for (const OnnxOperator& operation : all) {
    EXPECT_EQ(find_onnx_operator(operation.name), &operation);
    EXPECT_NE(operation.infer, nullptr);
  }
  EXPECT_EQ(find_onnx_operator("Convolution"), nullptr);
  EXPECT_EQ(find_onnx_operator(""), nullptr);
}

TEST(OnnxOperators, that_work_on_every_element_keep_the_sizes) {
  for (const char* name : {"Relu",  "Clip", "LeakyRelu", "Sigmoid",    "HardSigmoid", "HardSwish", "Tanh",
                           "Gelu",  "Erf",  "Softmax",   "LogSoftmax", "Sqrt",        "Neg",       "Exp",
                           "Log",   "LRN",  "Dropout",   "Identity",   "Abs",         "Floor",     "Ceil",
                           "Round", "Elu",  "Selu",      "Softplus",   "Reciprocal",  "Not",       "Trilu"}) {
    EXPECT_EQ(output_of(with_input({1, 3, 5, 7}).node(name, {"x"}, {"y"})), (Integers{1, 3, 5, 7})) << name;
  }
}

TEST(OnnxOperators, that_take_scales_keep_the_sizes) {
  const auto normalised = [](const char* name, const std::vector<std::string>& inputs) {
    return with_input({1, 3, 5, 7})
        .weight("s", {3})
        .weight("b", {3})
        .weight("m", {3})
        .weight("v", {3})
        .node(name, inputs, {"y"});
  };
  for (const auto& [name, inputs, parameters] : std::vector<std::tuple<const char*, std::vector<std::string>, int>>{
           {"BatchNormalization", {"x", "s", "b", "m", "v"}, 6},
           {"InstanceNormalization", {"x", "s", "b"}, 6},
           {"LayerNormalization", {"x", "s", "b"}, 6},
           {"PRelu", {"x", "s"}, 3},
           {"QuantizeLinear", {"x", "s", "b"}, 0},
           {"DequantizeLinear", {"x", "s", "b"}, 0}}) {
    const Network network = normalised(name, inputs).read();
    EXPECT_EQ(network.nodes.back().output_dims, (Integers{1, 3, 5, 7})) << name;
    EXPECT_EQ(network.parameters(), parameters) << name;
  }
}

TEST(OnnxOperators, broadcast_their_inputs) {
  for (const char* name : {"Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Sum", "Mean", "Equal", "Less", "Greater",
                           "And", "Or", "Mod"}) {
    const TestModel model = with_input({1, 3, 1, 7}).input("z", {4, 1}).node(name, {"x", "z"}, {"y"});
    EXPECT_EQ(output_of(model), (Integers{1, 3, 4, 7})) << name;
  }
  EXPECT_EQ(error_of(with_input({1, 3}).input("z", {1, 4}).node("Add", {"x", "z"}, {"y"}, "sum")),
            "test.onnx: node 'sum' (Add): its inputs 1x3 and 1x4 do not fit together");
  EXPECT_EQ(
      output_of(with_input({1, 3}).input("c", {1, 1}).input("z", {5, 1, 1}).node("Where", {"c", "x", "z"}, {"y"})),
      (Integers{5, 1, 3}));
}

TEST(OnnxConv, has_the_layer_shape_of_its_attributes) {
  const Network network = with_input({2, 6, 15, 12})
                              .weight("w", {8, 3, 3, 2})
                              .weight("b", {8})
                              .node("Conv", {"x", "w", "b"}, {"y"}, "conv")
                              .with("group", 2)
                              .with("strides", Integers{2, 1})
                              .with("pads", Integers{1, 0, 2, 3})
                              .with("dilations", Integers{2, 3})
                              .read(2);
  const NetworkNode& node = network.nodes.front();
  EXPECT_EQ(node.output_dims, (Integers{2, 8, 7, 12}));
  const LayerShape expected = convolution(2, 6, 15, 12, 8,
                                          {.kernel_height = 3,
                                           .kernel_width = 2,
                                           .stride_height = 2,
                                           .pad_top = 1,
                                           .pad_bottom = 2,
                                           .pad_right = 3,
                                           .dilation_height = 2,
                                           .dilation_width = 3,
                                           .groups = 2});
  ASSERT_TRUE(node.shape.has_value());
  EXPECT_TRUE(*node.shape == expected) << describe(*node.shape);
  EXPECT_EQ(node.parameters, 8 * 3 * 3 * 2 + 8);
}

/// x of 7 columns, a filter of 4, stride 2: 4 outputs need 3 elements of padding in all.
TEST(OnnxConv, pads_as_auto_pad_says) {
  const auto padded = [](const char* mode) {
    const Network network = with_input({1, 1, 7, 7})
                                .weight("w", {1, 1, 4, 4})
                                .node("Conv", {"x", "w"}, {"y"})
                                .with_text("auto_pad", mode)
                                .with("strides", Integers{2, 2})
                                .read();
    const LayerShape& shape = network.nodes.front().shape.value();
    return Integers{shape.E, shape.F, shape.pad_top, shape.pad_left};
  };
  EXPECT_EQ(padded("SAME_UPPER"), (Integers{4, 4, 1, 1}));
  EXPECT_EQ(padded("SAME_LOWER"), (Integers{4, 4, 2, 2}));
  EXPECT_EQ(padded("VALID"), (Integers{2, 2, 0, 0}));
  EXPECT_EQ(padded("NOTSET"), (Integers{2, 2, 0, 0}));
  EXPECT_THROW(padded("SAME"), InputError);
}

TEST(OnnxConv, may_have_one_spatial_dimension) {
  const Network network = with_input({1, 80, 3000})
                              .weight("w", {384, 80, 3})
                              .node("Conv", {"x", "w"}, {"y"})
                              .with("pads", Integers{1, 1})
                              .with("strides", Integers{2})
                              .read();
  EXPECT_EQ(network.nodes.front().output_dims, (Integers{1, 384, 1500}));
  EXPECT_EQ(network.macs(), 384LL * 80 * 3 * 1500);
}

TEST(OnnxConv, of_three_spatial_dimensions_is_a_gap_with_known_sizes) {
  const Network network =
      with_input({1, 3, 8, 16, 16}).weight("w", {4, 3, 3, 3, 3}).node("Conv", {"x", "w"}, {"y"}).read();
  EXPECT_FALSE(network.nodes.front().supported);
  EXPECT_EQ(network.nodes.front().output_dims, (Integers{1, 4, 6, 14, 14}));
  ASSERT_EQ(network.warnings.size(), 1U);
}

TEST(OnnxConv, refuses_operands_that_do_not_fit) {
  const auto error = [](const Integers& weight, std::int64_t groups) {
    return error_of(
        with_input({1, 6, 8, 8}).weight("w", weight).node("Conv", {"x", "w"}, {"y"}, "c").with("group", groups));
  };
  EXPECT_EQ(error({4, 5, 3, 3}, 1),
            "test.onnx: node 'c' (Conv): its input has 6 channels (1x6x8x8), its weight (4x5x3x3) in 1 groups needs 5");
  EXPECT_NE(error({5, 3, 3, 3}, 2).find("M is 5, must be a multiple of the groups"), std::string::npos);
  EXPECT_NE(error({4, 6, 9, 3}, 1).find("a window of 9"), std::string::npos);
  EXPECT_NE(error({4, 6, 3}, 1).find("differ in their number of dimensions"), std::string::npos);
  EXPECT_NE(error({4, 6, 3, 3}, 0).find("'group' is 0"), std::string::npos);
  EXPECT_NE(error({4, 6, 0, 3}, 1), "no error");
  EXPECT_NE(error_of(with_input({1, 6, 8, 8}).node("Conv", {"x"}, {"y"}, "c")).find("has no input 1"),
            std::string::npos);
  EXPECT_NE(error_of(with_input({1, 6, 8, 8})
                         .weight("w", {4, 6, 3, 3})
                         .node("Conv", {"x", "w"}, {"y"})
                         .with("strides", Integers{0, 1}))
                .find("every value must be at least 1"),
            std::string::npos);
}

TEST(OnnxConv, quantised_has_its_weight_in_another_place) {
  const Network network = with_input({1, 3, 8, 8})
                              .weight("s", {1})
                              .weight("w", {4, 3, 3, 3})
                              .node("QLinearConv", {"x", "s", "s", "w", "s", "s", "s", "s"}, {"y"})
                              .read();
  EXPECT_EQ(network.macs(), 4 * 3 * 3 * 3 * 36);
  EXPECT_EQ(network.parameters(), 108);
}

TEST(OnnxConvTranspose, is_a_gap_with_known_sizes) {
  const Network network = with_input({1, 8, 10, 10})
                              .weight("w", {8, 2, 3, 3})
                              .node("ConvTranspose", {"x", "w"}, {"y"})
                              .with("group", 2)
                              .with("strides", Integers{2, 2})
                              .with("pads", Integers{1, 1, 1, 1})
                              .with("output_padding", Integers{1, 1})
                              .read();
  EXPECT_EQ(network.nodes.front().output_dims, (Integers{1, 4, 20, 20}));
  EXPECT_FALSE(network.nodes.front().supported);
  EXPECT_FALSE(network.nodes.front().shape.has_value());
}

TEST(OnnxGemm, is_a_fully_connected_layer) {
  const Network plain = with_input({4, 64})
                            .weight("w", {10, 64})
                            .weight("b", {10})
                            .node("Gemm", {"x", "w", "b"}, {"y"})
                            .with("transB", 1)
                            .read(4);
  EXPECT_EQ(plain.nodes.front().output_dims, (Integers{4, 10}));
  EXPECT_TRUE(plain.nodes.front().shape == fully_connected(4, 64, 10));
  EXPECT_EQ(plain.parameters(), 650);
  const Network turned =
      with_input({64, 4}).weight("w", {64, 10}).node("Gemm", {"x", "w"}, {"y"}).with("transA", 1).read(64);
  EXPECT_TRUE(turned.nodes.front().shape == fully_connected(4, 64, 10));
  EXPECT_NE(error_of(with_input({1, 64}).weight("w", {10, 64}).node("Gemm", {"x", "w"}, {"y"})).find("multiplied"),
            std::string::npos);
}

TEST(OnnxMatMul, by_weights_is_a_fully_connected_layer_over_positions) {
  const Network network = with_input({2, 128, 768}).weight("w", {768, 3072}).node("MatMul", {"x", "w"}, {"y"}).read(2);
  EXPECT_EQ(network.nodes.front().output_dims, (Integers{2, 128, 3072}));
  EXPECT_TRUE(network.nodes.front().shape == fully_connected(2, 768, 3072, 128));
  const Network flat = with_input({5, 768}).weight("w", {768, 10}).node("MatMul", {"x", "w"}, {"y"}).read(5);
  EXPECT_TRUE(flat.nodes.front().shape == fully_connected(5, 768, 10));
  const Network first = with_input({768, 49}).weight("w", {10, 768}).node("MatMul", {"w", "x"}, {"y"}).read(768);
  EXPECT_TRUE(first.nodes.front().shape == fully_connected(1, 768, 10, 49));
}

TEST(OnnxMatMul, of_activations_is_one_product_per_batch_and_head) {
  const Network network =
      with_input({2, 12, 128, 64}).input("z", {2, 12, 64, 100}).node("MatMul", {"x", "z"}, {"y"}).read(2);
  EXPECT_EQ(network.nodes.front().output_dims, (Integers{2, 12, 128, 100}));
  EXPECT_TRUE(network.nodes.front().shape == matmul(24, 128, 64, 100));
  EXPECT_EQ(network.weights(), 0);
}

TEST(OnnxMatMul, broadcasts_the_second_operand_over_the_batch) {
  const Network network =
      with_input({2, 12, 128, 64}).input("z", {12, 64, 100}).node("MatMul", {"x", "z"}, {"y"}).read(2);
  LayerShape expected = matmul(12, 128, 64, 100);
  expected.N = 2;
  EXPECT_TRUE(network.nodes.front().shape == expected);
  EXPECT_EQ(network.macs(), 24LL * 128 * 64 * 100);
  const Network grouped =
      with_input({2, 12, 128, 64}).weight("z", {12, 64, 100}).node("MatMul", {"x", "z"}, {"y"}).read(2);
  expected.weight_is_activation = false;
  EXPECT_TRUE(grouped.nodes.front().shape == expected);
  EXPECT_EQ(grouped.weights(), 12 * 64 * 100);
}

TEST(OnnxMatMul, takes_vectors_as_rows_and_columns) {
  EXPECT_EQ(output_of(with_input({1, 3, 64}).weight("w", {64}).node("MatMul", {"x", "w"}, {"y"})), (Integers{1, 3}));
  EXPECT_EQ(output_of(with_input({64}).weight("w", {5, 64, 7}).node("MatMul", {"x", "w"}, {"y"})), (Integers{5, 7}));
  EXPECT_NE(error_of(with_input({1, 63}).weight("w", {64, 2}).node("MatMul", {"x", "w"}, {"y"})).find("multiplied"),
            std::string::npos);
}

TEST(OnnxPool, covers_its_input) {
  const auto pooled = [](std::int64_t size, std::int64_t kernel, std::int64_t stride, const Integers& pads,
                         std::int64_t ceil_mode) {
    return output_of(with_input({1, 8, size, size})
                         .node("MaxPool", {"x"}, {"y"})
                         .with("kernel_shape", Integers{kernel, kernel})
                         .with("strides", Integers{stride, stride})
                         .with("pads", pads)
                         .with("ceil_mode", ceil_mode))[2];
  };
  EXPECT_EQ(pooled(112, 3, 2, {1, 1, 1, 1}, 0), 56);
  EXPECT_EQ(pooled(112, 3, 2, {0, 0, 0, 0}, 0), 55);
  EXPECT_EQ(pooled(112, 3, 2, {0, 0, 0, 0}, 1), 56);
  EXPECT_EQ(pooled(111, 3, 2, {0, 0, 0, 0}, 1), 55);
  // A further window would start in the padding at the end.
  EXPECT_EQ(pooled(3, 2, 2, {1, 1, 1, 1}, 1), 2);
  EXPECT_EQ(output_of(with_input({1, 8, 9, 9})
                          .node("AveragePool", {"x"}, {"y"})
                          .with("kernel_shape", Integers{3, 3})
                          .with("strides", Integers{2, 2})
                          .with_text("auto_pad", "SAME_UPPER")),
            (Integers{1, 8, 5, 5}));
  for (const char* name : {"GlobalAveragePool", "GlobalMaxPool"}) {
    EXPECT_EQ(output_of(with_input({1, 8, 7, 9}).node(name, {"x"}, {"y"})), (Integers{1, 8, 1, 1}));
  }
  EXPECT_NE(error_of(with_input({1, 8, 9, 9}).node("MaxPool", {"x"}, {"y"})).find("kernel_shape"), std::string::npos);
}

TEST(OnnxReshape, fills_the_open_size) {
  const auto reshaped = [](const Integers& target, std::int64_t allow_zero = 0) {
    return with_input({2, 3, 4}, 14)
        .integers("s", target)
        .node("Reshape", {"x", "s"}, {"y"})
        .with("allowzero", allow_zero);
  };
  EXPECT_EQ(reshaped({-1, 6}).read(2).nodes.back().output_dims, (Integers{4, 6}));
  EXPECT_EQ(reshaped({0, -1}).read(2).nodes.back().output_dims, (Integers{2, 12}));
  EXPECT_EQ(reshaped({24}).read(2).nodes.back().output_dims, (Integers{24}));
  EXPECT_NE(error_of(reshaped({5, -1})).find("2x3x4 cannot be reshaped to 5x-1"), std::string::npos);
  EXPECT_NE(error_of(reshaped({7})).find("cannot be reshaped to 7"), std::string::npos);
  EXPECT_NE(error_of(reshaped({-1, -1})).find("more open than one"), std::string::npos);
  EXPECT_NE(error_of(reshaped({0, 12}, 1)).find("cannot be reshaped"), std::string::npos);
  EXPECT_NE(error_of(reshaped({2, 3, 4, 0})).find("no such axis"), std::string::npos);
}

TEST(OnnxFlatten, splits_the_axes_in_two) {
  const auto flat = [](std::int64_t axis) {
    return output_of(with_input({1, 3, 4, 5}).node("Flatten", {"x"}, {"y"}).with("axis", axis));
  };
  EXPECT_EQ(flat(1), (Integers{1, 60}));
  EXPECT_EQ(flat(0), (Integers{1, 60}));
  EXPECT_EQ(flat(3), (Integers{12, 5}));
  EXPECT_EQ(flat(4), (Integers{60, 1}));
  EXPECT_EQ(flat(-1), (Integers{12, 5}));
}

TEST(OnnxSqueeze, takes_axes_from_attributes_and_inputs) {
  const TestModel old = with_input({1, 3, 1}, 11).node("Squeeze", {"x"}, {"y"}).with("axes", Integers{-1});
  EXPECT_EQ(output_of(old), (Integers{1, 3}));
  EXPECT_EQ(output_of(with_input({1, 3, 1}).integers("a", {0}).node("Squeeze", {"x", "a"}, {"y"})), (Integers{3, 1}));
  EXPECT_EQ(output_of(with_input({1, 3, 1}).node("Squeeze", {"x"}, {"y"})), (Integers{3}));
  EXPECT_NE(error_of(with_input({1, 3}).integers("a", {1}).node("Squeeze", {"x", "a"}, {"y"})).find("is not 1"),
            std::string::npos);
  const TestModel added = with_input({1, 3}, 11).node("Unsqueeze", {"x"}, {"y"}).with("axes", Integers{-1, 0});
  EXPECT_EQ(output_of(added), (Integers{1, 1, 3, 1}));
  EXPECT_EQ(output_of(with_input({1, 3}).integers("a", {1}).node("Unsqueeze", {"x", "a"}, {"y"})), (Integers{1, 1, 3}));
  EXPECT_NE(error_of(with_input({1, 3}, 11).node("Unsqueeze", {"x"}, {"y"}).with("axes", Integers{0, 0})).find("twice"),
            std::string::npos);
}

TEST(OnnxTranspose, reorders_the_axes) {
  EXPECT_EQ(output_of(with_input({1, 3, 4}).node("Transpose", {"x"}, {"y"}).with("perm", Integers{0, 2, 1})),
            (Integers{1, 4, 3}));
  EXPECT_EQ(output_of(with_input({1, 3, 4}).node("Transpose", {"x"}, {"y"})), (Integers{4, 3, 1}));
  EXPECT_NE(error_of(with_input({1, 3, 4}).node("Transpose", {"x"}, {"y"}).with("perm", Integers{0, 1, 1})),
            "no error");
  EXPECT_NE(error_of(with_input({1, 3, 4}).node("Transpose", {"x"}, {"y"}).with("perm", Integers{0, 1, 9})),
            "no error");
}

TEST(OnnxDepthToSpace, moves_blocks) {
  EXPECT_EQ(output_of(with_input({1, 8, 3, 4}).node("DepthToSpace", {"x"}, {"y"}).with("blocksize", 2)),
            (Integers{1, 2, 6, 8}));
  EXPECT_EQ(output_of(with_input({1, 2, 6, 8}).node("SpaceToDepth", {"x"}, {"y"}).with("blocksize", 2)),
            (Integers{1, 8, 3, 4}));
  EXPECT_NE(error_of(with_input({1, 6, 3, 4}).node("DepthToSpace", {"x"}, {"y"}).with("blocksize", 2)), "no error");
}

TEST(OnnxConcat, adds_along_its_axis) {
  const auto joined = [](const Integers& other, std::int64_t axis) {
    return with_input({1, 3, 4}).input("z", other).node("Concat", {"x", "z"}, {"y"}).with("axis", axis);
  };
  EXPECT_EQ(output_of(joined({1, 5, 4}, 1)), (Integers{1, 8, 4}));
  EXPECT_EQ(output_of(joined({1, 3, 2}, -1)), (Integers{1, 3, 6}));
  EXPECT_NE(error_of(joined({1, 5, 5}, 1)).find("do not fit together"), std::string::npos);
  EXPECT_NE(error_of(joined({1, 3, 4}, 3)).find("axis 3 does not exist"), std::string::npos);
}

TEST(OnnxSplit, hands_parts_to_its_outputs) {
  const auto parts = [](TestModel model) {
    model.node("Relu", {"a"}, {"ra"}).node("Relu", {"b"}, {"rb"});
    const Network network = model.read();
    EXPECT_EQ(network.nodes[0].output_dims, (Integers{1, 7}));
    return Integers{network.nodes[1].output_dims[1], network.nodes[2].output_dims[1]};
  };
  EXPECT_EQ(parts(with_input({1, 7}).node("Split", {"x"}, {"a", "b"}).with("axis", 1)), (Integers{4, 3}));
  EXPECT_EQ(
      parts(with_input({1, 7}, 11).node("Split", {"x"}, {"a", "b"}).with("axis", 1).with("split", Integers{2, 5})),
      (Integers{2, 5}));
  EXPECT_EQ(parts(with_input({1, 7}).integers("s", {6, 1}).node("Split", {"x", "s"}, {"a", "b"}).with("axis", 1)),
            (Integers{6, 1}));
  const TestModel wrong =
      with_input({1, 7}, 11).node("Split", {"x"}, {"a", "b"}).with("axis", 1).with("split", Integers{2, 6});
  EXPECT_NE(error_of(wrong).find("do not make up 7"), std::string::npos);
}

TEST(OnnxSlice, takes_ranges) {
  const auto sliced = [](std::int64_t start, std::int64_t end, std::int64_t step) {
    return output_of(with_input({1, 10})
                         .integers("start", {start})
                         .integers("end", {end})
                         .integers("axis", {1})
                         .integers("step", {step})
                         .node("Slice", {"x", "start", "end", "axis", "step"}, {"y"}))[1];
  };
  EXPECT_EQ(sliced(2, 5, 1), 3);
  EXPECT_EQ(sliced(0, INT64_MAX, 3), 4);
  EXPECT_EQ(sliced(-3, INT64_MAX, 1), 3);
  EXPECT_EQ(sliced(-1, INT64_MIN, -1), 10);
  EXPECT_EQ(sliced(8, 2, -4), 2);
  EXPECT_EQ(sliced(9, INT64_MIN, INT64_MIN), 1);
  EXPECT_THROW(sliced(5, 2, 1), InputError);
  EXPECT_THROW(sliced(0, 5, 0), InputError);
  const TestModel old = with_input({1, 10, 8}, 9)
                            .node("Slice", {"x"}, {"y"})
                            .with("starts", Integers{0, 2})
                            .with("ends", Integers{1, -3});
  EXPECT_EQ(output_of(old), (Integers{1, 5, 8}));
}

TEST(OnnxPad, widens_both_ends) {
  EXPECT_EQ(output_of(with_input({1, 3, 8}, 9).node("Pad", {"x"}, {"y"}).with("pads", Integers{0, 1, 2, 0, 1, 3})),
            (Integers{1, 5, 13}));
  EXPECT_EQ(output_of(with_input({1, 3, 8}).integers("p", {0, 0, -1, 0, 0, -2}).node("Pad", {"x", "p"}, {"y"})),
            (Integers{1, 3, 5}));
  EXPECT_NE(error_of(with_input({1, 3}).integers("p", {1, 1}).node("Pad", {"x", "p"}, {"y"})), "no error");
}

TEST(OnnxGather, replaces_an_axis_by_the_indices) {
  const TestModel embedding = with_input({1, 128}).weight("table", {30522, 768}).node("Gather", {"table", "x"}, {"y"});
  EXPECT_EQ(output_of(embedding), (Integers{1, 128, 768}));
  EXPECT_EQ(embedding.read().parameters(), 30522 * 768);
  EXPECT_EQ(output_of(with_input({1, 197, 768}).scalar("i", 0).node("Gather", {"x", "i"}, {"y"}).with("axis", 1)),
            (Integers{1, 768}));
  EXPECT_EQ(output_of(with_input({1, 9}).input("i", {1, 4}).node("GatherElements", {"x", "i"}, {"y"})),
            (Integers{1, 4}));
}

TEST(OnnxTopK, keeps_k) {
  EXPECT_EQ(output_of(with_input({1, 9}).integers("k", {5}).node("TopK", {"x", "k"}, {"y", "i"})), (Integers{1, 5}));
  EXPECT_NE(error_of(with_input({1, 9}).integers("k", {50}).node("TopK", {"x", "k"}, {"y", "i"})), "no error");
}

TEST(OnnxRepetition, expands_and_tiles) {
  EXPECT_EQ(output_of(with_input({1, 3, 1}).integers("s", {4, 1, 5}).node("Expand", {"x", "s"}, {"y"})),
            (Integers{4, 3, 5}));
  EXPECT_EQ(output_of(with_input({1, 3}).integers("s", {2, 5}).node("Tile", {"x", "s"}, {"y"})), (Integers{2, 15}));
  EXPECT_NE(error_of(with_input({1, 3}).integers("s", {2}).node("Expand", {"x", "s"}, {"y"})), "no error");
}

TEST(OnnxResize, takes_scales_or_sizes) {
  EXPECT_EQ(output_of(with_input({1, 3, 5, 5}).floats("s", {1, 1, 2.5, 2}).node("Resize", {"x", "", "s"}, {"y"})),
            (Integers{1, 3, 12, 10}));
  EXPECT_EQ(output_of(with_input({1, 3, 5, 5})
                          .floats("roi", {})
                          .floats("none", {})
                          .integers("s", {1, 3, 7, 9})
                          .node("Resize", {"x", "roi", "none", "s"}, {"y"})),
            (Integers{1, 3, 7, 9}));
  EXPECT_EQ(output_of(with_input({1, 3, 5, 5}, 10).floats("s", {1, 1, 2, 2}).node("Resize", {"x", "s"}, {"y"})),
            (Integers{1, 3, 10, 10}));
  EXPECT_EQ(output_of(with_input({1, 3, 5, 5}, 7).node("Upsample", {"x"}, {"y"}).with_floats("scales", {1, 1, 3, 3})),
            (Integers{1, 3, 15, 15}));
  EXPECT_EQ(output_of(with_input({1, 3, 5, 5}, 9).floats("s", {1, 1, 2, 2}).node("Upsample", {"x", "s"}, {"y"})),
            (Integers{1, 3, 10, 10}));
  EXPECT_NE(error_of(with_input({1, 3}, 7).node("Upsample", {"x"}, {"y"}).with_floats("scales", {1, 1e30F})),
            "no error");
}

TEST(OnnxReduce, drops_or_keeps_its_axes) {
  for (const char* name : {"ReduceMean", "ReduceMax", "ReduceL2", "ReduceProd"}) {
    EXPECT_EQ(output_of(with_input({1, 3, 4}).node(name, {"x"}, {"y"}).with("axes", Integers{-1}).with("keepdims", 0)),
              (Integers{1, 3}))
        << name;
    EXPECT_EQ(output_of(with_input({1, 3, 4}).node(name, {"x"}, {"y"})), (Integers{1, 1, 1})) << name;
  }
  EXPECT_EQ(output_of(with_input({1, 3, 4}).integers("a", {1}).node("ReduceSum", {"x", "a"}, {"y"})),
            (Integers{1, 1, 4}));
  EXPECT_EQ(output_of(with_input({1, 3, 4}).node("ReduceSum", {"x"}, {"y"}).with("noop_with_empty_axes", 1)),
            (Integers{1, 3, 4}));
  EXPECT_EQ(output_of(with_input({1, 3, 4}).node("ArgMax", {"x"}, {"y"}).with("axis", 1).with("keepdims", 0)),
            (Integers{1, 4}));
}

}  // namespace
}  // namespace ohmloop
