#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ohmloop/timeloop/counting/nest.hpp"

/// For tests and benchmarks alone: the second layer of VGG-16 on Timeloop's eyeriss_like design, with the mapping that
/// its mapper found in the reference case eyeriss_like-vgg16-01.
namespace ohmloop::timeloop {

inline Problem vgg16_layer_1() {
  enum : std::size_t { C, M, R, S, N, P, Q };
  Problem problem;
  problem.dimensions = {"C", "M", "R", "S", "N", "P", "Q"};
  problem.sizes = {64, 64, 3, 3, 1, 224, 224};
  problem.data_spaces = {{"Weights", false, {{{C, 1}}, {{M, 1}}, {{R, 1}}, {{S, 1}}}},
                         {"Inputs", false, {{{N, 1}}, {{C, 1}}, {{R, 1}, {P, 1}}, {{S, 1}, {Q, 1}}}},
                         {"Outputs", true, {{{N, 1}}, {{M, 1}}, {{P, 1}}, {{Q, 1}}}}};
  return problem;
}

inline Nest eyeriss_vgg16_nest() {
  enum : std::size_t { C, M, R, S, N, P, Q };
  Nest nest;
  nest.problem = vgg16_layer_1();
  const auto level = [&](const char* name, std::int64_t columns, std::int64_t rows, std::vector<bool> keeps,
                         std::vector<Loop> loops) {
    StorageLevel storage;
    storage.name = name;
    storage.mesh_x = columns;
    storage.mesh_y = rows;
    storage.instances = columns * rows;
    for (const bool keep : keeps) {
      DataSpaceRules rules;
      rules.keep = keep;
      storage.rules.push_back(rules);
    }
    for (Loop& loop : loops) loop.last_bound = loop.bound;
    storage.loops = std::move(loops);
    nest.levels.push_back(std::move(storage));
  };
  constexpr LoopKind t = LoopKind::temporal;
  constexpr LoopKind x = LoopKind::spatial_x;
  constexpr LoopKind y = LoopKind::spatial_y;
  const auto limits = [](StorageLevel& storage, std::int64_t words, std::int64_t block, double bandwidth) {
    storage.capacity_words = words;
    storage.block_size = block;
    storage.read_bandwidth = bandwidth;
    storage.write_bandwidth = bandwidth;
  };
  level("psum_spad", 14, 12, {false, false, true}, {{M, 2, 2, t}});
  limits(nest.levels.back(), 16, 1, 2);
  nest.levels.back().energies = {0.613343, 0.536681, 0.536681, 0.00031992};
  level("weights_spad", 14, 12, {true, false, false}, {{C, 16, 16, t}});
  limits(nest.levels.back(), 384, 2, 2);
  nest.levels.back().energies = {4.73566, 4.50962, 4.50962, 0.00379186};
  level("ifmap_spad", 14, 12, {false, true, false}, {});
  limits(nest.levels.back(), 24, 2, 2);
  nest.levels.back().energies = {0.497023, 0.43577, 0.43577, 0.00024112};
  level("inter_PE_spatial", 14, 1, {false, false, false}, {{S, 3, 3, y}, {M, 4, 4, y}});
  level("inter_PE_column_spatial", 1, 1, {false, false, false}, {{Q, 7, 7, x}, {M, 2, 2, x}});
  level("shared_glb", 1, 1, {false, true, true}, {{P, 8, 8, t}, {Q, 8, 8, t}, {R, 3, 3, t}});
  limits(nest.levels.back(), 131072, 8, 16);
  nest.levels.back().energies = {59.4555, 49.7147, 49.7147, 0.0216217};
  level("DRAM", 1, 1, {true, true, true}, {{M, 4, 4, t}, {Q, 4, 4, t}, {P, 28, 28, t}, {C, 4, 4, t}});
  nest.levels.back().is_dram = true;
  nest.levels.back().block_size = 8;
  nest.levels.back().energies = {512, 512, 512, 0};
  nest.arithmetic = {.name = "mac", .instances = 168, .mesh_x = 14, .mesh_y = 12, .compute_pj = 1.40883};
  return nest;
}

}  // namespace ohmloop::timeloop
