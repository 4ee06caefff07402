#include "ohmloop/arch/read_architecture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::body;
using arch_testing::complaints;
using arch_testing::digital;
using arch_testing::file;
using arch_testing::read;

Architecture read_digital(const std::string& nodes, const std::string& top = "") {
  return read(file(digital(nodes, top)));
}

bool says(const std::string& text, const std::string& expected) { return text.find(expected) != std::string::npos; }

TEST(ReadArchitecture, TheSmallestChipIsAMemoryAndACompute) {
  const Architecture chip = read_digital("");
  ASSERT_EQ(chip.nodes.size(), 2U);
  EXPECT_EQ(chip.name, "chip");
  EXPECT_EQ(chip.bits.output, 16);
  EXPECT_EQ(chip.clock_hertz, 1e9);
  EXPECT_FALSE(chip.technology_nm.has_value());
  EXPECT_FALSE(chip.array.has_value());
  const auto memory = body<Memory>(chip, "dram");
  EXPECT_FALSE(memory.size_bits.has_value());
  EXPECT_EQ(memory.placement, (ByRole<Placement>{Placement::free, Placement::free, Placement::free}));
}

TEST(ReadArchitecture, AMemorysKeysAreRead) {
  const Architecture chip = read_digital(
      "- !Memory {name: glb, class: sram, size: 1.5 KiB, width: 64, read_bandwidth: 8 B/cycle, write_bandwidth: 2 "
      "GB/s, "
      "keep: [input, output], bypass: weight, cycle: 4 ns, loops: {ranks: [M, C], factors: {M: 4, C: <= 8}, order: [C, "
      "M]}}\n");
  const auto glb = body<Memory>(chip, "glb");
  EXPECT_EQ(glb.size_bits, 1536 * 8);
  EXPECT_EQ(glb.width_bits, 64);
  EXPECT_DOUBLE_EQ(glb.read_bandwidth_bits_per_cycle.value(), 64);
  EXPECT_DOUBLE_EQ(glb.write_bandwidth_bits_per_cycle.value(), 16);
  EXPECT_EQ(glb.placement, (ByRole<Placement>{Placement::keep, Placement::bypass, Placement::keep}));
  EXPECT_DOUBLE_EQ(chip.nodes[1].step_seconds.value(), 4e-9);
  EXPECT_EQ(glb.loops.ranks, (std::vector<std::string>{"M", "C"}));
  ASSERT_EQ(glb.loops.factors.size(), 2U);
  EXPECT_EQ(glb.loops.factors[0].relation, Relation::equal);
  EXPECT_EQ(glb.loops.factors[0].bound, 4);
  EXPECT_EQ(glb.loops.factors[1].relation, Relation::at_most);
  EXPECT_EQ(glb.loops.factors[1].bound, 8);
  EXPECT_EQ(glb.loops.order, (std::vector<std::string>{"C", "M"}));
}

TEST(ReadArchitecture, SizesStandAmongTheAttributesToo) {
  const Architecture chip = read_digital("- !Memory {name: glb, class: sram, size: 1 KiB, width: 64, banks: 2}\n");
  const auto& attributes = chip.nodes[1].attributes;
  EXPECT_EQ(attributes.at("size").value, Value(Quantity{8192, dimension::bits}));
  EXPECT_TRUE(attributes.at("size").used);
  EXPECT_EQ(attributes.at("banks").value, Value(Quantity{2, dimension::none}));
  EXPECT_FALSE(attributes.at("banks").used);
  EXPECT_EQ(to_string(attributes.at("banks").where), "chip.yaml:6:67");
}

TEST(ReadArchitecture, TechnologyIsInheritedUnlessGiven) {
  const Architecture chip = read_digital(
      "- !Memory {name: glb, class: sram, size: 1 KiB, width: 64, technology: 45 nm}\n", "technology: 65 nm\n");
  EXPECT_DOUBLE_EQ(chip.technology_nm.value(), 65);
  EXPECT_EQ(to_string(chip.nodes[0].attributes.at("technology").value), "65 nm");
  EXPECT_TRUE(chip.nodes[0].attributes.at("technology").used);
  EXPECT_EQ(to_string(chip.nodes[1].attributes.at("technology").value), "45 nm");
  EXPECT_FALSE(chip.nodes[1].attributes.at("technology").used);
}

TEST(ReadArchitecture, ContainersShareAllUnlessToldOtherwise) {
  const Architecture chip = read_digital(
      "- !Container {name: a, fanout: 4}\n- !Container {name: b, fanout: 2, shares: [input]}\n"
      "- !Container {name: c, fanout: 3, separate: [output]}\n");
  EXPECT_EQ(body<Fanout>(chip, "a").shares, (ByRole<bool>{true, true, true}));
  EXPECT_EQ(body<Fanout>(chip, "b").shares, (ByRole<bool>{true, false, false}));
  EXPECT_EQ(body<Fanout>(chip, "c").shares, (ByRole<bool>{true, true, false}));
  EXPECT_EQ(chip.instances(chip.compute()), 24);
  EXPECT_EQ(chip.instances(*chip.find("b")), 4);
  EXPECT_EQ(chip.node(*chip.find("a")).class_name, "");
  EXPECT_TRUE(chip.node(*chip.find("a")).attributes.empty());
}

TEST(ReadArchitecture, ConvertersReduceByClassOrByWord) {
  const Architecture chip = read_digital(
      "- !Converter {name: a, class: shift_add, passes: output}\n"
      "- !Converter {name: b, class: bus, passes: [input, output], shared_by: 3}\n"
      "- !Converter {name: c, class: bus, passes: output, reduces: true}\n"
      "- !Converter {name: d, class: adder_tree, passes: output, reduces: false}\n");
  EXPECT_TRUE(body<Converter>(chip, "a").reduces);
  EXPECT_FALSE(body<Converter>(chip, "b").reduces);
  EXPECT_EQ(body<Converter>(chip, "b").passes, (ByRole<bool>{true, false, true}));
  EXPECT_EQ(body<Converter>(chip, "b").shared_by, 3);
  EXPECT_TRUE(body<Converter>(chip, "c").reduces);
  EXPECT_FALSE(body<Converter>(chip, "d").reduces);
}

TEST(ReadArchitecture, ExpressionsSeeVariablesAndTheNodesOwnKeys) {
  const Architecture chip =
      read_digital("- !Memory {name: glb, class: sram, depth: depth, width: 2 * word, size: depth * width}\n",
                   "variables: {word: 16 bit, depth: rows * 4, rows: 8}\n");
  const auto glb = body<Memory>(chip, "glb");
  EXPECT_EQ(glb.width_bits, 32);
  EXPECT_EQ(glb.size_bits, 32 * 32);
  EXPECT_EQ(chip.variables.at("depth"), Value(Quantity{32, dimension::none}));
}

TEST(ReadArchitecture, ClockAndTechnologyMayBeUsedInExpressions) {
  const Architecture chip = read_digital("- !Memory {name: glb, class: sram, cycle: 3 / clock}\n");
  EXPECT_DOUBLE_EQ(chip.nodes[1].step_seconds.value(), 3e-9);
}

TEST(ReadArchitecture, KeysThatDependOnOneAnotherAreACycle) {
  EXPECT_EQ(complaints(file(digital("- !Memory {name: glb, class: sram, size: 2 * depth, depth: 3 * size}\n"))),
            "error: key 'depth' depends on itself: depth -> size -> depth\n"
            " --> chip.yaml:6:46\n"
            "  |\n"
            "6 | - !Memory {name: glb, class: sram, size: 2 * depth, depth: 3 * size}\n"
            "  |                                              ^^^^^\n"
            "\n"
            "error: key 'size' has no value\n"
            " --> chip.yaml:6:64\n"
            "  |\n"
            "6 | - !Memory {name: glb, class: sram, size: 2 * depth, depth: 3 * size}\n"
            "  |                                                                ^^^^\n");
}

TEST(ReadArchitecture, ManyKeysThatDoubleOneAnotherAreReadInTime) {
  std::string keys;
  for (int i = 0; i < 100; ++i) keys += fmt::format(", a{}: a{} + a{}", i, i + 1, i + 1);
  const Architecture chip = read_digital("- !Memory {name: glb, class: sram, a100: 1" + keys + "}\n");
  EXPECT_EQ(chip.nodes[1].attributes.size(), 101U);
}

TEST(ReadArchitecture, UnknownTagsKeysAndRolesAreAllToldWithSuggestions) {
  const std::string found =
      complaints(file(digital("- !Contaner {name: pe, fanout: 4}\n- !Memory {name: glb, class: sram, keep: [inptu]}\n"
                              "- !Container {name: row, fanout: 4, fanot: 3, loops: {oder: [M]}}\n")));
  EXPECT_EQ(found,
            "error: unknown tag '!Contaner'\n"
            " --> chip.yaml:6:3\n"
            "  |\n"
            "6 | - !Contaner {name: pe, fanout: 4}\n"
            "  |   ^^^^^^^^^ did you mean '!Container'?\n"
            "  = tags: !Memory, !Container, !Converter, !Array, !Compute, !Component\n"
            "\n"
            "error: unknown role 'inptu' in 'keep' of memory 'glb'\n"
            " --> chip.yaml:7:43\n"
            "  |\n"
            "7 | - !Memory {name: glb, class: sram, keep: [inptu]}\n"
            "  |                                           ^^^^^ did you mean 'input'?\n"
            "  = roles: input, weight, output\n"
            "\n"
            "error: unknown key 'oder' in the loops of container 'row'\n"
            " --> chip.yaml:8:55\n"
            "  |\n"
            "8 | - !Container {name: row, fanout: 4, fanot: 3, loops: {oder: [M]}}\n"
            "  |                                                       ^^^^ did you mean 'order'?\n"
            "  = known keys: factors, order, ranks\n"
            "\n"
            "error: unknown key 'fanot' in container 'row'\n"
            " --> chip.yaml:8:37\n"
            "  |\n"
            "8 | - !Container {name: row, fanout: 4, fanot: 3, loops: {oder: [M]}}\n"
            "  |                                     ^^^^^ did you mean 'fanout'?\n"
            "  = known keys: name, class, fanout, shares, separate, loops\n");
}

TEST(ReadArchitecture, TwoNodesOfOneNameAreRefused) {
  EXPECT_EQ(complaints(file(digital("- !Memory {name: dram, class: sram}\n"))),
            "error: two nodes have the name 'dram'\n"
            " --> chip.yaml:6:18\n"
            "  |\n"
            "6 | - !Memory {name: dram, class: sram}\n"
            "  |                  ^^^^\n"
            "  = the first is at chip.yaml:5:18\n");
}

TEST(ReadArchitecture, TheComputeComesLast) {
  EXPECT_EQ(complaints(file(digital("- !Compute {name: early, class: int_mac}\n"))),
            "error: 'mac' stands below the compute\n"
            " --> chip.yaml:7:19\n"
            "  |\n"
            "7 | - !Compute {name: mac, class: int_mac}\n"
            "  |                   ^^^ 'early' is the innermost node\n"
            "  = a file ends with one !Compute or one !Array\n");
  const std::string none =
      "ohmloop: 1\nclock: 1 GHz\nbits: {input: 8, weight: 8, output: 8}\narchitecture:\n"
      "- !Memory {name: dram, class: dram}\n";
  EXPECT_EQ(complaints(file(none)),
            "error: nothing computes: the last node must be a !Compute or an !Array\n"
            " --> chip.yaml:5:18\n"
            "  |\n"
            "5 | - !Memory {name: dram, class: dram}\n"
            "  |                  ^^^^\n");
}

TEST(ReadArchitecture, EveryTensorNeedsAMemory) {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\nbits: {input: 8, weight: 8, output: 8}\narchitecture:\n"
      "- !Memory {name: dram, class: dram, bypass: [weight]}\n- !Compute {name: mac, class: int_mac}\n";
  EXPECT_EQ(complaints(file(text)),
            "error: no memory can hold the weight\n"
            " --> chip.yaml:5:18\n"
            "  |\n"
            "5 | - !Memory {name: dram, class: dram, bypass: [weight]}\n"
            "  |                  ^^^^\n"
            "  = add a !Memory above with keep: [weight], or take it off a bypass list\n");
}

TEST(ReadArchitecture, WrongUnitsSayWhatIsExpected) {
  EXPECT_EQ(
      complaints(file(digital("- !Memory {name: glb, class: sram, read_bandwidth: 64 bit}\n", "technology: 3 pJ\n"))),
      "error: 'technology' must be a length, as in 65 nm, not 3 pJ\n"
      " --> chip.yaml:4:13\n"
      "  |\n"
      "4 | technology: 3 pJ\n"
      "  |             ^^^^\n"
      "\n"
      "error: expected a bandwidth for 'read_bandwidth' of memory 'glb', found 64 bit\n"
      " --> chip.yaml:7:52\n"
      "  |\n"
      "7 | - !Memory {name: glb, class: sram, read_bandwidth: 64 bit}\n"
      "  |                                                    ^^^^^^ as in 64 bit/cycle or 25.6 GB/s\n");
}

TEST(ReadArchitecture, SizesBelowOneAreRefused) {
  for (const char* node :
       {"- !Memory {name: glb, class: sram, size: 0 bit}\n", "- !Memory {name: glb, class: sram, size: -4 KiB}\n",
        "- !Memory {name: glb, class: sram, width: 0}\n", "- !Container {name: pe, fanout: 0}\n",
        "- !Container {name: pe, fanout: -1}\n", "- !Container {name: pe, fanout: 1.5}\n",
        "- !Component {name: x, class: y, count: 0}\n", "- !Memory {name: glb, class: sram, cycle: 0 ns}\n",
        "- !Converter {name: x, class: y, passes: input, shared_by: 0}\n",
        "- !Converter {name: x, class: y, passes: input, rate: 0 Hz}\n",
        "- !Memory {name: glb, class: sram, bandwidth: 0 bit/cycle}\n"}) {
    EXPECT_TRUE(says(complaints(file(digital(node))), "error: ")) << node;
  }
}

TEST(ReadArchitecture, CopiesBeyond64BitsAreRefused) {
  std::string nodes;
  for (int i = 0; i < 8; ++i) nodes += fmt::format("- !Container {{name: c{}, fanout: 1000000000}}\n", i);
  EXPECT_TRUE(says(complaints(file(digital(nodes))), "the chip has more parts than 64 bits can count"));
}

TEST(ReadArchitecture, WhatContradictsItselfIsRefused) {
  const auto found = [](const std::string& node) { return complaints(file(digital(node))); };
  EXPECT_TRUE(says(found("- !Memory {name: a, class: b, keep: input, bypass: [input]}\n"),
                   "cannot both keep and bypass 'input'"));
  EXPECT_TRUE(says(found("- !Memory {name: a, class: b, keep: [input, input]}\n"), "stands twice"));
  EXPECT_TRUE(says(found("- !Memory {name: a, class: b, holds: windows}\n"), "only the rows of an !Array see windows"));
  EXPECT_TRUE(says(found("- !Memory {name: a, class: b, size: 8 bit, width: 16}\n"), "smaller than one access"));
  EXPECT_TRUE(says(found("- !Container {name: a, fanout: 2, shares: [input], separate: [output]}\n"),
                   "both 'shares' and 'separate'"));
  EXPECT_TRUE(
      says(found("- !Container {name: a, fanout: 2, loops: {factors: {M: 3}}}\n"), "need more than its 2 copies"));
  EXPECT_TRUE(says(found("- !Container {name: a, fanout: 2, loops: {ranks: [C], factors: {M: 2}}}\n"),
                   "which is not among their ranks"));
  EXPECT_TRUE(says(found("- !Converter {name: a, class: b, passes: input, reduces: true}\n"),
                   "adds partial sums, but no output passes it"));
  EXPECT_TRUE(says(found("- !Converter {name: a, class: b, passes: []}\n"), "nothing passes"));
}

TEST(ReadArchitecture, NodesMustBeMapsWithTags) {
  const auto found = [](const std::string& node) { return complaints(file(digital(node))); };
  EXPECT_TRUE(says(found("- {name: a}\n"), "a node needs a tag that says what it is"));
  EXPECT_TRUE(says(found("- !Memory\n"), "error: "));
  EXPECT_TRUE(says(found("- !Memory [1, 2]\n"), "expected a map for a memory, found a list"));
  EXPECT_TRUE(says(found("- 7\n"), "a node needs a tag"));
  EXPECT_TRUE(says(found("- !Memory {class: sram}\n"), "memory needs the key 'name'"));
  EXPECT_TRUE(says(found("- !Memory {name: 3x, class: sram}\n"), "'3x' cannot be the name of a node"));
  EXPECT_TRUE(says(found("- !Memory {name: x}\n"), "memory 'x' needs the key 'class'"));
  EXPECT_TRUE(says(found("- !Converter {name: x, class: y}\n"), "converter 'x' needs the key 'passes'"));
  EXPECT_TRUE(says(found("- !Container {name: x}\n"), "container 'x' needs the key 'fanout'"));
  EXPECT_TRUE(says(found("- !Memory {name: x, class: y, depth: [1]}\n"),
                   "unknown key 'depth' in memory 'x', with a list behind it"));
}

TEST(ReadArchitecture, AListBehindAMisspeltKeyIsAnsweredWithTheNearest) {
  EXPECT_EQ(
      complaints(file(digital("- !Memory {name: x, class: y, kep: [weight]}\n"))),
      "error: unknown key 'kep' in memory 'x', with a list behind it\n"
      " --> chip.yaml:6:31\n"
      "  |\n"
      "6 | - !Memory {name: x, class: y, kep: [weight]}\n"
      "  |                               ^^^ did you mean 'keep'?\n"
      "  = known keys: name, class, cycle, size, width, bandwidth, read_bandwidth, write_bandwidth, keep, bypass, "
      "holds, loops\n");
}

TEST(ReadArchitecture, TablesAreAWordOrAListWithPlaces) {
  EXPECT_TRUE(arch_testing::read(file(digital())).tables.empty());
  EXPECT_EQ(arch_testing::read(file(digital("", "tables: isaac\n"))).tables.at(0).first, "isaac");
  const Architecture two = arch_testing::read(file(digital("", "tables: [isaac, library]\n")));
  ASSERT_EQ(two.tables.size(), 2U);
  EXPECT_EQ(two.tables[1].first, "library");
  EXPECT_EQ(two.tables[1].second.line, 4U);
  EXPECT_EQ(arch_testing::read(find_preset("pim"), {"tables=isaac"}).tables.size(), 1U);
  EXPECT_TRUE(
      says(complaints(file(digital("", "tables: {a: b}\n"))), "expected a word or a list of words for 'tables'"));
}

TEST(ReadArchitecture, TheTopOfTheFileIsChecked) {
  EXPECT_TRUE(says(complaints(file("[1, 2]\n")), "expected an architecture: a map with the keys"));
  EXPECT_TRUE(says(complaints(file("# nothing\n")), "error: "));
  EXPECT_TRUE(says(complaints(file("ohmloop: 2\n")), "this program reads version 1"));
  const std::string missing = complaints(file("{}\n"));
  for (const char* key : {"ohmloop", "clock", "bits", "architecture"}) {
    EXPECT_TRUE(says(missing, fmt::format("needs the key '{}'", key))) << missing;
  }
  EXPECT_TRUE(says(complaints(file(digital("", "tecnology: 3 nm\n"))), "did you mean 'technology'?"));
  EXPECT_TRUE(
      says(complaints(file("ohmloop: 1\nclock: 1 GHz\nbits: {input: 1, weight: 1, output: 1}\narchitecture: {}\n")),
           "expected a list of nodes for 'architecture', found a map"));
  EXPECT_TRUE(says(complaints(file("ohmloop: 1\nclock: 0 GHz\n")), "must be more than 0"));
}

TEST(ReadArchitecture, AVariablesErrorIsToldOnce) {
  EXPECT_EQ(complaints(file(digital("", "variables: {b: a, a: 1 nm + 1 pJ}\n"))),
            "error: cannot add 1 nm and 1 pJ\n"
            " --> chip.yaml:4:27\n"
            "  |\n"
            "4 | variables: {b: a, a: 1 nm + 1 pJ}\n"
            "  |                           ^ the units do not fit together\n");
}

TEST(ReadArchitecture, CompoundComponentsAreCarriedAlong) {
  const Architecture chip = read_digital("", "components: [{name: smartbuffer}]\n");
  ASSERT_TRUE(chip.components.is_sequence());
  EXPECT_EQ(chip.components.items.front().find("name")->scalar, "smartbuffer");
}

TEST(ReadArchitecture, AConverterAboveEveryMemoryIsAWarning) {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\nbits: {input: 8, weight: 8, output: 8}\narchitecture:\n"
      "- !Converter {name: link, class: bus, passes: input}\n- !Memory {name: dram, class: dram}\n"
      "- !Compute {name: mac, class: int_mac}\n";
  EXPECT_EQ(complaints(file(text)),
            "warning: no input passes 'link'\n"
            " --> chip.yaml:5:21\n"
            "  |\n"
            "5 | - !Converter {name: link, class: bus, passes: input}\n"
            "  |                     ^^^^ it stands above every memory that could hold one\n");
}

}  // namespace
}  // namespace ohmloop
