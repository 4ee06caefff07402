#include "ohmloop/analysis/counts.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "ohmloop/analysis/fuzzing/random_nest.hpp"
#include "ohmloop/analysis/oracle.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr RankId M(2), C(3), E(4), R(6);

Architecture architecture(std::initializer_list<std::pair<const char*, NodeBody>> nodes) {
  Architecture result;
  for (const auto& [name, body] : nodes) {
    Node& node = result.nodes.emplace_back();
    node.name = name;
    node.body = body;
  }
  return result;
}

Fanout fanout(std::int64_t count, ByRole<bool> shares = {true, true, true}) {
  Fanout result;
  result.count = count;
  result.shares = shares;
  return result;
}

Memory window_memory() {
  Memory memory;
  memory.holds_windows = true;
  return memory;
}

void keep_all(Mapping& mapping, NodeId node) {
  for (const Role role : all_roles) mapping.steps.emplace_back(Keep{node, role});
}

/// A 1-D convolution of `positions` outputs under a filter of three.
Einsum conv1d(std::int64_t positions, std::int64_t filters = 1, std::int64_t channels = 1) {
  LayerShape shape;
  shape.M = filters;
  shape.C = channels;
  shape.E = positions;
  shape.R = 3;
  shape.H = positions + 2;
  return conv_einsum("conv1d", shape, {});
}

/// Both ways of counting, which must agree.
Counts count(const Einsum& einsum, const Architecture& arch, const Mapping& mapping) {
  const auto violations = check_mapping(einsum, arch, mapping);
  EXPECT_TRUE(violations.empty()) << violations.front().message;
  const Counts counts = count_actions(einsum, arch, mapping);
  EXPECT_EQ(differences(arch, execute_nest(einsum, arch, mapping), counts), "");
  return counts;
}

const TensorActions& total(const Counts& counts, std::size_t node, Role role) {
  return counts.memories[node].total[role_index(role)];
}

TEST(CountActions, EqualTheExecutionOfRandomNests) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const RandomNest nest = random_nest(seed, 1000);
    ASSERT_TRUE(check_mapping(nest.einsum, nest.architecture, nest.mapping).empty()) << seed << "\n" << describe(nest);
    const Counts expected = execute_nest(nest.einsum, nest.architecture, nest.mapping);
    const Counts actual = count_actions(nest.einsum, nest.architecture, nest.mapping);
    ASSERT_EQ(differences(nest.architecture, expected, actual), "") << "seed " << seed << "\n" << describe(nest);
  }
}

// Timeloop's reference case 00: the numbers that it prints.
TEST(CountActions, OneMemoryServesEveryComputeAndReadsSumsBackAfterTheFirst) {
  const Einsum einsum = conv1d(16);
  const Architecture arch = architecture({{"buffer", Memory{}}, {"mac", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  mapping.steps.emplace_back(Loop{E, 16, {}});
  mapping.steps.emplace_back(Loop{R, 3, {}});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(counts.computes, 48);
  EXPECT_EQ(counts.steps, 48);
  EXPECT_EQ(total(counts, 0, Role::weight), (TensorActions{.reads = 48}));
  EXPECT_EQ(total(counts, 0, Role::input), (TensorActions{.reads = 48}));
  EXPECT_EQ(total(counts, 0, Role::output), (TensorActions{.reads = 32, .updates = 48}));
}

// Reference case 01, weight- and output-stationary. Timeloop does not count the buffer's drains.
TEST(CountActions, TwoMemoriesPassTheTensorOnce) {
  const Einsum einsum = conv1d(16);
  const Architecture arch = architecture({{"main", Memory{}}, {"buffer", Memory{}}, {"mac", Compute{}}});
  for (const bool weight_stationary : {true, false}) {
    Mapping mapping;
    keep_all(mapping, NodeId(0));
    mapping.steps.emplace_back(weight_stationary ? Loop{R, 3, {}} : Loop{E, 16, {}});
    keep_all(mapping, NodeId(1));
    mapping.steps.emplace_back(weight_stationary ? Loop{E, 16, {}} : Loop{R, 3, {}});
    const Counts counts = count(einsum, arch, mapping);
    EXPECT_EQ(total(counts, 0, Role::weight), (TensorActions{.reads = 3}));
    EXPECT_EQ(total(counts, 0, Role::input), (TensorActions{.reads = 18}));
    EXPECT_EQ(total(counts, 0, Role::output), (TensorActions{.updates = 16}));
    EXPECT_EQ(total(counts, 1, Role::weight), (TensorActions{.reads = 48, .fills = 3}));
    EXPECT_EQ(total(counts, 1, Role::input), (TensorActions{.reads = 48, .fills = 18}));
    EXPECT_EQ(total(counts, 1, Role::output), (TensorActions{.reads = 32, .updates = 48, .drains = 16}));
  }
}

// Reference case 02, tiled. Timeloop fetches the window again at each new filter: so do we, 16 x 18 inputs.
TEST(CountActions, AWindowSlidesAlongAndIsFetchedAgainForEveryFilter) {
  const Einsum einsum = conv1d(16, 32);
  const Architecture arch = architecture({{"main", Memory{}}, {"buffer", Memory{}}, {"mac", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  mapping.steps.emplace_back(Loop{M, 16, {}});
  mapping.steps.emplace_back(Loop{E, 16, {}});
  keep_all(mapping, NodeId(1));
  mapping.steps.emplace_back(Loop{M, 2, {}});
  mapping.steps.emplace_back(Loop{R, 3, {}});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(total(counts, 0, Role::input).reads, 288);
  EXPECT_EQ(total(counts, 0, Role::weight).reads, 96);
  EXPECT_EQ(total(counts, 0, Role::output), (TensorActions{.updates = 512}));
  EXPECT_EQ(total(counts, 1, Role::output), (TensorActions{.reads = 1024, .updates = 1536, .drains = 512}));
}

// Reference case 03 with bypass: weights and inputs go from the global buffer to compute.
TEST(CountActions, ABypassedMemoryCountsNothing) {
  const Einsum einsum = conv1d(16, 32);
  const Architecture arch =
      architecture({{"main", Memory{}}, {"global", Memory{}}, {"register", Memory{}}, {"mac", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  mapping.steps.emplace_back(Keep{NodeId(1), Role::weight});
  mapping.steps.emplace_back(Keep{NodeId(1), Role::input});
  mapping.steps.emplace_back(Loop{M, 16, {}});
  mapping.steps.emplace_back(Loop{E, 16, {}});
  mapping.steps.emplace_back(Keep{NodeId(2), Role::output});
  mapping.steps.emplace_back(Loop{M, 2, {}});
  mapping.steps.emplace_back(Loop{R, 3, {}});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(total(counts, 1, Role::weight), (TensorActions{.reads = 1536, .fills = 96}));
  EXPECT_EQ(total(counts, 1, Role::input), (TensorActions{.reads = 1536, .fills = 18}));
  EXPECT_EQ(total(counts, 1, Role::output), TensorActions{});
  EXPECT_EQ(total(counts, 2, Role::output), (TensorActions{.reads = 1024, .updates = 1536, .drains = 512}));
  EXPECT_FALSE(counts.memories[1].keeps[role_index(Role::output)]);
}

// Reference case 04: sixteen processing elements, channels (sums meet on the way up) or filters (inputs are shared).
// Timeloop fetches the whole window again when R returns to 0 (18432 and 1152 input reads); of 16 words 14 are still
// there.
TEST(CountActions, SpreadLoopsShareReadsAndMergeSums) {
  const Einsum einsum = conv1d(16, 32, 32);
  const Architecture arch = architecture(
      {{"main", Memory{}}, {"global", Memory{}}, {"pe", fanout(16)}, {"register", Memory{}}, {"mac", Compute{}}});
  const auto nest = [&](RankId spread, std::initializer_list<Loop> outer) {
    Mapping mapping;
    keep_all(mapping, NodeId(0));
    keep_all(mapping, NodeId(1));
    for (const Loop& loop : outer) mapping.steps.emplace_back(loop);
    mapping.steps.emplace_back(Loop{spread, 16, NodeId(2)});
    keep_all(mapping, NodeId(3));
    mapping.steps.emplace_back(Loop{E, 16, {}});
    return count(einsum, arch, mapping);
  };
  const Counts channels = nest(C, {{C, 2, {}}, {M, 32, {}}, {R, 3, {}}});
  EXPECT_EQ(total(channels, 1, Role::weight).reads, 3072);
  EXPECT_EQ(total(channels, 1, Role::input).reads, 32 * (18 + 31 * (2 + 2)));
  EXPECT_EQ(total(channels, 1, Role::output), (TensorActions{.reads = 512, .updates = 1024, .drains = 512}));
  const Counts filters = nest(M, {{C, 32, {}}, {M, 2, {}}, {R, 3, {}}});
  EXPECT_EQ(total(filters, 1, Role::input).reads, 32 * (18 + (2 + 2)));
  EXPECT_EQ(total(filters, 1, Role::output), (TensorActions{.reads = 15872, .updates = 16384, .drains = 512}));
  EXPECT_EQ(total(filters, 3, Role::output).fills, 16 * 992);
}

// The halo probe: a register of two outputs (four inputs) slides over sixteen. All of it enters once: 18 fills however
// the loop is cut (Timeloop's extrapolation gives 20 for 4 x 2), 72 when four filters walk over it in turn.
TEST(CountActions, HalosEnterOnceHoweverTheLoopIsCut) {
  const Architecture arch =
      architecture({{"main", Memory{}}, {"global", Memory{}}, {"register", Memory{}}, {"mac", Compute{}}});
  const auto fills = [&](std::int64_t filters, std::int64_t outer, std::int64_t inner) {
    const Einsum einsum = conv1d(16, filters);
    Mapping mapping;
    keep_all(mapping, NodeId(0));
    if (filters > 1) mapping.steps.emplace_back(Loop{M, filters, {}});
    if (outer > 1) mapping.steps.emplace_back(Loop{E, outer, {}});
    keep_all(mapping, NodeId(1));
    mapping.steps.emplace_back(Loop{E, inner, {}});
    keep_all(mapping, NodeId(2));
    mapping.steps.emplace_back(Loop{E, 2, {}});
    mapping.steps.emplace_back(Loop{R, 3, {}});
    return total(count(einsum, arch, mapping), 2, Role::input).fills;
  };
  EXPECT_EQ(fills(1, 2, 4), 18);
  EXPECT_EQ(fills(1, 4, 2), 18);
  EXPECT_EQ(fills(1, 1, 8), 18);
  EXPECT_EQ(fills(4, 1, 8), 72);
}

// The example of docs/counting.md.
TEST(CountActions, ConvertersSeeEveryColumnAndTheBufferAboveTheirSum) {
  LayerShape shape;
  shape.C = 2;
  shape.E = shape.H = 3;
  const Einsum einsum = array_einsum("example", shape, {.weight_slices = 2});
  const Architecture arch = architecture({{"buffer", Memory{}},
                                          {"shift_add", Converter{.passes = {false, false, true}, .reduces = true}},
                                          {"adc", Converter{.passes = {false, false, true}}},
                                          {"dac", Converter{.passes = {true, false, false}}},
                                          {"columns", fanout(2, {true, false, false})},
                                          {"rows", fanout(2, {false, false, true})},
                                          {"cells", window_memory()},
                                          {"multiply", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  mapping.steps.emplace_back(Loop{RankId(7), 2, NodeId(4)});
  mapping.steps.emplace_back(Loop{RankId(3), 2, NodeId(5)});
  mapping.steps.emplace_back(Keep{NodeId(6), Role::weight});
  mapping.steps.emplace_back(Loop{RankId(4), 3, {}});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(counts.computes, 12);
  EXPECT_EQ(counts.steps, 3);
  EXPECT_EQ(counts.converters[3].total[role_index(Role::input)], 6);
  EXPECT_EQ(counts.converters[2].total[role_index(Role::output)], 6);
  EXPECT_EQ(counts.converters[1].total[role_index(Role::output)], 6);
  EXPECT_EQ(total(counts, 0, Role::output), (TensorActions{.updates = 3}));
  EXPECT_EQ(total(counts, 0, Role::input), (TensorActions{.reads = 6}));
  EXPECT_EQ(total(counts, 6, Role::weight), (TensorActions{.reads = 12, .fills = 4}));
}

TEST(CountActions, PaddingIsConvertedButNeverRead) {
  LayerShape shape;
  shape.E = shape.H = 3;
  shape.R = 3;
  shape.pad_top = 1;
  const Einsum einsum = array_einsum("padded", shape, {});
  const Architecture arch = architecture({{"buffer", Memory{}},
                                          {"dac", Converter{.passes = {true, false, false}}},
                                          {"rows", fanout(3, {false, false, true})},
                                          {"multiply", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  mapping.steps.emplace_back(Loop{RankId(4), 3, {}});
  mapping.steps.emplace_back(Loop{RankId(3), 3, NodeId(2)});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(counts.converters[1].total[role_index(Role::input)], 9);
  EXPECT_EQ(total(counts, 0, Role::input).reads, 7);
}

TEST(CountActions, StridesLeaveGaps) {
  LayerShape shape;
  shape.E = 4;
  shape.H = 7;
  shape.stride_height = 2;
  const Einsum einsum = conv_einsum("strided", shape, {});
  const Architecture arch = architecture({{"main", Memory{}}, {"buffer", Memory{}}, {"mac", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  keep_all(mapping, NodeId(1));
  mapping.steps.emplace_back(Loop{E, 4, {}});
  const Counts counts = count(einsum, arch, mapping);
  EXPECT_EQ(total(counts, 0, Role::input).reads, 4);
  EXPECT_EQ(counts.memories[1].tile_elements[role_index(Role::input)], 4);
}

TEST(CountActions, LargeLanguageModelsFitIntoTheCounts) {
  // GPT-2's last layer over a batch of 64 full contexts, and ten thousand times that.
  for (const std::int64_t batch : {std::int64_t{64}, std::int64_t{640'000}}) {
    const Einsum einsum = conv_einsum("lm_head", fully_connected(batch, 768, 50257, 1024), {});
    Architecture architecture;
    for (const NodeBody& body : {NodeBody(Memory{}), NodeBody(Compute{})}) {
      Node& node = architecture.nodes.emplace_back();
      node.name = "node" + std::to_string(architecture.nodes.size());
      node.body = body;
    }
    Mapping mapping;
    for (const Role role : all_roles) mapping.steps.emplace_back(Keep{NodeId(0), role});
    for (std::size_t rank = 0; rank < einsum.ranks.size(); ++rank) {
      if (einsum.ranks[rank].size > 1) mapping.steps.emplace_back(Loop{RankId(rank), einsum.ranks[rank].size, {}});
    }
    const Counts counts = count_actions(einsum, architecture, mapping);
    EXPECT_EQ(counts.computes, batch * 768 * 50257 * 1024);
    EXPECT_EQ(counts.memories[0].total[role_index(Role::weight)].reads, counts.computes);
  }
}

TEST(CountActions, OverflowIsAnErrorAndNoNumber) {
  LayerShape shape;
  shape.M = shape.C = shape.E = shape.H = std::int64_t{1} << 21;
  const Einsum einsum = conv_einsum("huge", shape, {});
  const Architecture arch = architecture({{"main", Memory{}}, {"mac", Compute{}}});
  Mapping mapping;
  keep_all(mapping, NodeId(0));
  for (const RankId rank : {M, C, E}) mapping.steps.emplace_back(Loop{rank, std::int64_t{1} << 21, {}});
  EXPECT_THROW(count_actions(einsum, arch, mapping), OverflowError);
}

}  // namespace
}  // namespace ohmloop
