#include "ohmloop/workload/digital_operators.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/workload/onnx/operators.hpp"
#include "ohmloop/workload/pooling_windows.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

DigitalWork work_of(const Network& network, const std::string& name) {
  const auto works = digital_work(network);
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (network.nodes[i].name == name) return works[i].value();
  }
  throw std::out_of_range(name);
}

TEST(DigitalOperators, AreSortedAndKnownToTheReader) {
  const auto all = digital_operators();
  EXPECT_TRUE(
      std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.operation < b.operation; }));
  for (const DigitalOperator& one : all) {
    const OnnxOperator* known = find_onnx_operator(one.operation);
    ASSERT_NE(known, nullptr) << one.operation;
    EXPECT_EQ(known->kind, OperatorKind::kept) << one.operation;
    EXPECT_EQ(find_digital_operator(one.operation), &one);
  }
  EXPECT_EQ(find_digital_operator("Flatten"), nullptr);
  EXPECT_EQ(find_digital_operator("Conv"), nullptr);
}

TEST(DigitalWork, OfASmallNetworkByHand) {
  NetworkBuilder net("small", {2, 3, 8, 8});
  Feature x = net.conv("conv", net.input(), {.channels = 4, .kernel = {3, 3}, .pad = {1, 1}});
  x = net.batch_norm("bn", x);
  const Feature skip = net.elementwise("Relu", "relu", x);
  x = net.max_pool("pool", skip, {.kernel = {3, 3}, .stride = {1, 1}, .pad = {1, 1}});
  x = net.add("add", x, skip);
  x = net.global_average_pool("mean", x);
  x = net.flatten("flat", x);
  net.elementwise("Softmax", "softmax", net.linear("fc", x, {.outputs = 10}));
  const Network network = net.take();
  constexpr std::int64_t map = 2 * 4 * 8 * 8;
  using Kind = DigitalKind;
  EXPECT_EQ(work_of(network, "bn"), (DigitalWork{Kind::normalisation, 0, 0, 0})) << "folded";
  EXPECT_EQ(work_of(network, "relu"), (DigitalWork{Kind::activation, map, 0, 0})) << "on the way";
  // 3 x 3 windows over 8 x 8: each axis has 8 x 3 - 2 elements that are no padding.
  EXPECT_EQ(work_of(network, "pool"), (DigitalWork{Kind::pooling, 2 * 4 * 22 * 22, map, map}));
  EXPECT_EQ(work_of(network, "add"), (DigitalWork{Kind::elementwise, map, 2 * map, map}));
  EXPECT_EQ(work_of(network, "mean"), (DigitalWork{Kind::pooling, map, map, 2 * 4}));
  EXPECT_EQ(work_of(network, "softmax"), (DigitalWork{Kind::normalisation, 5 * 20, 20, 20}));
  const auto works = digital_work(network);
  EXPECT_EQ(std::count_if(works.begin(), works.end(), [](const auto& work) { return work.has_value(); }), 6)
      << "neither layers nor Flatten";
}

TEST(DigitalWork, NormalisationThatCannotFoldTakesTwoOperations) {
  NetworkBuilder net("small", {1, 3, 4, 4});
  const Feature conv = net.conv("conv", net.input(), {.channels = 2, .kernel = {1, 1}});
  net.batch_norm("shared", conv);
  net.elementwise("Relu", "other reader", conv);
  net.batch_norm("of the input", net.input());
  const Network network = net.take();
  EXPECT_EQ(work_of(network, "shared"), (DigitalWork{DigitalKind::normalisation, 2 * 32, 0, 0}));
  EXPECT_EQ(work_of(network, "of the input"), (DigitalWork{DigitalKind::normalisation, 2 * 48, 0, 0}));
}

TEST(DigitalWork, AConstantOperandIsMetOnTheWay) {
  NetworkBuilder net("small", {1, 6});
  const Feature x = net.add_table("bias", net.input(), 6);
  net.add("sum", x, x);
  const Network network = net.take();
  EXPECT_EQ(work_of(network, "bias"), (DigitalWork{DigitalKind::elementwise, 6, 0, 0}));
  EXPECT_EQ(work_of(network, "sum").elements_read, 12);
}

RC_GTEST_PROP(PoolingWindows, CountWhatEachWindowCovers, ()) {
  WindowAxis axis;
  axis.size = *rc::gen::inRange(1, 20);
  axis.kernel = *rc::gen::inRange(1, 6);
  axis.stride = *rc::gen::inRange(1, 5);
  axis.pad_low = *rc::gen::inRange(0, 5);
  axis.dilation = *rc::gen::inRange(1, 4);
  axis.output = *rc::gen::inRange(1, 20);
  std::int64_t covered = 0;
  for (std::int64_t window = 0; window < axis.output; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      const std::int64_t at = window * axis.stride - axis.pad_low + tap * axis.dilation;
      covered += at >= 0 && at < axis.size ? 1 : 0;
    }
  }
  RC_ASSERT(elements_in_windows(axis) == covered);
}

TEST(PoolingWindows, AreBounded) {
  const std::int64_t huge = std::int64_t{1} << 40;
  EXPECT_EQ(elements_in_windows({.size = huge, .output = 1, .kernel = huge, .stride = 1}), huge);
}

}  // namespace
}  // namespace ohmloop
