#include "ohmloop/report/figures/nest_tree.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/lower.hpp"
#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

TEST(NestTree, NamesWhatTheMappingHolds) {
  Diagnostics diagnostics;
  const Architecture chip = read_architecture(open_architecture("simple-ws"), {}, diagnostics);
  const Einsum einsum = lower({"fc", fully_connected(1, 4, 10)}, chip, {});
  Mapping mapping;
  for (const Role role : {Role::input, Role::weight, Role::output}) mapping.steps.emplace_back(Keep{NodeId(0), role});
  const NestTreeFigure tree = nest_tree(einsum, chip, mapping);
  ASSERT_EQ(tree.lines.size(), 3U);
  const KeepLine& kept = std::get<KeepLine>(tree.lines[1]);
  EXPECT_EQ(kept.level, chip.nodes[0].name);
  ASSERT_EQ(tree.tensors.size(), 3U);
  EXPECT_EQ(kept.tensor, tree.tensors[1].name) << "lines and colours go by the same names";
  EXPECT_EQ(std::get<Role>(tree.tensors[1].subject), Role::weight);
  EXPECT_EQ(tree.compute, chip.node(chip.compute()).name);
}

}  // namespace
}  // namespace ohmloop
