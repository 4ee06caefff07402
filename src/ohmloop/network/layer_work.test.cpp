#include "ohmloop/network/layer_work.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

struct Chip {
  Diagnostics diagnostics;
  Architecture architecture;
  ReferenceTables tables;

  explicit Chip(const std::string& name, const std::vector<Override>& overrides = {})
      : architecture(read_architecture(open_architecture(name), overrides, diagnostics)),
        tables(estimate_reference_tables(architecture, diagnostics)) {}

  [[nodiscard]] UniqueLayer map(const LayerShape& shape) const {
    Einsum einsum = lower("layer", shape, architecture);
    MapperResult result = find_mapping(einsum, architecture, tables);
    EXPECT_TRUE(result.best.has_value());
    return {shape, std::move(einsum), *std::move(result.best)};
  }
};

LayerShape padded_conv(std::int64_t channels, std::int64_t size, std::int64_t filters, std::int64_t groups = 1) {
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  parameters.pad_top = parameters.pad_left = parameters.pad_bottom = parameters.pad_right = 1;
  parameters.groups = groups;
  return convolution(1, channels, size, size, filters, parameters);
}

TEST(LayerWork, OfArraysFollowsFromTheLayersShape) {
  const Chip isaac("isaac");
  const UniqueLayer layer = isaac.map(padded_conv(64, 14, 64));
  const LayerWork work = layer_work(layer, isaac.architecture);
  // 64 x 9 rows in 5 tiles of 128, 64 x 8 slices in 4 of 128; 16 input bits for every position.
  const ArrayWork expected = {14 * 14, 14 * 14 * 16 * 5 * 4, 14 * 14 * 16 * 576 * 4, 14 * 14 * 16 * 512 * 5};
  EXPECT_EQ(work.arrays, expected);
  EXPECT_EQ(work.macs, 64 * 9 * 64 * 14 * 14);
  EXPECT_EQ(work.weights, 64 * 9 * 64);
  EXPECT_EQ(work.input_activations, 64 * 14 * 14);
  EXPECT_EQ(work.output_activations, 64 * 14 * 14);
}

TEST(LayerWork, FullArraysOfIsaacConvertOncePerMac) {
  // Of 128 rows with 16 input bits and 8 weight slices, 128 products take 16 x 8 conversions.
  const Chip isaac("isaac");
  EXPECT_DOUBLE_EQ(layer_work(isaac.map(padded_conv(128, 14, 128)), isaac.architecture).macs_per_conversion().value(),
                   1.0);
}

TEST(LayerWork, GroupsAreActivatedOnTheirOwnButPresentedTogether) {
  const Chip pim("pim");
  const LayerWork work = layer_work(pim.map(padded_conv(32, 7, 32, 32)), pim.architecture);
  ASSERT_TRUE(work.arrays.has_value());
  EXPECT_EQ(work.arrays->vector_presentations, 7 * 7);
  EXPECT_EQ(work.arrays->array_activations, 32 * 7 * 7 * 8);
}

TEST(LayerWork, EnergyComesApartWithoutALoss) {
  for (const char* preset : {"isaac", "pim", "eyeriss"}) {
    const Chip chip(preset);
    const UniqueLayer layer = chip.map(padded_conv(16, 8, 16));
    const LayerWork work = layer_work(layer, chip.architecture);
    double sum = 0;
    for (const double part : work.energy_by_part_pj) sum += part;
    EXPECT_NEAR(sum, layer.mapped.evaluation.energy_pj, 1e-9 * sum) << preset;
    EXPECT_GT(work.activation_movement_share(), 0) << preset;
    EXPECT_LT(work.activation_movement_share(), 1) << preset;
    EXPECT_EQ(work.arrays.has_value(), chip.architecture.array.has_value());
    EXPECT_EQ(work.macs_per_conversion().has_value(), chip.architecture.array.has_value());
  }
}

TEST(LayerWork, ProcessingElementsStandBehindTheLastFanOut) {
  const Chip eyeriss("eyeriss");
  const UniqueLayer layer = eyeriss.map(padded_conv(16, 8, 16));
  const LayerWork work = layer_work(layer, eyeriss.architecture);
  double scratchpads_and_macs = 0;
  double buffer = 0;
  for (const EnergyItem& item : layer.mapped.evaluation.items) {
    const std::string& name = eyeriss.architecture.node(item.node).name;
    if (name.ends_with("spad") || name == "mac") scratchpads_and_macs += item.energy_pj;
    if (name == "shared_glb") buffer += item.energy_pj;
  }
  EXPECT_GT(buffer, 0);
  EXPECT_NEAR(work.processing_element_pj, scratchpads_and_macs, 1e-9 * scratchpads_and_macs);
  EXPECT_NEAR(work.shared_buffers_pj, buffer, 1e-9 * buffer);

  const Chip pim("pim");
  const LayerWork arrays = layer_work(pim.map(padded_conv(16, 8, 16)), pim.architecture);
  EXPECT_GT(arrays.shared_buffers_pj, 0);
  EXPECT_EQ(arrays.processing_element_pj, arrays.energy_by_part_pj[part_index(CostPart::array)]);
  EXPECT_EQ(arrays.shared_buffers_pj, arrays.energy_by_part_pj[part_index(CostPart::buffers)]);
}

TEST(LayerWork, MovesWholeActivationsWhateverTheSlices) {
  // One window, eight slices of one bit, or one of eight bits: the same words pass the memories.
  const LayerShape shape = fully_connected(1, 64, 32);
  const auto moved = [&](const char* dac) {
    const Chip pim("pim", {{"dac", dac}});
    return layer_work(pim.map(shape), pim.architecture);
  };
  const LayerWork bits = moved("1 bit");
  const LayerWork bytes = moved("8 bit");
  // DRAM reads 64, buffer and register take and give 64 each; 32 sums pass register, buffer and DRAM.
  constexpr double inputs = 64 * 5;
  const double sums = bytes.activations_moved - inputs;
  EXPECT_EQ(sums, 32 * (2 + 2 + 1));
  EXPECT_EQ(bits.arrays->array_activations, 8 * bytes.arrays->array_activations);
  EXPECT_GE(bits.activations_moved, bytes.activations_moved);
}

TEST(LayerWork, AnActivationInTheWeightsRoleIsMovedAsOne) {
  const LayerShape shape = matmul(1, 8, 16, 32);
  for (const char* preset : {"pim", "eyeriss"}) {
    const Chip chip(preset);
    const LayerWork work = layer_work(chip.map(shape), chip.architecture);
    double movement = 0;
    for (const CostPart part : {CostPart::buffers, CostPart::movement, CostPart::off_chip}) {
      movement += work.energy_by_part_pj[part_index(part)];
    }
    EXPECT_NEAR(work.activation_movement_pj, movement, 1e-9 * movement) << preset << ": there are no weights";
    EXPECT_EQ(work.weights, 0);
    EXPECT_GE(work.activations_moved, 8 * 16 + 16 * 32 + 8 * 32)
        << preset << ": each operand is read, each sum written";
  }
}

TEST(NetworkWork, IsTheSumOfTheLayers) {
  const Chip isaac("isaac");
  const Network network = find_zoo_entry("resnet18")->build(1);
  const NetworkEvaluation evaluation = evaluate_network(network, isaac.architecture, isaac.tables);
  const LayerWork sum = network_work(evaluation, isaac.architecture);
  EXPECT_EQ(sum.macs, network.macs());
  EXPECT_EQ(sum.weights, network.weights());
  EXPECT_EQ(sum.output_activations, network.activations());
  EXPECT_NEAR(sum.energy_pj, evaluation.energy_pj, 1e-9 * evaluation.energy_pj);
  std::int64_t conversions = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    conversions += layer_work(evaluation.unique[layer.unique], isaac.architecture).arrays->adc_conversions;
  }
  EXPECT_EQ(sum.arrays->adc_conversions, conversions);
}

}  // namespace
}  // namespace ohmloop
