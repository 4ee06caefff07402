#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/test_call.hpp"

/// Attributes and sizes that no honest file has: an error, at once, and no memory worth mentioning.
namespace ohmloop {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

void expect_refused(const TestCall& test) {
  try {
    run(test);
    ADD_FAILURE() << test.operation << " accepts it";
  } catch (const OperatorError&) {
  } catch (const OverflowError&) {
  }
}

TensorData image() { return {ElementType::float32, {1, 1, 4, 4}}; }

std::vector<std::vector<NodeAttribute>> hostile_windows() {
  return {{integers("kernel_shape", {0, 3})},
          {integers("kernel_shape", {-3, 3})},
          {integers("kernel_shape", {most, most})},
          {integers("kernel_shape", {3})},
          {},
          {integers("kernel_shape", {5, 5})},
          {integers("kernel_shape", {2, 2}), integers("strides", {0, 1})},
          {integers("kernel_shape", {2, 2}), integers("strides", {-1, 1})},
          {integers("kernel_shape", {2, 2}), integers("dilations", {0, 1})},
          {integers("kernel_shape", {2, 2}), integers("dilations", {most, most})},
          {integers("kernel_shape", {2, 2}), integers("pads", {-1, 0, 0, 0})},
          {integers("kernel_shape", {2, 2}), integers("pads", {0, 0})},
          {integers("kernel_shape", {2, 2}), integers("pads", {most, most, most, most})},
          {integers("kernel_shape", {2, 2}), integers("pads", {1 << 30, 1 << 30, 1 << 30, 1 << 30})}};
}

TEST(HostileOperators, Windows) {
  for (const std::vector<NodeAttribute>& attributes : hostile_windows()) {
    expect_refused({"MaxPool", {image()}, attributes});
    expect_refused({"AveragePool", {image()}, attributes});
  }
  const TensorData weights(ElementType::float32, {1, 1, 2, 2});
  for (const std::vector<NodeAttribute>& attributes : hostile_windows()) {
    const bool is_empty = attributes.empty();
    if (!is_empty) expect_refused({"Conv", {image(), weights}, attributes});
    const bool cuts = attributes.size() > 1 && attributes[1].name == "pads" && attributes[1].integers[0] > 1;
    if (!is_empty && !cuts) expect_refused({"ConvTranspose", {image(), weights}, attributes});
  }
}

TEST(HostileOperators, WindowsInThePaddingAlone) {
  expect_refused({"MaxPool", {image()}, {integers("kernel_shape", {1, 1}), integers("pads", {2, 2, 2, 2})}});
}

TEST(HostileOperators, Convolutions) {
  const TensorData weights(ElementType::float32, {2, 1, 2, 2});
  expect_refused({"Conv", {image(), weights}, {integer("group", 0)}});
  expect_refused({"Conv", {image(), weights}, {integer("group", -1)}});
  expect_refused({"Conv", {image(), weights}, {integer("group", most)}});
  expect_refused({"Conv", {image(), TensorData(ElementType::float32, {2, 1, 0, 2})}});
  expect_refused({"Conv", {image(), TensorData(ElementType::float32, {0, 1, 2, 2})}});
  expect_refused({"Conv", {image(), TensorData(ElementType::float32, {2})}});
  expect_refused({"Conv", {image(), weights, TensorData(ElementType::float32, {3})}});
  expect_refused({"ConvTranspose", {image(), TensorData(ElementType::float32, {1, 1, 2, 2})}, {integer("group", 3)}});
  expect_refused({"ConvTranspose",
                  {image(), TensorData(ElementType::float32, {1, 1, 2, 2})},
                  {integers("output_shape", {most, most})}});
  expect_refused({"ConvTranspose",
                  {image(), TensorData(ElementType::float32, {1, 1, 2, 2})},
                  {integers("output_shape", {-1, 4})}});
  expect_refused({"ConvTranspose",
                  {image(), TensorData(ElementType::float32, {1, 1, 2, 2})},
                  {integers("strides", {1 << 30, 1 << 30})}});
}

TEST(HostileOperators, Axes) {
  const TensorData x(ElementType::float32, {2, 3});
  for (const std::int64_t axis : {std::int64_t{2}, std::int64_t{-3}, most, least}) {
    for (const char* operation : {"Concat", "Softmax", "LogSoftmax", "Hardmax", "ArgMax", "Split"}) {
      expect_refused({operation, {x}, {integer("axis", axis)}});
    }
    expect_refused({"Gather", {x, list({0})}, {integer("axis", axis)}});
    expect_refused({"GatherElements", {x, TensorData(ElementType::int64, {1, 1})}, {integer("axis", axis)}});
    expect_refused({"TopK", {x, list({1})}, {integer("axis", axis)}, 2});
    expect_refused({"ReduceMean", {x}, {integers("axes", {axis})}});
    expect_refused({"Squeeze", {x, list({axis})}});
    expect_refused({"LayerNormalization", {x, TensorData(ElementType::float32, {3})}, {integer("axis", axis)}});
    expect_refused({"Transpose", {x}, {integers("perm", {0, axis})}});
    expect_refused({"Slice", {x, list({0}), list({1}), list({axis})}});
  }
  for (const std::int64_t axis : {std::int64_t{4}, std::int64_t{-5}, most, least}) {
    expect_refused({"Flatten", {x}, {integer("axis", axis)}});
    expect_refused({"Unsqueeze", {x, list({0, axis})}});
  }
  expect_refused({"Transpose", {x}, {integers("perm", {0, 0})}});
  expect_refused({"ReduceMean", {x}, {integers("axes", {0, -2})}});
}

TEST(HostileOperators, Sizes) {
  const TensorData one(ElementType::float32, {1});
  expect_refused({"Reshape", {one, list({most, most})}});
  expect_refused({"Reshape", {one, list({-1, -1})}});
  expect_refused({"Reshape", {one, list({-2})}});
  expect_refused({"Reshape", {TensorData(ElementType::float32, {0}), list({0, -1})}});
  expect_refused({"Expand", {one, list({1 << 30, 1 << 30})}});
  expect_refused({"Expand", {one, list({-1})}});
  expect_refused({"Tile", {one, list({most})}});
  expect_refused({"Tile", {one, list({-1})}});
  expect_refused({"ConstantOfShape", {list({1 << 20, 1 << 20})}});
  expect_refused({"ConstantOfShape", {list({-1})}});
  expect_refused({"Pad", {one, list({most, most})}});
  expect_refused({"Pad", {one, list({1 << 30, 1 << 30})}});
  expect_refused({"Pad", {one, list({-2, 0})}});
  expect_refused({"Pad", {TensorData(ElementType::float32, {0}), list({1, 1})}, {text("mode", "edge")}});
  expect_refused({"TopK", {one, list({2})}, {}, 2});
  expect_refused({"TopK", {one, list({-1})}, {}, 2});
  expect_refused({"Split", {one, list({most, most})}, {}, 2});
  expect_refused({"Slice", {one, list({0}), list({1}), list({0}), list({0})}});
  expect_refused({"Slice", {one, list({0, 0}), list({1})}});
  expect_refused({"Gather", {one, list({1})}});
  expect_refused({"Gather", {one, list({least})}});
  expect_refused({"DepthToSpace", {image()}, {integer("blocksize", most)}});
  expect_refused({"SpaceToDepth", {image()}, {integer("blocksize", 0)}});
  expect_refused({"LRN", {image()}, {integer("size", 0)}});
}

TEST(HostileOperators, Ranges) {
  const auto number = [](float value) { return tensor<float>({}, {value}); };
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  expect_refused({"Range", {number(0), number(1), number(0)}});
  expect_refused({"Range", {number(0), number(nan), number(1)}});
  expect_refused({"Range", {number(0), number(1e30F), number(1e-30F)}});
  expect_refused(
      {"Range", {tensor<std::int64_t>({}, {least}), tensor<std::int64_t>({}, {most}), tensor<std::int64_t>({}, {1})}});
}

TEST(HostileOperators, Resizing) {
  const auto scales = [](const std::vector<float>& values) { return tensor<float>({4}, values); };
  const TensorData nothing(ElementType::float32, {0});
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const float scale : {0.0F, -1.0F, infinity, std::numeric_limits<float>::quiet_NaN(), 1e9F, 1e30F}) {
    expect_refused({"Resize", {image(), nothing, scales({1, 1, scale, scale})}});
    expect_refused({"Resize", {image(), nothing, scales({1, 1, scale, scale})}, {text("mode", "cubic")}});
  }
  expect_refused({"Resize", {image(), nothing, nothing, list({1, 1, -1, 4})}});
  expect_refused({"Resize", {image(), nothing, nothing, list({1, 1, most, most})}});
  expect_refused({"Resize", {image(), nothing, nothing, list({1, 1})}});
  expect_refused({"Resize", {image(), nothing, nothing, nothing}});
  expect_refused({"Resize", {image(), nothing, scales({1, 1, 2, 2})}, {text("mode", "best")}});
}

TEST(HostileOperators, StepsAreLimited) {
  OperatorLimits limits;
  limits.steps = 1000;
  const TensorData a(ElementType::float32, {10, 10});
  TestCall product{"MatMul", {a, a}};
  EXPECT_NO_THROW(run({"MatMul", {TensorData(ElementType::float32, {9, 10}), a}}));
  product.limits = limits;
  expect_refused(product);
}

}  // namespace
}  // namespace ohmloop
