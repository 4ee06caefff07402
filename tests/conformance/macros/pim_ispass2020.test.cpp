// The preset pim-ispass2020 on the study's own layer, the first of VGG, beside what Timeloop's stored output for the
// v0.3 files says (Accelergy-Project/processing-in-memory-design, example_outputs/timeloop-mapper.stats.txt), which
// 'ohmloop model' gives, too (test_timeloop).
#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop::test {
namespace {

constexpr double macs = 86704128;
constexpr double outputs = 3211264;     // 64 x 224 x 224
constexpr double row_inputs = 1354752;  // 27 rows x 224 x 224: what the networks of the v0.3 files call ingresses
constexpr double words = 4;             // in an access of 64 bits

class PimStudyPreset : public testing::Test {
 protected:
  PimStudyPreset()
      : chip_(read_architecture(find_preset("pim-ispass2020"), {}, diagnostics_)),
        tables_(estimate_reference_tables(chip_, diagnostics_)) {
    const LayerShape shape = convolution(1, 3, 226, 226, 64, {.kernel_height = 3, .kernel_width = 3});
    EXPECT_EQ(static_cast<double>(shape.macs()), macs);
    MapperResult result = find_mapping(lower("vgg_conv1", shape, chip_), chip_, tables_);
    if (result.best) layer_ = *std::move(result.best);
  }

  struct Sum {
    double count = 0;
    double energy_pj = 0;
  };

  [[nodiscard]] Sum sum(std::string_view node, std::string_view action = {}, std::optional<Role> role = {}) const {
    Sum result;
    for (const EnergyItem& item : layer_.evaluation.items) {
      if (chip_.node(item.node).name != node || (!action.empty() && item.action != action)) continue;
      if (role && item.role != role) continue;
      result.count += item.count;
      result.energy_pj += item.energy_pj;
    }
    return result;
  }

  Diagnostics diagnostics_;
  Architecture chip_;
  ReferenceTables tables_;
  MappedLayer layer_;
};

TEST_F(PimStudyPreset, MovesTheSameWords) {
  EXPECT_EQ(sum("dram", "read", Role::input).count * words, 153228);
  EXPECT_EQ(sum("dram", "write", Role::output).count * words, outputs);
  EXPECT_EQ(sum("shared_glb", "write", Role::input).count * words, 153228);
  EXPECT_EQ(sum("shared_glb", "read", Role::input).count * words, row_inputs);
  EXPECT_EQ(sum("shared_glb", "write", Role::output).count * words, outputs);
  // The v0.3 files count as many fills of outputs as updates; here these are the reads that take them to the DRAM.
  EXPECT_EQ(sum("shared_glb", "read", Role::output).count * words, outputs);
}

TEST_F(PimStudyPreset, ConvertsEverySliceOfWhatTheFilesConvertAsWords) {
  EXPECT_EQ(sum("dac", "convert").count, row_inputs * 8 * 16);
  EXPECT_EQ(sum("adc", "convert").count, outputs * 8 * 16);
  EXPECT_EQ(sum("shift_add").count, outputs * 8 * 16);
  EXPECT_EQ(sum("array.multiply", "compute").count, macs * 8 * 16);
}

TEST_F(PimStudyPreset, CostsWhatTheFilesCost) {
  EXPECT_NEAR(sum("dram").energy_pj, 19613184.0 + 411041792.0, 1);
  EXPECT_NEAR(sum("shared_glb").energy_pj, 15912581.96 + 67772121.09, 1);
  EXPECT_NEAR(sum("dac").energy_pj, 520224.77, 1);
  EXPECT_NEAR(sum("array.multiply", "compute").energy_pj, 22196256.77, 1);
  // A2D_NoC, 223.232 pJ an output: 128 conversions, 128 additions and 14 reads and writes of the buffer.
  const double a2d = 716856885.25;
  const double buffer = outputs * 14 * (0.192 + 0.192);
  EXPECT_NEAR(sum("adc").energy_pj + sum("shift_add").energy_pj + buffer, a2d, 1);
}

// What a native description cannot say: the study's buffer is passed by in the first and the last of the 16 steps of an
// input. Here it takes 16 writes and gives 15 sums back to be added to and one that is finished.
TEST_F(PimStudyPreset, CountsTwoMoreAccessesOfTheOutputBuffer) {
  EXPECT_EQ(sum("output_buffer", "write").count, outputs * 16);
  EXPECT_EQ(sum("output_buffer", "read").count, outputs * 16);
  EXPECT_NEAR(sum("output_buffer").energy_pj, outputs * 32 * 0.192, 1);
  // 1253.91 uJ in the files; the four accesses more are 0.2% of it.
  EXPECT_NEAR(layer_.evaluation.energy_pj, 1253913045.83 + outputs * 4 * 0.192, 2);
}

// 410,985 cycles in the files: a multiplication of 16 bits takes one, so that the traffic of the buffer binds, which
// fills and updates each output. Here every bit of an input takes a cycle, and 50,176 positions take 16 each, after the
// 27 rows of the filter were written, one in a cycle.
TEST_F(PimStudyPreset, TakesACycleForEveryBitOfAnInput) {
  EXPECT_EQ(layer_.evaluation.latency_cycles, 224 * 224 * 16 + 27);
  EXPECT_EQ(layer_.evaluation.bottleneck, "compute");
}

}  // namespace
}  // namespace ohmloop::test
