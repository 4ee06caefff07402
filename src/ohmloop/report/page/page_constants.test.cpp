#include "ohmloop/report/page/page_constants.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(PageConstants, HaveUnitSourceAndKind) {
  Architecture chip;
  chip.nodes.resize(2);
  chip.nodes[0].name = "buffer";
  chip.nodes[0].body = Memory{};
  chip.nodes[1].name = "mac";
  chip.nodes[1].body = Compute{};
  ReferenceTables tables;
  tables.nodes.resize(2);
  ActionEnergy read{"read", ActionUnit::access, 6.5, {"table sram.csv", "a paper, Table 2", "x 0.5 to 32 nm"}};
  ActionEnergy open{"write", ActionUnit::access, 0, {"table sram.csv", "a paper", ""}};
  open.known = false;
  tables.nodes[0].actions = {read, open};
  tables.nodes[0].area_um2 = 900;
  tables.nodes[0].area_provenance = {"model sram", "another paper", ""};
  tables.nodes[1].actions = {{"compute", ActionUnit::value, 0.2, {"table chip.csv", "its measurement", "", true}}};
  const std::vector<PageConstant> constants = page_constants(chip, tables);
  ASSERT_EQ(constants.size(), 3U);
  EXPECT_EQ(constants[0].name, "buffer: energy of read");
  EXPECT_EQ(constants[0].value, 6.5);
  EXPECT_EQ(constants[0].unit, "pJ/access");
  EXPECT_EQ(constants[0].source, "table sram.csv; a paper, Table 2; x 0.5 to 32 nm");
  EXPECT_EQ(constants[0].kind, PageConstant::Kind::published);
  EXPECT_EQ(constants[1].name, "buffer: area");
  EXPECT_EQ(constants[1].unit, "um2");
  EXPECT_EQ(constants[1].kind, PageConstant::Kind::predicted);
  EXPECT_EQ(constants[2].kind, PageConstant::Kind::fitted);
}

}  // namespace
}  // namespace ohmloop
