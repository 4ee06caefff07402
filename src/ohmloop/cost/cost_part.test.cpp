#include "ohmloop/cost/cost_part.hpp"

#include <map>

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {
namespace {

std::map<std::string, std::string> parts_of(const std::string& preset) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(open_architecture(preset), {}, diagnostics);
  std::map<std::string, std::string> parts;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (!node.class_name.empty()) parts[node.name] = to_string(cost_part(architecture, NodeId(i)));
  }
  return parts;
}

TEST(CostPart, OfAPresetWithArrays) {
  EXPECT_EQ(parts_of("pim"), (std::map<std::string, std::string>{{"dram", "off_chip"},
                                                                 {"global_buffer", "buffers"},
                                                                 {"vector_unit", "digital"},
                                                                 {"wires", "movement"},
                                                                 {"tile_shift_add", "digital"},
                                                                 {"output_register", "buffers"},
                                                                 {"input_register", "buffers"},
                                                                 {"shift_add", "digital"},
                                                                 {"adc", "adc"},
                                                                 {"sample_and_hold", "adc"},
                                                                 {"dac", "dac"},
                                                                 {"array", "array"},
                                                                 {"array.multiply", "array"}}));
}

TEST(CostPart, OfADigitalPreset) {
  const auto parts = parts_of("eyeriss");
  EXPECT_EQ(parts.at("mac"), "digital");
  EXPECT_EQ(parts.at("dram"), "off_chip");
}

Node converter(const std::string& class_name, ByRole<bool> passes, bool reduces = false) {
  Node node;
  node.class_name = class_name;
  node.body = Converter{.passes = passes, .reduces = reduces};
  return node;
}

/// Two converters of a class of the user's own around a fan-out, above an array.
TEST(CostPart, OfAnUnknownClassGoesByWhereItStands) {
  constexpr ByRole<bool> inputs = {true, false, false};
  constexpr ByRole<bool> outputs = {false, false, true};
  Architecture chip;
  chip.nodes = {converter("mine", outputs),
                Node{},
                converter("mine", outputs),
                converter("mine", inputs),
                converter("mine", {true, false, true}),
                converter("mine", outputs, true),
                Node{},
                Node{},
                Node{},
                Node{}};
  for (const std::size_t fanout : {1U, 6U, 7U}) chip.nodes[fanout].body = Fanout{};
  chip.nodes[8].body = Memory{};
  chip.nodes[9].body = Compute{};
  chip.array = ArraySlicing{.cells = NodeId(8)};
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < chip.nodes.size(); ++i) parts.emplace_back(to_string(cost_part(chip, NodeId(i))));
  EXPECT_EQ(parts, (std::vector<std::string>{"movement", "movement", "adc", "dac", "movement", "digital", "array",
                                             "array", "array", "array"}));
}

TEST(CostPart, EveryBuiltInClassThatValuesPassHasItsPart) {
  for (const ComponentClass& one : component_classes()) {
    if (one.passing_action.empty() || one.name == "ideal" || one.name == "unit") continue;
    // Where the class says nothing, a converter that inputs and outputs pass is movement and one that adds is digital.
    Architecture chip;
    chip.nodes = {converter(one.name, {true, false, true}), converter(one.name, {true, false, true}, true)};
    EXPECT_EQ(cost_part(chip, NodeId(0)), cost_part(chip, NodeId(1))) << one.name << " is not in the table";
  }
}

}  // namespace
}  // namespace ohmloop
