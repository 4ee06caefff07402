#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/node_reader.hpp"
#include "ohmloop/arch/read_loops.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t most_lines = 1'000'000;
constexpr std::int64_t widest_operand = 64;

using Words = std::vector<std::string>;

struct Operand {
  std::optional<std::int64_t> bits;
  std::optional<std::string> encoding;
};

/// {bits, encoding} of an operand; without encodings {bits} alone.
Operand read_operand(NodeReader& reader, const std::string& role, const Words& encodings) {
  const YamlNode* map = reader.keys().node(role);
  if (map == nullptr) return {};
  NodeScope scope(*map, reader.context().scope);
  MapReader keys(*map, fmt::format("the {} of {}", role, reader.keys().what()), scope, reader.diagnostics());
  Operand operand;
  if (keys.required_node("bits") != nullptr) operand.bits = keys.integer_in_bits("bits", 1, widest_operand);
  if (!encodings.empty()) {
    const YamlNode* encoding = keys.node("encoding");
    if (encoding != nullptr && encoding->scalar == "differential" && role == "weight") {
      reader.diagnostics().error(
          fmt::format("{} has differential weights, which cannot be evaluated yet", reader.keys().what()),
          encoding->span, "offset is the nearest that can");
    } else {
      operand.encoding = keys.choice("encoding", encodings);
    }
  }
  keys.finish();
  return operand;
}

/// Widths and encodings of the three operands, as the architecture keeps them.
void read_operands(NodeReader& reader, OperandBits& bits, ArraySlicing& array) {
  reader.keys().required_node("input");
  reader.keys().required_node("weight");
  const Operand input = read_operand(reader, "input", {"unsigned", "signed"});
  const Operand weight = read_operand(reader, "weight", {"offset", "twos_complement", "unsigned"});
  const Operand output = read_operand(reader, "output", {});
  bits.input = static_cast<int>(input.bits.value_or(1));
  bits.weight = static_cast<int>(weight.bits.value_or(widest_operand));
  bits.output = static_cast<int>(output.bits.value_or(bits.input));
  if (input.encoding == "signed") array.input_encoding = InputEncoding::signed_binary;
  if (weight.encoding == "twos_complement") array.weight_encoding = WeightEncoding::twos_complement;
  if (weight.encoding == "unsigned") array.weight_encoding = WeightEncoding::unsigned_binary;
}

void read_bits_per_cell(NodeReader& reader, int weight_bits, ArraySlicing& array) {
  if (reader.keys().required_node("bits_per_cell") == nullptr) return;
  const auto bits = reader.keys().integer_in_bits("bits_per_cell", 1, 16);
  if (!bits) return;
  array.bits_per_cell = static_cast<int>(*bits);
  reader.set_attribute("bits_per_cell", dimension::bits, static_cast<double>(*bits), true);
  if (*bits > weight_bits) {
    reader.diagnostics().error(
        fmt::format("a storage element of {} holds more bits than a weight has", reader.keys().what()),
        reader.keys().node("bits_per_cell")->span, fmt::format("at most {}", weight_bits));
  }
}

/// Loops of one part of the array. Physics allows only some ranks on rows and columns.
LoopConstraints read_part(MapReader& keys, const std::string& part, const Words& allowed, bool only_these,
                          const std::string& why, const NodeReader& reader, Diagnostics& diagnostics) {
  LoopConstraints loops;
  if (const YamlNode* map = keys.node(part)) {
    loops = read_loops(*map, fmt::format("the loops of the {} of array '{}'", part, keys.what()), reader.context());
  }
  if (!loops.ranks) loops.ranks = allowed;
  if (!only_these) return loops;
  for (const std::string& rank : *loops.ranks) {
    if (std::find(allowed.begin(), allowed.end(), rank) != allowed.end()) continue;
    diagnostics.error(fmt::format("the {} of an array cannot map '{}'", part, rank), keys.key_span(part), why);
  }
  return loops;
}

struct ArrayLoops {
  LoopConstraints rows, columns, cells;
};

ArrayLoops read_array_loops(NodeReader& reader) {
  static const YamlNode nothing;
  const YamlNode* map = reader.keys().node("loops");
  Scope& scope = reader.context().scope;
  MapReader keys(map == nullptr ? nothing : *map, reader.node().name, scope, reader.diagnostics());
  ArrayLoops loops;
  loops.rows =
      read_part(keys, "rows", {"K"}, true, "what a bit line adds up is the filter, K", reader, reader.diagnostics());
  loops.columns = read_part(keys, "columns", {"M", "WS"}, true, "columns hold output channels M and weight slices WS",
                            reader, reader.diagnostics());
  loops.cells = read_part(keys, "cells", {"N", "E", "F", "IS"}, false, "", reader, reader.diagnostics());
  keys.finish();
  return loops;
}

Node fanout_node(const Node& array, const std::string& part, std::int64_t count, const ByRole<bool>& shares,
                 LoopConstraints loops) {
  Node node;
  node.name = array.name + "." + part;
  node.where = array.where;
  node.body = Fanout{count, shares, std::move(loops)};
  return node;
}

/// One storage element: one weight slice.
Memory cell_memory(int bits_per_cell, bool resident, LoopConstraints loops) {
  Memory memory;
  memory.placement = {Placement::bypass, Placement::keep, Placement::bypass};
  memory.size_bits = bits_per_cell;
  memory.width_bits = bits_per_cell;
  memory.resident = resident;
  memory.loops = std::move(loops);
  return memory;
}

}  // namespace

void read_array(NodeReader& reader, Architecture& architecture) {
  ArraySlicing array;
  array.rows = reader.required_count("rows", 1, most_lines).value_or(1);
  array.columns = reader.required_count("columns", 1, most_lines).value_or(1);
  read_operands(reader, architecture.bits, array);
  read_bits_per_cell(reader, architecture.bits.weight, array);
  const bool resident = reader.keys().boolean("resident").value_or(true);
  const auto groups = reader.keys().choice("groups", Words{"apart", "block_diagonal", "either"});
  if (groups == "block_diagonal") array.groups = GroupPlacement::block_diagonal;
  if (groups == "either") array.groups = GroupPlacement::either;
  ArrayLoops loops = read_array_loops(reader);
  Node node = reader.finish();

  // Inputs run along a row past all columns; the sums of the rows meet on a column and nowhere else.
  architecture.nodes.push_back(
      fanout_node(node, "columns", array.columns, {true, false, false}, std::move(loops.columns)));
  architecture.nodes.push_back(fanout_node(node, "rows", array.rows, {false, false, true}, std::move(loops.rows)));
  Node compute = node;
  compute.name += ".multiply";
  compute.body = Compute{};
  array.cells = NodeId(architecture.nodes.size());
  const Quantity bits = {static_cast<double>(array.bits_per_cell), dimension::bits};
  node.body = cell_memory(array.bits_per_cell, resident, std::move(loops.cells));
  node.attributes["size"] = {bits, node.where, true};
  node.attributes["width"] = {bits, node.where, true};
  architecture.nodes.push_back(std::move(node));
  architecture.nodes.push_back(std::move(compute));
  architecture.array = array;
}

}  // namespace ohmloop
