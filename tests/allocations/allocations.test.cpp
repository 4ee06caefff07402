#include <memory>
#include <stdexcept>
#include <vector>

#include "counting_new.hpp"
#include <gtest/gtest.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapping/read_mapping.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/counting/eyeriss_nest_testing.hpp"

/// Mappings are evaluated by the million: what has room for one takes no memory for the next.
namespace ohmloop {
namespace {

constexpr int warm_up = 3;
constexpr int evaluations = 100;

template <class Evaluate>
std::uint64_t allocations_when_warm(const Evaluate& evaluate) {
  for (int i = 0; i < warm_up; ++i) evaluate();
  const std::uint64_t before = allocations();
  for (int i = 0; i < evaluations; ++i) evaluate();
  return allocations() - before;
}

/// 64 x 56 x 56 under 3 x 3 filters, row stationary.
constexpr const char* row_stationary = R"(mapping:
- {keep: dram, tensors: [input, weight, output]}
- {for: M, bound: 4}
- {for: E, bound: 4}
- {for: C, bound: 16}
- {keep: shared_glb, tensors: [input, output]}
- {for: F, bound: 56}
- {for: E, bound: 14, across: pe_column}
- {for: R, bound: 3, across: pe_row}
- {for: C, bound: 4, across: pe_row}
- {keep: ifmap_spad, tensor: input}
- {keep: filter_spad, tensor: weight}
- {for: S, bound: 3}
- {keep: psum_spad, tensor: output}
- {for: M, bound: 16}
)";

/// A flattened filter in the rows of five arrays.
constexpr const char* in_arrays = R"(mapping:
- {keep: port, tensors: [input, weight, output]}
- {for: E, bound: 28}
- {keep: edram, tensors: [input, output]}
- {for: E, bound: 2}
- {for: F, bound: 56}
- {keep: tile_register, tensor: output}
- {for: M, bound: 4, across: ima}
- {keep: output_register, tensor: output}
- {keep: input_register, tensor: input}
- {for: K, bound: 5, across: pim}
- {for: M, bound: 16, across: array.columns}
- {for: WS, bound: 8, across: array.columns}
- {for: K, bound: 128, across: array.rows}
- {keep: array, tensor: weight}
- {for: IS, bound: 16}
)";

LayerShape padded_conv(std::int64_t side) {
  return convolution(
      1, 64, side, side, 64,
      {.kernel_height = 3, .kernel_width = 3, .pad_top = 1, .pad_left = 1, .pad_bottom = 1, .pad_right = 1});
}

std::uint64_t allocations_of_counts(const char* preset, const LayerShape& shape, const char* text) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(find_preset(preset), {}, diagnostics);
  const Einsum einsum = lower("conv", shape, architecture);
  const YamlNode root = parse_yaml(std::make_shared<const SourceFile>(SourceFile{"mapping.yaml", text}), diagnostics);
  const auto file = read_mapping(*root.find("mapping"), einsum, architecture, diagnostics);
  if (!file) throw std::runtime_error(render(diagnostics.all()));
  EXPECT_TRUE(check_mapping(einsum, architecture, file->mapping).empty());
  ActionCounter counter(einsum, architecture);
  Counts counts;
  return allocations_when_warm([&] { counter.count(file->mapping, counts); });
}

TEST(Allocations, AreCounted) {
  std::vector<std::vector<int>> kept;
  EXPECT_GE(allocations_when_warm([&] { kept.emplace_back(10, 1); }), 100U);
  EXPECT_EQ(allocations_when_warm([&] { kept.back().front() = 2; }), 0U);
}

TEST(Allocations, NoneIsMadePerCountOnEyeriss) {
  const LayerShape unpadded = convolution(1, 64, 58, 58, 64, {.kernel_height = 3, .kernel_width = 3});
  EXPECT_EQ(allocations_of_counts("eyeriss", unpadded, row_stationary), 0U);
  EXPECT_EQ(allocations_of_counts("eyeriss", padded_conv(56), row_stationary), 0U);
}

TEST(Allocations, NoneIsMadePerCountInArrays) {
  EXPECT_EQ(allocations_of_counts("isaac", padded_conv(56), in_arrays), 0U);
}

TEST(Allocations, NoneIsMadePerEvaluationInTimeloopsWay) {
  const timeloop::Nest nest = timeloop::eyeriss_vgg16_nest();
  ASSERT_TRUE(timeloop::check_nest(nest).empty());
  for (const bool extrapolate : {true, false}) {
    for (const bool hops : {true, false}) {
      timeloop::Evaluator evaluator({.extrapolate = extrapolate, .hops = hops});
      EXPECT_EQ(allocations_when_warm([&] { evaluator.evaluate(nest); }), 0U) << extrapolate << hops;
    }
  }
}

}  // namespace
}  // namespace ohmloop
