#include "ohmloop/analysis/counts.hpp"

#include <benchmark/benchmark.h>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

Architecture preset(const std::string& name) {
  Diagnostics diagnostics;
  return read_architecture(find_preset(name), {}, diagnostics);
}

/// Builds mappings by the names that files use.
class Nest {
 public:
  Nest(const Einsum& einsum, const Architecture& architecture) : einsum_(einsum), architecture_(architecture) {}

  Nest& keep(const std::string& node, std::initializer_list<Role> roles) {
    for (const Role role : roles) mapping.steps.emplace_back(Keep{*architecture_.find(node), role});
    return *this;
  }
  Nest& loop(const std::string& rank, std::int64_t bound, const std::string& fanout = {}) {
    for (std::size_t i = 0; i < einsum_.ranks.size(); ++i) {
      if (einsum_.ranks[i].name != rank) continue;
      mapping.steps.emplace_back(
          Loop{RankId(i), bound, fanout.empty() ? std::optional<NodeId>() : architecture_.find(fanout)});
    }
    return *this;
  }

  Mapping mapping;

 private:
  const Einsum& einsum_;
  const Architecture& architecture_;
};

LayerShape square_conv(std::int64_t channels, std::int64_t filters, std::int64_t side) {
  return convolution(
      1, channels, side, side, filters,
      {.kernel_height = 3, .kernel_width = 3, .pad_top = 1, .pad_left = 1, .pad_bottom = 1, .pad_right = 1});
}

void report(benchmark::State& state, const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  const auto violations = check_mapping(einsum, architecture, mapping);
  if (!violations.empty()) {
    state.SkipWithError(violations.front().message.c_str());
    return;
  }
  ActionCounter counter(einsum, architecture);
  Counts counts;
  for (auto _ : state) {
    counter.count(mapping, counts);
    benchmark::DoNotOptimize(counts);
  }
}

/// 64 x 56 x 56, 3 x 3 filters, row stationary, with padding or (as Timeloop has it) without.
void eyeriss_conv(benchmark::State& state) {
  const Architecture architecture = preset("eyeriss");
  const bool padded = state.range(0) != 0;
  const LayerShape shape =
      padded ? square_conv(64, 64, 56) : convolution(1, 64, 58, 58, 64, {.kernel_height = 3, .kernel_width = 3});
  const Einsum einsum = lower("conv", shape, architecture);
  Nest nest(einsum, architecture);
  nest.keep("dram", {Role::input, Role::weight, Role::output}).loop("M", 4).loop("E", 4).loop("C", 16);
  nest.keep("shared_glb", {Role::input, Role::output}).loop("F", 56);
  nest.loop("E", 14, "pe_column").loop("R", 3, "pe_row").loop("C", 4, "pe_row");
  nest.keep("ifmap_spad", {Role::input}).keep("filter_spad", {Role::weight}).loop("S", 3);
  nest.keep("psum_spad", {Role::output}).loop("M", 16);
  report(state, einsum, architecture, nest.mapping);
}
BENCHMARK(eyeriss_conv)->ArgName("padded")->Arg(0)->Arg(1);

/// A flattened 3 x 3 filter over an image of `side`, `rows` x `columns` of it at a time in the tile's buffer. Goal:
/// under 2 ms for 224.
void isaac_conv(benchmark::State& state) {
  const std::int64_t side = state.range(0);
  const std::int64_t rows = state.range(1);
  const std::int64_t columns = state.range(2);
  const Architecture architecture = preset("isaac");
  const Einsum einsum = lower("conv", square_conv(64, 64, side), architecture);
  Nest nest(einsum, architecture);
  nest.keep("port", {Role::input, Role::weight, Role::output}).loop("E", side / rows).loop("F", side / columns);
  nest.keep("edram", {Role::input, Role::output}).loop("E", rows).loop("F", columns);
  nest.keep("tile_register", {Role::output}).loop("M", 4, "ima");
  nest.keep("output_register", {Role::output}).keep("input_register", {Role::input});
  nest.loop("K", 5, "pim").loop("M", 16, "array.columns").loop("WS", 8, "array.columns");
  nest.loop("K", 128, "array.rows").keep("array", {Role::weight}).loop("IS", 16);
  report(state, einsum, architecture, nest.mapping);
}
BENCHMARK(isaac_conv)->Args({14, 14, 14})->Args({56, 2, 56})->Args({224, 1, 56});

}  // namespace
}  // namespace ohmloop
