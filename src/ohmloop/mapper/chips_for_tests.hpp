#pragma once

#include <string>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// Architectures put together by hand, with made-up energies, for tests of the mapper and of networks.
struct TestChip {
  Architecture architecture;
  ReferenceTables tables;

  TestChip() { architecture.clock_hertz = 1e9; }

  Node& add(const std::string& name, NodeBody body, std::vector<std::pair<std::string, double>> energies = {}) {
    NodeReference& reference = tables.nodes.emplace_back();
    for (const auto& [action, energy_pj] : energies) {
      ActionEnergy& entry = reference.actions.emplace_back();
      entry.action = action;
      entry.unit = std::holds_alternative<Memory>(body) ? ActionUnit::access : ActionUnit::value;
      entry.energy_pj = energy_pj;
    }
    Node& node = architecture.nodes.emplace_back();
    node.name = name;
    node.body = std::move(body);
    return node;
  }

  Memory& add_memory(const std::string& name, ByRole<Placement> placement, std::optional<std::int64_t> size_bits,
                     double access_pj) {
    Memory memory;
    memory.placement = placement;
    memory.size_bits = size_bits;
    Node& node = add(name, memory, {{"read", access_pj}, {"write", access_pj}});
    return std::get<Memory>(node.body);
  }

  Fanout& add_fanout(const std::string& name, std::int64_t count, std::vector<std::string> ranks = {}) {
    Fanout fanout;
    fanout.count = count;
    if (!ranks.empty()) fanout.loops.ranks = std::move(ranks);
    return std::get<Fanout>(add(name, fanout).body);
  }

  Memory& memory(const std::string& name) {
    return std::get<Memory>(architecture.nodes[architecture.find(name)->index()].body);
  }
};

inline constexpr ByRole<Placement> keep_all = {Placement::keep, Placement::keep, Placement::keep};
inline constexpr ByRole<Placement> keep_weight = {Placement::bypass, Placement::keep, Placement::bypass};
inline constexpr ByRole<Placement> keep_activations = {Placement::keep, Placement::bypass, Placement::keep};
inline constexpr ByRole<Placement> leave_free = {Placement::free, Placement::free, Placement::free};

/// DRAM, a buffer for everything, four multipliers with a register for weights each.
inline TestChip small_digital_chip(std::int64_t buffer_bits = 4096) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, 200);
  chip.add_memory("buffer", keep_all, buffer_bits, 6);
  chip.add_fanout("pe", 4);
  chip.add_memory("register", keep_weight, 16, 1);
  chip.add("mac", Compute{}, {{"compute", 1}});
  return chip;
}

/// DRAM, a buffer for activations, `arrays` arrays of 8 x 16 cells of 4 bits below an ADC and a DAC of 1 bit.
inline TestChip small_array_chip(std::int64_t arrays) {
  TestChip chip;
  chip.architecture.bits = {8, 8, 16};
  chip.add_memory("dram", keep_all, std::nullopt, 200);
  chip.add_memory("buffer", keep_activations, 65536, 6);
  chip.add_fanout("tile", arrays, {"K", "M", "G"});
  Converter adc;
  adc.passes[role_index(Role::output)] = true;
  adc.shared_by = 16;
  chip.add("adc", adc, {{"convert", 2}});
  Converter dac;
  dac.passes[role_index(Role::input)] = true;
  chip.add("dac", dac, {{"convert", 0.5}});
  chip.add_fanout("array.columns", 16, {"M", "WS"});
  chip.add_fanout("array.rows", 8, {"K"});
  Memory& cells = chip.add_memory("array", keep_weight, 4, 10);
  cells.resident = true;
  cells.loops.ranks = {"N", "E", "F", "IS"};
  chip.add("array.multiply", Compute{}, {{"compute", 0.01}});
  chip.architecture.array = ArraySlicing{4, 1, 8, 16, *chip.architecture.find("array")};
  return chip;
}

}  // namespace ohmloop
