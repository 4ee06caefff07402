#include "ohmloop/arch/overrides.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::body;
using arch_testing::complaints;
using arch_testing::digital;
using arch_testing::file;
using arch_testing::read;

TEST(Overrides, ArePathAndValue) {
  const Override change = parse_override("array.rows=a=b");
  EXPECT_EQ(change.path, "array.rows");
  EXPECT_EQ(change.value, "a=b");
}

TEST(Overrides, WithoutAnEqualsSignOrAPathAreRefused) {
  EXPECT_THROW(parse_override("rows"), InputError);
  EXPECT_THROW(parse_override("=3"), InputError);
  EXPECT_THROW(parse_override(""), InputError);
  try {
    parse_override("rows 256");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(render(error.diagnostics()),
              "error: expected NODE.KEY=VALUE or VARIABLE=VALUE after --set, found 'rows 256'\n"
              " --> --set:1:1\n"
              "  |\n"
              "1 | rows 256\n"
              "  | ^^^^^^^^ as in array.rows=256\n");
  }
}

TEST(Overrides, ReplaceVariablesKeysOfNodesAndKeysAtTheTop) {
  const Architecture isaac = read(
      find_preset("isaac"), {"columns=64", "array.rows=256", "clock=600 MHz", "edram.size=tiles * 1 KiB", "name=mine"});
  EXPECT_EQ(isaac.array->columns, 64);
  EXPECT_EQ(isaac.array->rows, 256);
  EXPECT_EQ(isaac.clock_hertz, 6e8);
  EXPECT_EQ(body<Memory>(isaac, "edram").size_bits, 168 * 8192);
  EXPECT_EQ(isaac.name, "mine");
}

TEST(Overrides, LaterOnesWin) { EXPECT_EQ(read(find_preset("isaac"), {"rows=64", "rows=32"}).array->rows, 32); }

TEST(Overrides, ReachNestedKeysAndMakeMissingOnes) {
  const Architecture chip = read(file(digital("- !Memory {name: glb, class: sram}\n")),
                                 {"glb.loops.factors.M=<= 4", "glb.keep=[input, output]", "glb.bandwidth=8 bit/cycle"});
  const auto& glb = body<Memory>(chip, "glb");
  ASSERT_EQ(glb.loops.factors.size(), 1U);
  EXPECT_EQ(glb.loops.factors[0].rank, "M");
  EXPECT_EQ(glb.loops.factors[0].relation, Relation::at_most);
  EXPECT_EQ(glb.loops.factors[0].bound, 4);
  EXPECT_EQ(glb.placement[role_index(Role::output)], Placement::keep);
  EXPECT_DOUBLE_EQ(glb.write_bandwidth_bits_per_cycle.value(), 8);
}

TEST(Overrides, ReachOperandsOfAnArrayAndWidthsAtTheTop) {
  EXPECT_EQ(read(find_preset("isaac"), {"array.weight.bits=8"}).bits.weight, 8);
  EXPECT_EQ(read(find_preset("eyeriss"), {"bits.weight=8"}).bits.weight, 8);
}

TEST(Overrides, AWrongValuePointsAtTheCommandLine) {
  EXPECT_EQ(complaints(find_preset("isaac"), {"edram.size=64 pJ"}),
            "error: expected a size with a unit, as in 64 KiB or 16 bit, for 'size' of memory 'edram', found 64 pJ\n"
            " --> --set:1:12\n"
            "  |\n"
            "1 | edram.size=64 pJ\n"
            "  |            ^^^^^\n");
}

TEST(Overrides, AMisspeltNodeIsAnsweredWithTheNearest) {
  EXPECT_EQ(
      complaints(find_preset("eyeriss"), {"shared_gbl.size=1 KiB"}),
      "error: no node has the name 'shared_gbl'\n"
      " --> --set:1:1\n"
      "  |\n"
      "1 | shared_gbl.size=1 KiB\n"
      "  | ^^^^^^^^^^ did you mean 'shared_glb'?\n"
      "  = nodes: dram, shared_glb, filter_prefetch, pe_column, pe_row, ifmap_spad, filter_spad, psum_spad, mac\n");
}

TEST(Overrides, AWrongNodeIsAnsweredWithTheOneThatHasTheKey) {
  EXPECT_EQ(complaints(find_preset("pim"), {"crosbar.rows=4"}).substr(0, 175),
            "error: no node has the name 'crosbar'\n"
            " --> --set:1:1\n"
            "  |\n"
            "1 | crosbar.rows=4\n"
            "  | ^^^^^^^ did you mean 'array'? it has the key 'rows'\n"
            "  = nodes: dram, global_buffer, vector_unit");
}

TEST(Overrides, AMisspeltVariableIsAnsweredWithTheNearest) {
  EXPECT_EQ(complaints(find_preset("eyeriss"), {"colums=3"}),
            "error: no variable and no key has the name 'colums'\n"
            " --> --set:1:1\n"
            "  |\n"
            "1 | colums=3\n"
            "  | ^^^^^^ did you mean 'columns'?\n"
            "  = variables: columns, rows, word\n");
}

TEST(Overrides, AMisspeltKeyIsAnsweredWithTheNearest) {
  EXPECT_EQ(complaints(find_preset("eyeriss"), {"pe_row.fanot=3"}),
            "error: node 'pe_row' has no key 'fanot'\n"
            " --> --set:1:8\n"
            "  |\n"
            "1 | pe_row.fanot=3\n"
            "  |        ^^^^^ did you mean 'fanout'?\n"
            "  = keys: name, class, fanout, shares, separate, loops\n");
}

TEST(Overrides, PathsThatLeadNowhereAreRefused) {
  for (const char* path :
       {"array=3", "array.rows.x=3", "array.=3", ".rows=3", "array.loops.rows.rank=K", "variables.nothing=3",
        "architecture=3", "components=3", "a.b.c.d.e=1", "array.rows=", "array.rows=[", "array.rows=: :"}) {
    EXPECT_NE(complaints(find_preset("isaac"), {path}).find("error: "), std::string::npos) << path;
  }
}

TEST(Overrides, ANodeNamedAloneIsToldHow) {
  EXPECT_NE(complaints(find_preset("isaac"), {"array=3"}).find("a node: name the key too, as in array.KEY=VALUE"),
            std::string::npos);
}

}  // namespace
}  // namespace ohmloop
