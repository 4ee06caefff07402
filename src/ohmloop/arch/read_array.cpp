#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/node_reader.hpp"
#include "ohmloop/arch/read_array_parts.hpp"
#include "ohmloop/arch/read_loops.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t most_lines = 1'000'000;

using Words = std::vector<std::string>;

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

ArrayLoops read_array_loops(NodeReader& reader, const ArraySlicing& array) {
  static const YamlNode nothing;
  const YamlNode* map = reader.keys().node("loops");
  Scope& scope = reader.context().scope;
  MapReader keys(map == nullptr ? nothing : *map, reader.node().name, scope, reader.diagnostics());
  ArrayLoops loops;
  loops.rows =
      read_part(keys, "rows", {"K"}, true, "what a bit line adds up is the filter, K", reader, reader.diagnostics());
  loops.columns = read_part(keys, "columns", {"M", "WS"}, true, "columns hold output channels M and weight slices WS",
                            reader, reader.diagnostics());
  Words below_cells = {"N", "E", "F", "IS"};
  // Slices that compute one after the other in the same place of the lines.
  if (array.slices_per_place() > 1) below_cells.insert(below_cells.end(), {"K", "M", "WS"});
  loops.cells = read_part(keys, "cells", below_cells, false, "", reader, reader.diagnostics());
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

/// The storage elements of one place that computes: a weight slice for each set of lines.
Memory cell_memory(const ArraySlicing& array, bool resident, LoopConstraints loops) {
  Memory memory;
  memory.placement = {Placement::bypass, Placement::keep, Placement::bypass};
  memory.size_bits = checked_multiply(array.bits_per_cell, array.slices_per_place());
  memory.width_bits = array.bits_per_cell;
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
  read_active_lines(reader, array);
  read_write_cycle(reader, array);
  const bool resident = reader.keys().boolean("resident").value_or(true);
  const auto groups = reader.keys().choice("groups", Words{"apart", "block_diagonal", "either"});
  if (groups == "block_diagonal") array.groups = GroupPlacement::block_diagonal;
  if (groups == "either") array.groups = GroupPlacement::either;
  ArrayLoops loops = read_array_loops(reader, array);
  Node node = reader.finish();

  // Inputs run along a row past all columns; the sums of the rows meet on a column and nowhere else.
  architecture.nodes.push_back(
      fanout_node(node, "columns", array.sums_at_once(), {true, false, false}, std::move(loops.columns)));
  architecture.nodes.push_back(
      fanout_node(node, "rows", array.inputs_at_once(), {false, false, true}, std::move(loops.rows)));
  Node compute = node;
  compute.name += ".multiply";
  compute.body = Compute{};
  array.cells = NodeId(architecture.nodes.size());
  Memory cells = cell_memory(array, resident, std::move(loops.cells));
  const auto bits = [](std::int64_t count) { return Quantity{static_cast<double>(count), dimension::bits}; };
  node.attributes["size"] = {bits(*cells.size_bits), node.where, true};
  node.attributes["width"] = {bits(cells.width_bits), node.where, true};
  node.body = std::move(cells);
  architecture.nodes.push_back(std::move(node));
  architecture.nodes.push_back(std::move(compute));
  architecture.array = array;
}

}  // namespace ohmloop
