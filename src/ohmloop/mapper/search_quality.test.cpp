#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/search_within_bounds.hpp"

namespace ohmloop {
namespace {

/// Draws the same numbers everywhere: the engine is fixed by the standard, its distributions are not.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : engine_(seed) {}

  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[engine_() % values.size()];
  }

 private:
  std::mt19937 engine_;
};

Placement free_or_kept(Draw& draw) { return draw.one_of({Placement::keep, Placement::free}); }

TestChip random_chip(Draw& draw) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, draw.one_of({60, 200, 500}));
  if (const int bandwidth = draw.one_of({0, 32, 128}); bandwidth > 0) {
    chip.memory("dram").read_bandwidth_bits_per_cycle = bandwidth;
  }
  const std::int64_t buffer_bits = draw.one_of({320, 800, 2048, 8192});
  chip.add_memory("buffer", {free_or_kept(draw), free_or_kept(draw), free_or_kept(draw)}, buffer_bits,
                  draw.one_of({3, 6, 15}));
  chip.add_fanout("pe", draw.one_of({2, 4, 8, 16}));
  if (draw.one_of({true, false})) chip.add_memory("register", keep_weight, draw.one_of({16, 64}), 1);
  chip.add("mac", Compute{}, {{"compute", 1}});
  return chip;
}

LayerShape random_layer(Draw& draw) {
  if (draw.one_of({true, false})) {
    return matmul(1, draw.one_of({4, 6, 12}), draw.one_of({4, 8, 12}), draw.one_of({3, 4, 8}));
  }
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = draw.one_of({1, 2, 3});
  parameters.pad_top = parameters.pad_left = draw.one_of({0, 1});
  parameters.stride_height = parameters.stride_width = draw.one_of({1, 2});
  return convolution(1, draw.one_of({2, 4}), 7, 7, draw.one_of({2, 4, 6}), parameters);
}

struct Comparison {
  double mean = 0;
  double worst = 1;
  int spaces = 0;
};

/// Bounded search against the best of all, over the mapspaces that don't fit the budget.
Comparison compare(const Objective& objective, std::uint32_t seeds) {
  Comparison result;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    Draw draw(seed);
    const TestChip chip = random_chip(draw);
    const Einsum einsum = lower("layer", random_layer(draw), chip.architecture);
    MapperOptions options{.objective = objective, .max_evaluations = 40'000};
    const MapperResult whole = find_mapping(einsum, chip.architecture, chip.tables, options);
    if (!whole.best || !whole.best->certificate.optimal || whole.best->certificate.mappings < 2'000) continue;
    options.max_evaluations = 1'000;
    const Mapspace space = make_mapspace(einsum, chip.architecture, options);
    const MapperResult bounded = search_within_bounds(space, chip.tables, options);
    const double ratio =
        score(objective, bounded.best->evaluation).value / score(objective, whole.best->evaluation).value;
    EXPECT_GE(ratio, 1 - 1e-9) << "seed " << seed << ": better than the best of all";
    result.mean += ratio;
    result.worst = std::max(result.worst, ratio);
    ++result.spaces;
  }
  result.mean /= std::max(result.spaces, 1);
  return result;
}

class SearchQuality : public testing::TestWithParam<Objective> {};

TEST_P(SearchQuality, ABoundedSearchIsCloseToTheBestOfAll) {
  const Comparison found = compare(GetParam(), 60);
  RecordProperty("mean", std::to_string(found.mean));
  RecordProperty("worst", std::to_string(found.worst));
  EXPECT_GE(found.spaces, 20);
  EXPECT_LE(found.mean, 1.01);
  EXPECT_LE(found.worst, 1.2);
}

INSTANTIATE_TEST_SUITE_P(Objectives, SearchQuality, testing::Values(Objective{1, 0}, Objective{0, 1}, Objective{1, 1}),
                         [](const auto& each) { return to_string(each.param); });

}  // namespace
}  // namespace ohmloop
