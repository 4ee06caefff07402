#pragma once

#include <initializer_list>
#include <random>

#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/workload/layer_shape.hpp"

/// For tests alone: small random chips and layers, whose mapspaces can be walked through nest by nest.
namespace ohmloop {

/// Draws the same numbers everywhere: the engine is fixed by the standard, its distributions are not.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}

  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[engine_() % values.size()];
  }
  std::size_t below(std::size_t n) { return engine_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

inline ByRole<Placement> random_placement(Draw& draw) {
  ByRole<Placement> placement{};
  for (Placement& one : placement) {
    one = draw.one_of({Placement::keep, Placement::keep, Placement::bypass, Placement::free});
  }
  return placement;
}

inline void constrain(Draw& draw, LoopConstraints& loops) {
  if (!draw.one_in(4)) return;
  const char* rank = draw.one_of({"M", "C", "E", "F", "R"});
  switch (draw.below(4)) {
    case 0:
      loops.factors.push_back({rank,
                               draw.one_of({Relation::equal, Relation::at_most, Relation::at_least}),
                               draw.one_of<std::int64_t>({1, 2}),
                               {}});
      break;
    case 1:
      loops.order = {draw.one_of({"M", "E"}), draw.one_of({"C", "R", "F"})};
      break;
    case 2:
      loops.ranks = {"M", "E", "R", rank};
      break;
    default:
      loops.ranks = {"C", "F", "S", rank};
  }
}

/// A memory for everything, a buffer, copies, perhaps registers; sometimes converters, bandwidths, copies that share
/// nothing, and constraints.
inline TestChip random_small_chip(Draw& draw) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, draw.one_of({60, 200, 500}));
  if (draw.one_in(2)) chip.memory("dram").read_bandwidth_bits_per_cycle = draw.one_of({8.0, 64.0});
  if (draw.one_in(5)) {
    Converter wires;
    wires.passes = {draw.one_in(2), draw.one_in(2), true};
    wires.reduces = draw.one_in(2);
    chip.add("wires", wires, {{"transfer", 2}});
  }
  if (draw.one_in(3)) {
    Fanout& cores = chip.add_fanout("core", 2);
    if (draw.one_in(4)) cores.shares = {draw.one_in(2), draw.one_in(2), draw.one_in(2)};
  }
  Memory& buffer =
      chip.add_memory("buffer", random_placement(draw), draw.one_of({320, 800, 2048}), draw.one_of({3, 6, 15}));
  if (draw.one_in(3)) buffer.write_bandwidth_bits_per_cycle = draw.one_of({16.0, 64.0});
  constrain(draw, buffer.loops);
  Fanout& fanout = chip.add_fanout("pe", draw.one_of({2, 4, 6}));
  if (draw.one_in(4)) fanout.shares = {draw.one_in(2), draw.one_in(2), draw.one_in(2)};
  constrain(draw, fanout.loops);
  if (draw.one_in(2)) {
    Memory& registers = chip.add_memory("register", random_placement(draw), draw.one_of({48, 128, 400}), 1);
    constrain(draw, registers.loops);
  }
  chip.add("mac", Compute{}, {{"compute", 1}});
  if (draw.one_in(3)) chip.tables.nodes.front().leakage_power_w = 1e-3;
  return chip;
}

inline LayerShape random_small_layer(Draw& draw) {
  if (draw.one_in(3)) return matmul(1, draw.one_of({2, 3, 4}), draw.one_of({2, 4}), draw.one_of({2, 3}));
  ConvolutionParameters parameters;
  parameters.kernel_height = draw.one_of({1, 2, 3});
  parameters.kernel_width = draw.one_of({1, 1, 2});
  parameters.pad_top = draw.one_of({0, 0, 1});
  parameters.pad_bottom = draw.one_of({0, 0, 1});
  parameters.stride_height = draw.one_of({1, 1, 2});
  return convolution(1, draw.one_of({1, 2}), draw.one_of({3, 4, 5}), draw.one_of({2, 3}), draw.one_of({1, 2}),
                     parameters);
}

}  // namespace ohmloop
