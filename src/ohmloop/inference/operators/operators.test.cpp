#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/inference/operators/test_call.hpp"

/// What the operator test vectors of ONNX (tests/conformance) leave open.
namespace ohmloop {
namespace {

using Floats = std::vector<float>;
using Longs = std::vector<std::int64_t>;

TEST(Operators, GeluIsXTimesTheNormalDistribution) {
  const TensorData x = tensor<float>({3}, {-1, 0, 2});
  const Floats exact = values_of<float>(run({"Gelu", {x}})[0]);
  const Floats approximate = values_of<float>(run({"Gelu", {x}, {text("approximate", "tanh")}})[0]);
  // Phi(-1) = 0.158655254, Phi(2) = 0.977249868.
  EXPECT_FLOAT_EQ(exact[0], -0.158655254F);
  EXPECT_EQ(exact[1], 0.0F);
  EXPECT_FLOAT_EQ(exact[2], 2 * 0.977249868F);
  // Hendrycks and Gimpel, arXiv 1606.08415: 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
  EXPECT_NEAR(approximate[0], -0.158808, 1e-6);
}

TEST(Operators, WholeNumbersDivideTowardsZero) {
  const TensorData a = tensor<std::int32_t>({4}, {7, -7, 7, std::numeric_limits<std::int32_t>::min()});
  const TensorData b = tensor<std::int32_t>({4}, {2, 2, -2, -1});
  EXPECT_EQ(values_of<std::int32_t>(run({"Div", {a, b}})[0]),
            (std::vector<std::int32_t>{3, -3, -3, std::numeric_limits<std::int32_t>::min()}));
  EXPECT_THROW(run({"Div", {a, tensor<std::int32_t>({1}, {0})}}), OperatorError);
}

TEST(Operators, WholeNumbersWrapAround) {
  const TensorData most = tensor<std::int8_t>({1}, {127});
  EXPECT_EQ(values_of<std::int8_t>(run({"Add", {most, tensor<std::int8_t>({1}, {1})}})[0]).front(), -128);
  const TensorData large = tensor<std::int64_t>({1}, {std::numeric_limits<std::int64_t>::max()});
  EXPECT_EQ(values_of<std::int64_t>(run({"Mul", {large, large}})[0]).front(), 1);
}

TEST(Operators, NanWinsEveryMaximum) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  const TensorData a = tensor<float>({2}, {nan, 1});
  const TensorData b = tensor<float>({2}, {1, nan});
  for (const char* operation : {"Max", "Min"}) {
    for (const float value : values_of<float>(run({operation, {a, b}})[0])) EXPECT_TRUE(std::isnan(value));
  }
  EXPECT_TRUE(std::isnan(values_of<float>(run({"Relu", {a}})[0])[0]));
  EXPECT_TRUE(std::isnan(values_of<float>(run({"ReduceMax", {a}})[0])[0]));
  EXPECT_EQ(values_of<std::int64_t>(run({"ArgMax", {tensor<float>({3}, {1, nan, 2})}})[0])[0], 1);
}

TEST(Operators, CastsStopAtTheEndsOfTheRange) {
  const TensorData x = tensor<float>({4}, {-1.7F, 300, 1e20F, std::numeric_limits<float>::quiet_NaN()});
  EXPECT_EQ(values_of<std::uint8_t>(run({"Cast", {x}, {integer("to", 2)}})[0]),
            (std::vector<std::uint8_t>{0, 255, 255, 0}));
  EXPECT_EQ(values_of<std::int64_t>(run({"Cast", {x}, {integer("to", 7)}})[0])[2],
            std::numeric_limits<std::int64_t>::max());
  const TensorData texts = TensorData::of_strings({2}, {" 9007199254740993", "-1e2"});
  EXPECT_EQ(values_of<std::int64_t>(run({"Cast", {texts}, {integer("to", 7)}})[0]), (Longs{9007199254740993, -100}));
  EXPECT_THROW(run({"Cast", {TensorData::of_strings({1}, {"1x"})}, {integer("to", 1)}}), OperatorError);
}

TEST(Operators, NegativePadsCutOff) {
  const TensorData x = tensor<float>({4}, {1, 2, 3, 4});
  EXPECT_EQ(values_of<float>(run({"Pad", {x, list({-1, 1})}})[0]), (Floats{2, 3, 4, 0}));
  EXPECT_EQ(values_of<float>(run({"Pad", {x, list({-2, -2})}})[0]), Floats{});
}

TEST(Operators, ReflectionsRepeat) {
  const TensorData x = tensor<float>({3}, {1, 2, 3});
  EXPECT_EQ(values_of<float>(run({"Pad", {x, list({3, 6})}, {text("mode", "reflect")}})[0]),
            (Floats{2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1}));
  EXPECT_EQ(values_of<float>(run({"Pad", {tensor<float>({1}, {5}), list({2, 1})}, {text("mode", "reflect")}})[0]),
            (Floats{5, 5, 5, 5}));
}

TEST(Operators, SlicesTakeNumbersBeyondTheEnds) {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const TensorData x = tensor<float>({4}, {1, 2, 3, 4});
  const auto slice = [&](std::int64_t start, std::int64_t end, std::int64_t step) {
    return values_of<float>(run({"Slice", {x, list({start}), list({end}), list({0}), list({step})}})[0]);
  };
  EXPECT_EQ(slice(most, least, -1), (Floats{4, 3, 2, 1}));
  EXPECT_EQ(slice(least, most, 1), (Floats{1, 2, 3, 4}));
  EXPECT_EQ(slice(0, most, most), (Floats{1}));
  EXPECT_EQ(slice(3, least, least), (Floats{4}));
  EXPECT_EQ(slice(-1, -3, -1), (Floats{4, 3}));
  EXPECT_EQ(slice(2, 1, 1), Floats{});
}

TEST(Operators, MaxPoolCountsIndicesInEitherOrder) {
  const TensorData x = tensor<float>({1, 1, 2, 3}, {1, 2, 9, 3, 4, 5});
  const std::vector<NodeAttribute> window = {integers("kernel_shape", {2, 3})};
  EXPECT_EQ(values_of<std::int64_t>(run({"MaxPool", {x}, window, 2})[1]), Longs{2});
  std::vector<NodeAttribute> by_columns = window;
  by_columns.push_back(integer("storage_order", 1));
  EXPECT_EQ(values_of<std::int64_t>(run({"MaxPool", {x}, by_columns, 2})[1]), Longs{4});
}

TEST(Operators, AveragesLeaveOutWhatRoundingUpAdds) {
  // Windows of 2 at 0 and 2 of three numbers: the second one reaches beyond.
  const TensorData x = tensor<float>({1, 1, 3}, {2, 4, 6});
  for (const std::int64_t with_padding : {0, 1}) {
    const std::vector<NodeAttribute> attributes = {integers("kernel_shape", {2}), integers("strides", {2}),
                                                   integer("ceil_mode", 1), integer("count_include_pad", with_padding)};
    EXPECT_EQ(values_of<float>(run({"AveragePool", {x}, attributes})[0]), (Floats{3, 6}));
  }
}

TEST(Operators, SumsAreTakenInDoublePrecision) {
  Floats ones(1 << 12, 1.0F);
  ones.front() = 0x1p26F;
  const auto size = static_cast<std::int64_t>(ones.size());
  EXPECT_EQ(values_of<float>(run({"ReduceSum", {tensor<float>({size}, ones)}})[0])[0], 0x1p26F + (1 << 12));
  EXPECT_EQ(values_of<float>(run(
                {"MatMul", {tensor<float>({1, size}, ones), tensor<float>({size, 1}, Floats(ones.size(), 1))}})[0])[0],
            0x1p26F + (1 << 12));
}

TEST(Operators, ReductionsOfNothingGiveTheirNeutralElement) {
  const TensorData none(ElementType::float32, {0, 2});
  const auto reduce = [&](const char* operation) {
    return values_of<float>(run({operation, {none}, {integers("axes", {0})}, 1, 12})[0]);
  };
  constexpr float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(reduce("ReduceSum"), (Floats{0, 0}));
  EXPECT_EQ(reduce("ReduceProd"), (Floats{1, 1}));
  EXPECT_EQ(reduce("ReduceMax"), (Floats{-infinity, -infinity}));
  EXPECT_EQ(reduce("ReduceLogSumExp"), (Floats{-infinity, -infinity}));
}

TEST(Operators, DequantisesChannelsAlongTheAxis) {
  const TensorData x = tensor<std::int8_t>({2, 2}, {1, 2, 3, 4});
  const TensorData scale = tensor<float>({2}, {1, 10});
  const TensorData zero = tensor<std::int8_t>({2}, {0, 1});
  EXPECT_EQ(values_of<float>(run({"DequantizeLinear", {x, scale, zero}, {integer("axis", 1)}})[0]),
            (Floats{1, 10, 3, 30}));
  EXPECT_EQ(values_of<float>(run({"DequantizeLinear", {x, scale, zero}, {integer("axis", 0)}})[0]),
            (Floats{1, 2, 20, 30}));
}

TEST(Operators, QuantisesHalvesToTheEvenNumberAndStopsAtTheEnds) {
  const TensorData x = tensor<float>({5}, {0.5F, 1.5F, -2.5F, 200, -200});
  EXPECT_EQ(
      values_of<std::int8_t>(run({"QuantizeLinear", {x, tensor<float>({}, {1}), tensor<std::int8_t>({}, {0})}})[0]),
      (std::vector<std::int8_t>{0, 2, -2, 127, -128}));
}

TEST(Operators, BatchesOfMatricesAreRepeated) {
  const TensorData a = tensor<float>({2, 1, 1, 2}, {1, 2, 3, 4});
  const TensorData b = tensor<float>({3, 2, 1}, {1, 0, 0, 1, 1, 1});
  const TensorData y = run({"MatMul", {a, b}})[0];
  EXPECT_EQ(y.dims(), (Dims{2, 3, 1, 1}));
  EXPECT_EQ(values_of<float>(y), (Floats{1, 2, 3, 3, 4, 7}));
}

}  // namespace
}  // namespace ohmloop
