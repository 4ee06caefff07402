#include "ohmloop/arch/describe.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

TEST(Describe, CapacitiesAreShort) {
  EXPECT_EQ(bits_to_text(16), "16 bit");
  EXPECT_EQ(bits_to_text(512), "64 B");
  EXPECT_EQ(bits_to_text(64 * 1024 * 8), "64 KiB");
  EXPECT_EQ(bits_to_text(1536 * 8), "1.5 KiB");
  EXPECT_EQ(bits_to_text(513), "513 bit");
  EXPECT_EQ(bits_to_text(std::int64_t{1} << 23), "1 MiB");
}

TEST(Describe, ATreeWithCopiesSizesAndWhatIsKept) {
  EXPECT_EQ(to_text(arch_testing::read(find_preset("eyeriss"))),
            "eyeriss, 65 nm, 200 MHz, 16-bit inputs, 16-bit weights, 16-bit outputs\n"
            "source: Chen et al., JSSC 2017\n"
            "  dram: dram; unlimited; 64 bit wide; 19.2 bit/cycle; keeps input, weight, output\n"
            "  shared_glb: sram; 100 KiB; 64 bit wide; read 80, write 64 bit/cycle; keeps input, output; loops "
            "over N, G, M, C, E, F\n"
            "  filter_prefetch: sram\n"
            "  pe_column: 14 copies of what follows; map E, M\n"
            "    pe_row: x 14; 12 copies of what follows; map R, C, M, E\n"
            "      ifmap_spad: register_file; x 168; 192 bit; 16 bit wide; keeps input; no loops\n"
            "      filter_spad: sram; x 168; 448 B; 16 bit wide; keeps weight; loops over C, S; order S C\n"
            "      psum_spad: register_file; x 168; 384 bit; 16 bit wide; keeps output; loops over M\n"
            "      mac: int_mac; x 168; computes\n");
}

TEST(Describe, AnArrayShowsItsConvertersAndSlices) {
  const std::string text = to_text(arch_testing::read(find_preset("isaac")));
  for (const char* line : {"arrays of 128 x 128, 2 bit per cell, 1 bit of an input per step\n",
                           "adc: adc; x 16128; passes output; shared by 128; 8 bit\n",
                           "array: rram; x 264241152; 2 bit; 2 bit wide; keeps weight; programmed before inference",
                           "tile: 168 copies of what follows; map G, K, M; separate output\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nin\n" << text;
  }
}

}  // namespace
}  // namespace ohmloop
