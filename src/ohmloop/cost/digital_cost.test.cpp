#include "ohmloop/cost/digital_cost.hpp"

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

ActionEnergy action(const std::string& name, ActionUnit unit, double energy_pj) {
  ActionEnergy result;
  result.action = name;
  result.unit = unit;
  result.energy_pj = energy_pj;
  return result;
}

/// dram / 2 x (buffer of 32 bits for activations / 3 units): six units, an operation every two cycles.
struct Chip {
  Architecture architecture;
  ReferenceTables tables;

  Chip() {
    architecture.clock_hertz = 1e9;
    architecture.bits = {8, 8, 16};
    add("dram", Memory{.placement = {Placement::keep, Placement::keep, Placement::keep}},
        {action("read", ActionUnit::access, 100), action("write", ActionUnit::access, 100)});
    add("half", Fanout{.count = 2}, {});
    Memory buffer{.placement = {Placement::keep, Placement::bypass, Placement::free}, .width_bits = 32};
    buffer.read_bandwidth_bits_per_cycle = 8;
    add("buffer", buffer, {action("read", ActionUnit::access, 5), action("write", ActionUnit::access, 7)});
    add("unit", Component{.count = 3, .serves = {DigitalKind::pooling}},
        {action("idle", ActionUnit::value, 9), action("compare", ActionUnit::value, 0.25)});
    architecture.nodes.back().step_seconds = 2e-9;
    add("mac", Compute{}, {action("compute", ActionUnit::value, 1)});
  }

  void add(const std::string& name, NodeBody body, std::vector<ActionEnergy> actions) {
    Node node;
    node.name = name;
    node.body = std::move(body);
    architecture.nodes.push_back(std::move(node));
    tables.nodes.emplace_back().actions = std::move(actions);
  }

  [[nodiscard]] DigitalCost cost(const DigitalWork& work) const {
    return digital_cost(work, architecture.digital_unit(work.kind).value(), architecture, tables);
  }
};

TEST(DigitalCost, IsOperationsAndTrafficOfTheInnermostMemoriesThatKeepThem) {
  const Chip chip;
  const DigitalCost cost = chip.cost({DigitalKind::pooling, 900, 64, 16});
  ASSERT_EQ(cost.items.size(), 3U);
  EXPECT_EQ(cost.items[0].action, "compare");
  EXPECT_DOUBLE_EQ(cost.items[0].energy_pj, 225);
  EXPECT_EQ(cost.items[1].node, chip.architecture.find("buffer"));
  EXPECT_EQ(cost.items[1].role, Role::input);
  EXPECT_DOUBLE_EQ(cost.items[1].energy_pj, 64 / 4 * 5);
  EXPECT_EQ(cost.items[2].node, chip.architecture.find("dram")) << "the buffer need not keep outputs, the DRAM does";
  EXPECT_DOUBLE_EQ(cost.items[2].energy_pj, 16 * 100);
  EXPECT_DOUBLE_EQ(cost.energy_pj, 225 + 80 + 1600);
  EXPECT_DOUBLE_EQ(cost.latency_cycles, 900 * 2 / 6.0);
}

TEST(DigitalCost, IsLimitedByTheMemorysBandwidth) {
  // 640 bytes at a byte per cycle from each of two buffers.
  EXPECT_DOUBLE_EQ(Chip().cost({DigitalKind::pooling, 6, 640, 0}).latency_cycles, 320);
}

TEST(DigitalCost, OfNothingIsNothing) {
  const DigitalCost cost = Chip().cost({DigitalKind::pooling, 0, 0, 0});
  EXPECT_TRUE(cost.items.empty());
  EXPECT_EQ(cost.latency_cycles, 0);
}

TEST(ServedAction, PrefersTheKindsOwn) {
  NodeReference reference;
  reference.actions = {action("add", ActionUnit::value, 1), action("compute", ActionUnit::value, 2),
                       action("pooling", ActionUnit::value, 3)};
  EXPECT_EQ(served_action(reference, DigitalKind::pooling)->energy_pj, 3);
  EXPECT_EQ(served_action(reference, DigitalKind::activation)->energy_pj, 2);
  reference.actions.resize(1);
  EXPECT_EQ(served_action(reference, DigitalKind::activation)->energy_pj, 1);
  reference.actions[0].action = "idle";
  EXPECT_EQ(served_action(reference, DigitalKind::activation), nullptr);
}

}  // namespace
}  // namespace ohmloop
