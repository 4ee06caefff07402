#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/timeloop/counting/nest.hpp"

/// For tests alone: the same nest for both ways of counting.
namespace ohmloop::timeloop {

/// Loops of a level, innermost first, and whether it keeps each data space.
struct SmallLevel {
  std::vector<Loop> loops = {};
  std::vector<bool> keeps = {true, true, true};
  std::int64_t columns = 1;  ///< copies of what lies below, as hardware has them
};

/// A 1-D convolution: dimensions K, C, R, P; weights, inputs, outputs.
enum SmallDimension : std::size_t { K, C, R, P };

inline Nest small_nest(std::vector<std::int64_t> sizes, std::int64_t stride, std::vector<SmallLevel> levels) {
  Nest nest;
  nest.problem.dimensions = {"K", "C", "R", "P"};
  nest.problem.sizes = std::move(sizes);
  nest.problem.data_spaces = {{"Weights", false, {{{K, 1}}, {{C, 1}}, {{R, 1}}}},
                              {"Inputs", false, {{{C, 1}}, {{R, 1}, {P, stride}}}},
                              {"Outputs", true, {{{K, 1}}, {{P, 1}}}}};
  constexpr const char* names[] = {"register", "buffer", "memory"};
  std::int64_t copies = 1;
  for (std::size_t l = levels.size(); l-- > 0;) {
    StorageLevel level;
    level.name = names[levels.size() == 2 && l == 1 ? 2 : l];
    level.instances = level.mesh_x = copies;
    copies *= levels[l].columns;
    for (Loop& loop : levels[l].loops) loop.last_bound = loop.bound;
    level.loops = levels[l].loops;
    for (const bool keep : levels[l].keeps) level.rules.emplace_back().keep = keep;
    nest.levels.insert(nest.levels.begin(), std::move(level));
  }
  nest.arithmetic = {.name = "mac", .instances = copies, .mesh_x = copies};
  return nest;
}

/// The nest in our own description, where copies share whatever they can.
struct NativeNest {
  Einsum einsum;
  Architecture architecture;
  Mapping mapping;
  ReferenceTables tables;
  std::vector<NodeId> memories;  ///< by storage level
};

inline Tensor native_tensor(const Problem& problem, std::size_t data_space, Role role) {
  Tensor tensor;
  tensor.name = problem.data_spaces[data_space].name;
  tensor.role = role;
  tensor.bits = 8;
  for (const auto& terms : problem.data_spaces[data_space].axes) {
    Axis axis;
    for (const ProjectionTerm& term : terms) {
      axis.terms.push_back({.rank = RankId(term.dimension), .coefficient = term.coefficient});
      axis.size += term.coefficient * (problem.sizes[term.dimension] - 1);
    }
    tensor.axes.push_back(axis);
  }
  return tensor;
}

inline NodeId add_node(NativeNest& native, const std::string& name, NodeBody body, const StorageLevel* level) {
  Node node;
  node.name = name;
  node.body = std::move(body);
  native.architecture.nodes.push_back(std::move(node));
  NodeReference reference;
  if (level != nullptr) {
    ActionEnergy read;
    read.action = "read";
    read.unit = ActionUnit::access;
    read.energy_pj = level->energies.read_pj;
    ActionEnergy write = read;
    write.action = "write";
    write.energy_pj = level->energies.fill_pj;
    reference.actions = {read, write};
    reference.leakage_power_w = level->energies.leak_pj * 1e-3;  // pJ per cycle of 1 ns
  }
  native.tables.nodes.push_back(std::move(reference));
  return NodeId(native.architecture.nodes.size() - 1);
}

/// Roles by data space: weight, input, output. Levels that keep nothing are not there.
inline NativeNest native_nest(const Nest& nest) {
  constexpr std::array<Role, 3> roles = {Role::weight, Role::input, Role::output};
  constexpr std::array<std::size_t, 3> space_of_role = {1, 0, 2};
  NativeNest native;
  native.architecture.clock_hertz = 1e9;
  for (std::size_t d = 0; d < nest.problem.dimensions.size(); ++d) {
    native.einsum.ranks.push_back({nest.problem.dimensions[d], nest.problem.sizes[d]});
  }
  for (const Role role : all_roles) {
    native.einsum.tensors.push_back(native_tensor(nest.problem, space_of_role[role_index(role)], role));
  }
  native.memories.assign(nest.levels.size(), NodeId(0));
  for (std::size_t l = nest.levels.size(); l-- > 0;) {
    const StorageLevel& level = nest.levels[l];
    Memory memory;
    memory.width_bits = level.block_size * level.word_bits;
    bool keeps = false;
    for (std::size_t d = 0; d < roles.size(); ++d) {
      memory.placement[role_index(roles[d])] = level.rules[d].keep ? Placement::keep : Placement::bypass;
      keeps = keeps || level.rules[d].keep;
    }
    if (keeps) {
      native.memories[l] = add_node(native, level.name, memory, &level);
      for (std::size_t d = 0; d < roles.size(); ++d) {
        if (level.rules[d].keep) native.mapping.steps.emplace_back(Keep{native.memories[l], roles[d]});
      }
    }
    const std::int64_t below = l == 0 ? nest.arithmetic.instances : nest.levels[l - 1].instances;
    Fanout fanout;
    fanout.count = below / level.instances;
    std::optional<NodeId> copies;
    if (fanout.count > 1) copies = add_node(native, level.name + ".copies", fanout, nullptr);
    for (const bool spatial : {false, true}) {
      for (std::size_t i = level.loops.size(); i-- > 0;) {
        const Loop& loop = level.loops[i];
        if ((loop.kind != LoopKind::temporal) != spatial || loop.bound == 1) continue;
        native.mapping.steps.emplace_back(
            ohmloop::Loop{RankId(loop.dimension), loop.bound, spatial ? copies : std::nullopt});
      }
    }
  }
  ActionEnergy compute;
  compute.action = "compute";
  compute.unit = ActionUnit::access;
  compute.energy_pj = nest.arithmetic.compute_pj;
  add_node(native, nest.arithmetic.name, Compute{}, nullptr);
  native.tables.nodes.back().actions = {compute};
  return native;
}

}  // namespace ohmloop::timeloop
