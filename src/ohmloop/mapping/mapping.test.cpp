#include "ohmloop/mapping/mapping.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

constexpr RankId M(2), C(3), E(4), F(5), R(6);

/// dram, glb, 4 x pe, spad, mac.
class MappingTest : public testing::Test {
 protected:
  MappingTest() {
    const std::pair<const char*, NodeBody> nodes[] = {
        {"dram", Memory{}}, {"glb", Memory{}}, {"pe", Fanout{}}, {"spad", Memory{}}, {"mac", Compute{}}};
    for (const auto& [name, body] : nodes) {
      Node& node = arch.nodes.emplace_back();
      node.name = name;
      node.body = body;
    }
    fanout().count = 4;
    LayerShape shape;
    shape.M = 8;
    shape.C = 3;
    shape.E = shape.H = 6;
    shape.R = 3;
    shape.pad_top = 1;
    einsum = conv_einsum("layer", shape, {});
  }

  Fanout& fanout() { return std::get<Fanout>(arch.nodes[2].body); }
  Memory& memory(std::size_t node) { return std::get<Memory>(arch.nodes[node].body); }

  /// M across the PEs, everything else in time.
  [[nodiscard]] Mapping good() const {
    Mapping mapping;
    for (const Role role : all_roles) mapping.steps.emplace_back(Keep{NodeId(0), role});
    mapping.steps.emplace_back(Loop{M, 2, {}});
    mapping.steps.emplace_back(Keep{NodeId(1), Role::input});
    mapping.steps.emplace_back(Loop{E, 3, {}});
    mapping.steps.emplace_back(Loop{M, 4, NodeId(2)});
    mapping.steps.emplace_back(Keep{NodeId(3), Role::weight});
    mapping.steps.emplace_back(Loop{E, 2, {}});
    mapping.steps.emplace_back(Loop{C, 3, {}});
    mapping.steps.emplace_back(Loop{R, 3, {}});
    return mapping;
  }

  [[nodiscard]] std::vector<std::string> messages(const Mapping& mapping, const LegalityOptions& options = {}) const {
    std::vector<std::string> texts;
    for (const Violation& violation : check_mapping(einsum, arch, mapping, options)) texts.push_back(violation.message);
    return texts;
  }

  using Messages = std::vector<std::string>;
  Architecture arch;
  Einsum einsum;
};

TEST_F(MappingTest, AGoodMappingHasNoViolations) { EXPECT_EQ(messages(good()), Messages{}); }

TEST_F(MappingTest, UncoveredRanksAreNamed) {
  Mapping mapping = good();
  mapping.steps.pop_back();
  EXPECT_EQ(messages(mapping), Messages{"no loop runs over R, which has size 3"});
}

TEST_F(MappingTest, ImperfectFactorsAreLegalUnlessForbiddenAndNeverEmpty) {
  Mapping mapping = good();
  std::get<Loop>(mapping.steps[3]).bound = 3;
  std::get<Loop>(mapping.steps[6]).bound = 3;
  EXPECT_EQ(messages(mapping), Messages{});
  EXPECT_EQ(messages(mapping, {.allow_imperfect = false}),
            Messages{"the loops over M make 9 (3 x 3), which is not 8: factors must divide the size"});
  std::get<Loop>(mapping.steps[3]).bound = 4;
  EXPECT_EQ(messages(mapping).size(), 1U);
}

TEST_F(MappingTest, TooManyCopiesAreCounted) {
  fanout().count = 3;
  const auto violations = check_mapping(einsum, arch, good());
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].kind, Violation::Kind::fanout);
  EXPECT_EQ(violations[0].message, "'pe' needs 4 copies (M 4), has 3");
  EXPECT_EQ(violations[0].needed, 4);
  EXPECT_EQ(violations[0].available, 3);
}

TEST_F(MappingTest, TilesMustFit) {
  memory(3).size_bits = 9 * 16;
  EXPECT_EQ(messages(good()), Messages{});
  memory(3).size_bits = 9 * 16 - 1;
  const auto violations = check_mapping(einsum, arch, good());
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].kind, Violation::Kind::capacity);
  EXPECT_EQ(violations[0].node, NodeId(3));
  EXPECT_EQ(violations[0].message, "'spad' needs 144 bits (weight 9 x 16), has 143");
}

TEST_F(MappingTest, TheLargestTileIsNotTheOneAtThePadding) {
  Mapping mapping = good();
  mapping.steps.insert(mapping.steps.begin() + 6, Keep{NodeId(1), Role::output});
  mapping.steps[4] = Loop{E, 3, {}};
  mapping.steps[5] = Keep{NodeId(1), Role::input};
  // Rows of a tile of two outputs: 0..2, 1..4 and 3..5.
  EXPECT_EQ(tile_elements(einsum, arch, mapping, 5), 3 * 4);
}

TEST_F(MappingTest, PlacementIsObeyed) {
  memory(1).placement = {Placement::bypass, Placement::free, Placement::keep};
  EXPECT_EQ(messages(good()), (Messages{"'glb' keeps input, the architecture says it is bypassed there",
                                        "'glb' does not keep output, the architecture says it must"}));
}

TEST_F(MappingTest, TheOutermostMemoryKeepsEveryTensor) {
  Mapping mapping = good();
  mapping.steps.erase(mapping.steps.begin());
  EXPECT_EQ(messages(mapping).front(), "input is not kept by 'dram', the outermost memory that may keep it");
}

TEST_F(MappingTest, KeepsStandOnTheRightSideOfSpatialLoops) {
  Mapping mapping = good();
  std::swap(mapping.steps[6], mapping.steps[7]);
  EXPECT_EQ(messages(mapping), Messages{"the loop over M across 'pe' stands inside where 'spad' keeps weight, but the "
                                        "fan-out is above that memory"});
}

TEST_F(MappingTest, LoopConstraintsHoldForTheLoopsDirectlyBelow) {
  memory(1).loops.ranks = {"F", "C"};
  fanout().loops.factors = {{.rank = "M", .relation = Relation::at_most, .bound = 2, .where = {}}};
  memory(3).loops.order = {"R", "C"};
  EXPECT_EQ(messages(good()),
            (Messages{"'glb' has a loop over E of 3, allowed are loops over F, C",
                      "loops over M at 'pe' make 4, the architecture asks for at most 2",
                      "the loop over R at 'spad' stands inside the one over C, it must stand outside"}));
  EXPECT_EQ(messages(good(), {.check_constraints = false}), Messages{});
}

TEST_F(MappingTest, AFactorAboveTheRankMeansAllOfIt) {
  memory(3).loops.factors = {{.rank = "C", .relation = Relation::equal, .bound = 5, .where = {}},
                             {.rank = "Q", .relation = Relation::equal, .bound = 5, .where = {}}};
  EXPECT_EQ(messages(good()), Messages{});
}

TEST_F(MappingTest, TextShowsTilesAndLoops) {
  EXPECT_EQ(to_text(einsum, arch, good()),
            "dram keeps input (3x6 = 18)\n"
            "dram keeps weight (8x3x3 = 72)\n"
            "dram keeps output (8x6 = 48)\n"
            "for M in 0..1\n"
            "  glb keeps input (3x6 = 18)\n"
            "  for E in 0..2\n"
            "    for M in 0..3 across pe\n"
            "      spad keeps weight (3x3 = 9)\n"
            "      for E in 0..1\n"
            "        for C in 0..2\n"
            "          for R in 0..2\n"
            "            mac computes\n");
}

TEST_F(MappingTest, YamlNamesEveryStep) {
  Mapping mapping;
  mapping.steps = {Keep{NodeId(0), Role::input}, Loop{M, 8, NodeId(2)}, Loop{F, 1, {}}};
  EXPECT_EQ(to_yaml(einsum, arch, mapping),
            "mapping:\n"
            "- {keep: dram, tensor: input}\n"
            "- {for: M, bound: 8, across: pe}\n"
            "- {for: F, bound: 1}\n");
}

}  // namespace
}  // namespace ohmloop
