#include "ohmloop/workload/zoo/network_builder.hpp"

#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

using Dims = std::vector<std::int64_t>;

/// Windows one by one: with rounding up, one counts if it starts inside the input or the padding before it.
std::int64_t brute_force_pooled_size(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t pad,
                                     bool round_up) {
  std::int64_t windows = 0;
  for (std::int64_t start = -pad; start < size; start += stride) {
    const bool complete = start + kernel <= size + pad;
    const bool previous_reached_the_end = start > -pad && start - stride + kernel >= size + pad;
    if (complete || (round_up && !previous_reached_the_end)) ++windows;
  }
  return windows;
}

TEST(NetworkBuilder, CountsParametersOfAConvolutionWithAndWithoutBias) {
  NetworkBuilder net("net", {2, 16, 8, 8});
  const ConvOptions grouped = {.channels = 32, .kernel = {3, 1}, .stride = 2, .pad = {1, 0}, .groups = 4};
  ConvOptions with_bias = grouped;
  with_bias.bias = true;
  EXPECT_EQ(net.conv("plain", net.input(), grouped).dims, (Dims{2, 32, 4, 4}));
  net.conv("biased", net.input(), with_bias);
  const Network network = net.take();
  EXPECT_EQ(network.nodes[0].parameters, 32 * 4 * 3);
  EXPECT_EQ(network.nodes[1].parameters, 32 * 4 * 3 + 32);
}

TEST(NetworkBuilder, RemembersWhoReadsWhom) {
  NetworkBuilder net("net", {1, 4, 8, 8});
  const Feature a = net.relu("a", net.input());
  const Feature b = net.relu("b", a);
  net.add("sum", b, a);
  const Network network = net.take();
  EXPECT_TRUE(network.nodes[0].inputs.empty());
  EXPECT_EQ(network.nodes[1].inputs, (std::vector<std::size_t>{0}));
  EXPECT_EQ(network.nodes[2].inputs, (std::vector<std::size_t>{1, 0}));
}

TEST(NetworkBuilder, NumbersNamesThatRepeat) {
  NetworkBuilder net("net", {1, 4, 8, 8});
  for (int copy = 0; copy < 3; ++copy) net.relu("relu", net.input());
  const Network network = net.take();
  EXPECT_EQ(network.nodes[0].name, "relu");
  EXPECT_EQ(network.nodes[1].name, "relu_1");
  EXPECT_EQ(network.nodes[2].name, "relu_2");
}

TEST(NetworkBuilder, PoolsAsCountingTheWindowsOneByOne) {
  EXPECT_TRUE(rc::check("pooled size", [] {
    const auto kernel = *rc::gen::inRange<std::int64_t>(1, 6);
    const auto size = *rc::gen::inRange<std::int64_t>(kernel, 40);
    const auto stride = *rc::gen::inRange<std::int64_t>(1, kernel + 1);
    const auto pad = *rc::gen::inRange<std::int64_t>(0, kernel / 2 + 1);
    const auto round_up = *rc::gen::arbitrary<bool>();
    NetworkBuilder net("net", {1, 1, size, size});
    const Feature y =
        net.max_pool("pool", net.input(), {.kernel = kernel, .stride = stride, .pad = pad, .round_up = round_up});
    RC_ASSERT(y.dims[2] == brute_force_pooled_size(size, kernel, stride, pad, round_up));
  }));
}

TEST(NetworkBuilder, MultipliesActivationsInBatches) {
  NetworkBuilder net("net", {2, 12, 5, 8});
  const Feature transposed = net.rearrange("Transpose", "transpose", net.input(), {2, 12, 8, 5});
  EXPECT_EQ(net.matmul("scores", net.input(), transposed).dims, (Dims{2, 12, 5, 5}));
  EXPECT_EQ(net.take().nodes[1].shape, matmul(24, 5, 8, 5));
}

TEST(NetworkBuilder, CountsSharedWeightsOnce) {
  NetworkBuilder net("net", {1, 10});
  const Feature x = net.embedding("table", net.input(), 100, 16);
  net.linear("head", x, {.outputs = 100, .bias = false, .shares_weights = true});
  const Network network = net.take();
  EXPECT_EQ(network.parameters(), 1600);
  EXPECT_EQ(network.weights(), 1600);
  EXPECT_EQ(network.macs(), 10 * 1600);
}

TEST(NetworkBuilder, RefusesOperandsThatDoNotFit) {
  NetworkBuilder net("net", {1, 4, 8, 8});
  const Feature narrow = net.conv("narrow", net.input(), {.channels = 2});
  const Feature small = net.max_pool("small", net.input(), {});
  EXPECT_THROW(net.add("sum", narrow, net.input()), InternalError);
  EXPECT_THROW(net.concat("join", {small, net.input()}, 1), InternalError);
  EXPECT_THROW(net.matmul("product", small, net.input()), InternalError);
  EXPECT_THROW(net.linear("linear", net.input(), {.outputs = 3}), InternalError);
  EXPECT_EQ(net.concat("join", {narrow, net.input()}, 1).dims, (Dims{1, 6, 8, 8}));
}

TEST(NetworkBuilder, RefusesABatchBelowOne) {
  EXPECT_THROW(NetworkBuilder("net", {0, 4, 8, 8}), std::invalid_argument);
  EXPECT_THROW(NetworkBuilder("net", {-1, 4, 8, 8}), std::invalid_argument);
}

}  // namespace
}  // namespace ohmloop
