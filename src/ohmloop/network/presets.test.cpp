#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

struct Preset {
  Diagnostics diagnostics;
  Architecture architecture;
  ReferenceTables tables;

  explicit Preset(const std::string& name)
      : architecture(read_architecture(open_architecture(name), {}, diagnostics)),
        tables(estimate_reference_tables(architecture, diagnostics)) {}

  [[nodiscard]] MappedLayer map(const LayerShape& shape, const MapperOptions& options = {}) const {
    MapperResult result = find_mapping(lower("layer", shape, architecture), architecture, tables, options);
    EXPECT_TRUE(result.best.has_value()) << (result.none ? result.none->reason : "");
    return result.best ? *std::move(result.best) : MappedLayer{};
  }

  [[nodiscard]] double action_count(const MappedLayer& layer, std::string_view node, Role role,
                                    std::string_view action) const {
    double count = 0;
    for (const EnergyItem& item : layer.evaluation.items) {
      if (architecture.node(item.node).name == node && item.role == role && item.action == action) count += item.count;
    }
    return count;
  }
};

LayerShape padded_conv(std::int64_t channels, std::int64_t size, std::int64_t filters) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  parameters.pad_top = parameters.pad_left = parameters.pad_bottom = parameters.pad_right = 1;
  return convolution(1, channels, size, size, filters, parameters);
}

double energy_per_mac(const MappedLayer& layer, const LayerShape& shape) {
  return layer.evaluation.energy_pj / static_cast<double>(shape.macs());
}

TEST(Isaac, HoldsALayerInTheArraysThatItsShapeAsksFor) {
  const Preset isaac("isaac");
  for (const auto& [channels, filters] : {std::pair{64, 64}, {128, 256}, {512, 512}}) {
    const MappedLayer layer = isaac.map(padded_conv(channels, 7, filters));
    // Rows: C x 3 x 3 in arrays of 128; columns: 8 slices of 2 bits for each filter in arrays of 128.
    const std::int64_t arrays = ceil_divide(channels * 9, 128) * ceil_divide(filters * 8, 128);
    EXPECT_EQ(layer.evaluation.arrays_used, arrays);
    EXPECT_EQ(layer.counts.steps, 7 * 7 * 16) << "16 input bits for every position";
  }
}

TEST(Isaac, ConvertsEveryColumnOfEveryRowTileOncePerInputBit) {
  const Preset isaac("isaac");
  const LayerShape shape = padded_conv(64, 14, 64);
  const MappedLayer layer = isaac.map(shape);
  // 64 x 9 rows in 5 tiles, 64 x 8 columns in 4.
  EXPECT_EQ(isaac.action_count(layer, "adc", Role::output, "convert"), 14.0 * 14 * 16 * 64 * 8 * 5);
  EXPECT_EQ(isaac.action_count(layer, "dac", Role::input, "convert"), 14.0 * 14 * 16 * 576 * 4);
}

TEST(Isaac, ConvertsOnceForEveryMultiplicationWhereArraysAreFull) {
  // 16-bit operands: 8 columns of 16 bits of inputs share the rows of an array. 128 channels fill them.
  const Preset isaac("isaac");
  LayerShape shape = convolution(1, 128, 7, 7, 128, {});
  const MappedLayer layer = isaac.map(shape);
  EXPECT_EQ(isaac.action_count(layer, "adc", Role::output, "convert"), static_cast<double>(shape.macs()));
}

TEST(Isaac, CostsAboutWhatItsPaperSays) {
  // 627.5 GOPS/W (ISCA 2016, Table IV) are 3.2 pJ a MAC for the whole chip at peak power; its dynamic part is less.
  const Preset isaac("isaac");
  const LayerShape shape = padded_conv(256, 14, 256);
  const double pj = energy_per_mac(isaac.map(shape), shape);
  EXPECT_GT(pj, 1.6);
  EXPECT_LT(pj, 3.2);
}

TEST(Isaac, AStepLastsAHundredNanoseconds) {
  const Preset isaac("isaac");
  const MappedLayer layer = isaac.map(padded_conv(64, 14, 64));
  EXPECT_NEAR(layer.evaluation.latency_s, 14 * 14 * 16 * 100e-9, 1e-9);
}

TEST(Eyeriss, CostsAFewPicojoulesAMac) {
  const Preset eyeriss("eyeriss");
  for (const LayerShape& shape : {padded_conv(64, 56, 64), padded_conv(256, 14, 256)}) {
    const double pj = energy_per_mac(eyeriss.map(shape), shape);
    EXPECT_GT(pj, 2);
    EXPECT_LT(pj, 12);
  }
}

TEST(Eyeriss, FetchesSmallLayersOnce) {
  const Preset eyeriss("eyeriss");
  const LayerShape shape = padded_conv(64, 14, 64);
  const MappedLayer layer = eyeriss.map(shape, {.objective = {1, 0}});
  // Four words of 16 bits an access; the whole layer's activations fit into the buffer.
  EXPECT_LE(eyeriss.action_count(layer, "dram", Role::input, "read"), 1.05 * 14 * 14 * 64 / 4);
  EXPECT_EQ(eyeriss.action_count(layer, "dram", Role::output, "write"), 14.0 * 14 * 64 / 4);
  EXPECT_EQ(eyeriss.action_count(layer, "dram", Role::output, "read"), 0);
  EXPECT_LE(eyeriss.action_count(layer, "dram", Role::weight, "read"), 2.0 * 64 * 64 * 9 / 4);
}

TEST(Presets, AllMapResNet18) {
  const Network network = find_zoo_entry("resnet18")->build(1);
  for (const std::string& name : preset_names()) {
    const Preset preset(name);
    NetworkOptions options;
    options.mapper.max_evaluations = 400;
    const NetworkEvaluation evaluation = evaluate_network(network, preset.architecture, preset.tables, options);
    EXPECT_TRUE(evaluation.failed.empty()) << name << ": " << evaluation.failed.front().reason.reason;
    EXPECT_GT(evaluation.energy_pj / static_cast<double>(network.macs()), 0.001) << name;
    EXPECT_LT(evaluation.energy_pj / static_cast<double>(network.macs()), 40) << name;
  }
}

}  // namespace
}  // namespace ohmloop
