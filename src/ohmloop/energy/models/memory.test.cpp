#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model_test.hpp"
#include "ohmloop/energy/technology.hpp"

namespace ohmloop {
namespace {

using model_test::bits;
using model_test::nanometres;
using model_test::plain;
using model_test::value_of;

struct PublishedMemory {
  double nm, depth, width;
  SramNumbers numbers;
};

void expect_near(const PublishedMemory& point, const SramNumbers& tolerance) {
  const SramNumbers model = sram_numbers(point.nm, point.depth, point.width);
  const auto message = [&] {
    return std::to_string(point.depth) + " x " + std::to_string(point.width) + " at " + std::to_string(point.nm);
  };
  EXPECT_NEAR(model.read_pj / point.numbers.read_pj, 1, tolerance.read_pj) << message();
  EXPECT_NEAR(model.write_pj / point.numbers.write_pj, 1, tolerance.write_pj) << message();
  EXPECT_NEAR(model.leakage_w / point.numbers.leakage_w, 1, tolerance.leakage_w) << message();
  EXPECT_NEAR(model.area_um2 / point.numbers.area_um2, 1, tolerance.area_um2) << message();
}

// Reference tables that Timeloop's baseline designs store (eyeriss_like's are those of 32 nm, whatever its file says);
// energies there include an address generator of 0.03 to 0.09 pJ, and leakage is per cycle of 1 ns.
TEST(SramModel, MeetsTheReferenceTablesOfTimeloopsBaselineDesigns) {
  const SramNumbers tolerance{.005, .005, 1, .005};
  expect_near({45, 16384, 64, {32.377775, 26.156875, 5.353e-6, 429745.6}}, tolerance);  // simple_output_stationary
  expect_near({32, 16384, 64, {18.183829, 14.137929, 5.652e-6, 217363.4}}, {.005, .005, .005, .005});  // eyeriss_like
  expect_near({45, 2048, 256, {51.870888, 66.310888, 3.241e-6, 199065.1}}, tolerance);                 // simba_like
}

// CACTI 7 itself, in the same configuration, at sizes between the model's points.
TEST(SramModel, MeetsCactiBetweenItsPoints) {
  const SramNumbers tolerance{.14, .08, .16, .06};
  expect_near({45, 192, 16, {.596414, .868252, 15.89e-9, 1392.21}}, tolerance);
  expect_near({65, 224, 16, {1.15712, 1.76389, 153.2e-9, 3280.94}}, tolerance);
  expect_near({65, 12800, 64, {52.327, 44.6046, 17.0921e-6, 727513}}, tolerance);
  expect_near({32, 1152, 16, {1.12411, 1.00132, 147.438e-9, 3967.58}}, tolerance);
  expect_near({45, 1000, 48, {4.46, 5.733, 196.3e-9, 19220}}, tolerance);
  expect_near({65, 3000, 24, {11.42, 8.686, 1.876e-6, 60030}}, tolerance);
}

struct BankedMemory {
  double nm, depth, width, banks, read_pj, write_pj;
};

// CACTI 7 in the same configuration; 22 and 90 nm were not fitted.
constexpr std::array<BankedMemory, 8> banked = {{{45, 16384, 64, 32, 27.7923, 28.5989},
                                                 {65, 12800, 64, 16, 46.217, 48.9533},
                                                 {65, 12800, 64, 32, 48.2424, 49.4946},
                                                 {65, 4096, 64, 4, 24.51, 28.08},
                                                 {32, 8192, 128, 16, 27.13, 30.41},
                                                 {45, 65536, 64, 32, 54.26, 53.35},
                                                 {22, 16384, 64, 32, 6.7441, 6.81919},
                                                 {90, 16384, 64, 32, 92.9564, 96.122}}};

TEST(SramModel, MeetsCactisBanksWithinTheResidualsOfItsHeader) {
  for (const BankedMemory& point : banked) {
    const SramNumbers model = sram_numbers(point.nm, point.depth, point.width, point.banks);
    const std::string at = std::to_string(point.depth) + " words at " + std::to_string(point.nm);
    EXPECT_NEAR(model.read_pj / point.read_pj, 1, .21) << at;
    EXPECT_NEAR(model.write_pj / point.write_pj, 1, .17) << at;
  }
  const SramNumbers whole = sram_numbers(45, 16384, 64, 32);
  EXPECT_NEAR(whole.leakage_w / 5.206816e-6, 1, .08);
  EXPECT_NEAR(whole.area_um2 / 530829, 1, .12);
}

TEST(SramModel, AnAccessCostsOneBankAndTheWiresToIt) {
  const double wires_pj = sram_bank_wires_pj(65, 12800, 64, 25);
  EXPECT_NEAR(sram_numbers(65, 12800, 64, 25).read_pj, sram_numbers(65, 512, 64).read_pj + wires_pj, 1e-12);
  EXPECT_NEAR(sram_numbers(65, 12800, 64, 25).write_pj, sram_numbers(65, 512, 64).write_pj + wires_pj, 1e-12);
  EXPECT_EQ(sram_bank_wires_pj(65, 12800, 64, 1), 0);
}

RC_GTEST_PROP(SramModel, WiresGrowWithTheNumberOfBanks, ()) {
  const double banks = *rc::gen::inRange(1, 64);
  const double nm = *rc::gen::elementOf(sram_technologies_nm());
  RC_ASSERT(sram_bank_wires_pj(nm, 8192, 64, banks + 1) > sram_bank_wires_pj(nm, 8192, 64, banks));
}

TEST(SramModel, IsAsFarFromOtherPublishedEnergiesAsItsHeaderSays) {
  EXPECT_NEAR(sram_numbers(45, 2048, 32).read_pj / 5, 1.05, .005);         // Horowitz, ISSCC 2014
  EXPECT_NEAR(sram_numbers(32, 128, 16).read_pj / .192, 1.48, .005);       // ISPASS 2020 PIM study
  EXPECT_NEAR(sram_numbers(32, 1024, 16).read_pj / 1.03, 1.04, .005);      // the same
  EXPECT_NEAR(sram_numbers(32, 1152, 16).read_pj / 1.23, .96, .005);       // the same
  EXPECT_NEAR(sram_numbers(45, 192, 16).read_pj / .824, .78, .005);        // eyeriss_like
  EXPECT_NEAR(sram_numbers(45, 16384, 64, 32).read_pj / 37.1, .74, .005);  // eyeriss_like
}

TEST(SramModel, IsKnownAtTheNodesOfCactiAlone) {
  EXPECT_EQ(sram_technologies_nm(), (std::vector<double>{22, 32, 45, 65, 90}));
  EXPECT_DOUBLE_EQ(sram_numbers(45, 1024, 64).read_pj, 6.137);
}

RC_GTEST_PROP(SramModel, EverythingGrowsWithSizeAndWidth, ()) {
  const double depth = *rc::gen::inRange(16, 262143);
  const double width = *rc::gen::inRange(1, 1023);
  const double nm = *rc::gen::elementOf(sram_technologies_nm());
  const SramNumbers here = sram_numbers(nm, depth, width);
  for (const SramNumbers& more : {sram_numbers(nm, depth + 1, width), sram_numbers(nm, depth, width + 1)}) {
    RC_ASSERT(more.read_pj > here.read_pj && more.write_pj > here.write_pj);
    RC_ASSERT(more.leakage_w > here.leakage_w && more.area_um2 > here.area_um2);
  }
}

struct PublishedScratchpad {
  double nm, depth, read_pj, write_pj, read_off, write_off;
};

// Words of 16 bits, with an address generator, of the reference tables that Timeloop's later eyeriss_like stores: its
// scratchpads are CACTI memories of 64 words of 32 bits, cut in proportion. The model follows the earlier tables; the
// last row is a register of Aladdin's (40 nm), which Timeloop's simple designs store for a scratchpad of one word.
TEST(ScratchpadModel, IsAsFarFromOtherPublishedEnergiesAsItsHeaderSays) {
  constexpr std::array<PublishedScratchpad, 5> published = {{{65, 12, .497023, .43577, -.64, -.58},
                                                             {65, 16, .613343, .536681, -.70, -.66},
                                                             {32, 12, .202442, .176713, -.524, -.455},
                                                             {32, 16, .2513, .2191, -.609, -.552},
                                                             {45, 1, .144, .144, -.14, -.14}}};
  for (const PublishedScratchpad& point : published) {
    const double model_pj = register_file_energy_pj(point.depth, 16) * energy_scale(45, point.nm);
    EXPECT_NEAR(model_pj / point.read_pj - 1, point.read_off, .005) << point.nm << " nm, " << point.depth << " words";
    EXPECT_NEAR(model_pj / point.write_pj - 1, point.write_off, .005) << point.nm << " nm, " << point.depth << " words";
  }
}

AttributeMap memory(double nm, double words, double width) {
  return {{"technology", nanometres(nm)}, {"size", bits(words * width)}, {"width", bits(width)}};
}

TEST(MemoryModel, ReadsAndWritesAreToldApart) {
  EXPECT_DOUBLE_EQ(value_of("sram", memory(65, 512, 64), "read"), sram_numbers(65, 512, 64).read_pj);
  EXPECT_DOUBLE_EQ(value_of("sram", memory(65, 512, 64), "write"), sram_numbers(65, 512, 64).write_pj);
  EXPECT_EQ(value_of("sram", memory(65, 512, 64), "idle"), 0);
}

TEST(MemoryModel, LeaksWhatCactiSays) {
  EXPECT_NEAR(value_of("sram", memory(32, 16384, 64), "leakage"), 5.64529e-6, 1e-10);
  EXPECT_DOUBLE_EQ(value_of("register_file", memory(32, 1024, 16), "leakage"), sram_numbers(32, 1024, 16).leakage_w);
}

TEST(MemoryModel, RejectsSizesOutsideItsRange) {
  EXPECT_THROW(value_of("sram", memory(45, 8, 16), "read"), std::invalid_argument);
  EXPECT_THROW(value_of("sram", memory(45, 1 << 19, 16), "read"), std::invalid_argument);
  EXPECT_THROW(value_of("sram", memory(45, 1024, 2048), "read"), std::invalid_argument);
}

// Accelergy's ERT for a buffer of 2 banks: address and data of an access may change or stay.
TEST(MemoryAccess, WithoutAChangeNothingIsSpent) {
  EXPECT_DOUBLE_EQ(switched_share(0, 0), 0);
  EXPECT_DOUBLE_EQ(switched_share(.5, 0), .15);
  EXPECT_DOUBLE_EQ(switched_share(0, 1), .7);
  EXPECT_DOUBLE_EQ(switched_share(1, 1), 1);
}

}  // namespace
}  // namespace ohmloop
