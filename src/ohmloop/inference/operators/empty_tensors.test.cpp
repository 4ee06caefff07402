#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/test_call.hpp"

/// A tensor without elements costs nothing, whatever sizes its other axes have: sums and products of those sizes leave
/// 64 bits, and loops over them never end.
namespace ohmloop {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

void run_or_refuse(const TestCall& test) {
  try {
    run(test);
  } catch (const OperatorError&) {
  } catch (const OverflowError&) {
  }
}

const std::vector<Dims> sizes = {{0, most},           {0, 1, most},           {1, 0, most},       {0, 1, most, most},
                                 {1, 1, 0, most},     {0, 1 << 30, 1 << 30},  {1 << 30, 0, 1, 2}, {most, 0},
                                 {most / 2, 1, 0, 1}, {0, most / 2, most / 2}};

/// Sizes that overflow already before an axis of none can't be made at all.
bool can_be(const Dims& dims) {
  try {
    element_count(dims);
    return true;
  } catch (const OverflowError&) {
    return false;
  }
}

std::vector<std::vector<NodeAttribute>> attribute_sets(std::size_t rank) {
  const std::size_t spatial = rank > 2 ? rank - 2 : 1;
  const NodeAttribute kernel = integers("kernel_shape", std::vector<std::int64_t>(spatial, 2));
  return {{},
          {kernel, integers("pads", std::vector<std::int64_t>(2 * spatial, 1))},
          {kernel, text("auto_pad", "SAME_UPPER"), integers("strides", std::vector<std::int64_t>(spatial, 3))},
          {integer("axis", 0), integer("to", 7), integer("size", 3), integer("blocksize", 2)},
          {integer("axis", 1), integers("axes", {1}), integers("pads", std::vector<std::int64_t>(2 * rank, 1))},
          {integers("starts", {1}), integers("ends", {most}), integers("axes", {1}), integer("keepdims", 0)}};
}

TEST(EmptyTensors, OperatorsEndAtOnceWhateverTheOtherSizes) {
  for (const OperatorEntry& entry : operator_table()) {
    for (const Dims& dims : sizes) {
      if (!can_be(dims)) continue;
      for (const ElementType type : {ElementType::float32, ElementType::int64, ElementType::boolean}) {
        const TensorData empty(type, dims);
        for (const auto& attributes : attribute_sets(dims.size())) {
          for (std::size_t inputs = 1; inputs <= 3; ++inputs) {
            for (const std::int64_t operator_set : {7, 13}) {
              SCOPED_TRACE(std::string(entry.operation) + " of " + to_string(dims));
              run_or_refuse(
                  {std::string(entry.operation), std::vector<TensorData>(inputs, empty), attributes, 1, operator_set});
            }
          }
        }
      }
    }
  }
}

TEST(EmptyTensors, WeightsMeetThem) {
  for (const Dims& dims : sizes) {
    if (!can_be(dims)) continue;
    const TensorData empty(ElementType::float32, dims);
    for (const std::size_t spatial : {1, 2}) {
      Dims filter(spatial + 2, 2);
      filter[1] = 1;
      const TensorData weights(ElementType::float32, filter);
      for (const auto& attributes : attribute_sets(dims.size())) {
        run_or_refuse({"Conv", {empty, weights}, attributes});
        run_or_refuse({"ConvTranspose", {empty, weights}, attributes});
      }
    }
    const std::vector<std::int64_t> ones(dims.size(), 1);
    const std::vector<std::int64_t> twos(dims.size(), 2);
    run_or_refuse({"Tile", {empty, list(twos)}});
    run_or_refuse({"Pad", {empty, list(std::vector<std::int64_t>(2 * dims.size(), 1))}});
    run_or_refuse({"Expand", {empty, list(ones)}});
    run_or_refuse({"Slice", {empty, list(ones), list(twos)}});
    run_or_refuse({"Gather", {empty, list({0})}, {integer("axis", 1)}});
    run_or_refuse({"Split", {empty, list({1, most - 1})}, {integer("axis", 1)}});
    run_or_refuse({"Reshape", {empty, list({0, -1})}});
    run_or_refuse({"Reshape", {empty, list({-1})}});
    run_or_refuse({"TopK", {empty, list({1})}, {integer("axis", 1)}});
    const TensorData nothing(ElementType::float32, {0});
    const TensorData scales =
        TensorData::of<float>({static_cast<std::int64_t>(dims.size())}, std::vector<float>(dims.size(), 2.0F));
    run_or_refuse({"Resize", {empty, nothing, scales}});
    run_or_refuse({"Resize", {empty, nothing, scales}, {text("mode", "linear")}});
    run_or_refuse({"Resize", {empty, nothing, nothing, list(twos)}});
    run_or_refuse({"Upsample", {empty, scales}, {}, 1, 9});
  }
}

}  // namespace
}  // namespace ohmloop
