#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::body;

class Preset : public testing::TestWithParam<std::string> {};

/// Fabricated macros whose ADC is far from telling all sums of a column apart, as a warning rightly says.
bool is_coarse(const std::string& preset) {
  return preset == "jia-2020" || preset == "neurram-2022" || preset == "raella-2023" || preset == "sinangil-2021" ||
         preset == "wang-2022";
}

TEST_P(Preset, IsReadWithoutAWarning) {
  const SourceFilePtr source = find_preset(GetParam());
  ASSERT_NE(source, nullptr);
  Diagnostics found;
  read_architecture(source, {}, found);
  if (!is_coarse(GetParam())) {
    EXPECT_EQ(render(found.all()), "");
    return;
  }
  ASSERT_EQ(found.all().size(), 1U) << render(found.all());
  EXPECT_NE(found.all().front().message.find("cannot tell all sums of a column of 'array' apart"), std::string::npos);
}

TEST_P(Preset, IsNamedAsItsFileAndCitesASource) {
  const Architecture architecture = arch_testing::read(find_preset(GetParam()));
  EXPECT_EQ(architecture.name, GetParam());
  EXPECT_NE(architecture.citation, "");
  EXPECT_NE(architecture.description, "");
  EXPECT_EQ(architecture.source->path, "preset:" + GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, Preset, testing::ValuesIn(preset_names()), [](const auto& each) {
  std::string name = each.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST(Presets, AreThoseThatTheManualNames) {
  EXPECT_EQ(preset_names(), (std::vector<std::string>{"colonnade-2021", "eyeriss", "isaac", "jia-2020", "neurram-2022",
                                                      "pim", "pim-ispass2020", "raella-2023", "simple-os", "simple-ws",
                                                      "sinangil-2021", "wang-2022"}));
}

TEST(Presets, AMisspeltNameIsAnsweredWithTheNearest) {
  try {
    open_architecture("isac");
    FAIL() << "there is no such preset";
  } catch (const InputError& error) {
    EXPECT_EQ(render(error.diagnostics()),
              "error: no preset and no file has the name 'isac'\n"
              "  = did you mean 'isaac'?\n"
              "  = presets: colonnade-2021, eyeriss, isaac, jia-2020, neurram-2022, pim, pim-ispass2020, raella-2023, "
              "simple-os, simple-ws, sinangil-2021, wang-2022\n"
              "  = or give the path of a file\n");
  }
}

TEST(Presets, APathThatIsNoFileCannotBeRead) {
  EXPECT_THROW(open_architecture("designs/isaac.yaml"), IoError);
  EXPECT_THROW(open_architecture("./isac"), IoError);
}

// Shafiee et al., ISCA 2016, Table I: 168 tiles of 12 IMAs of 8 arrays of 128 x 128 cells of 2 bits.
TEST(Presets, IsaacHasThePartsOfItsTable) {
  const Architecture isaac = arch_testing::read(find_preset("isaac"));
  const auto copies = [&](const char* name) { return isaac.instances(isaac.find(name).value()); };
  EXPECT_EQ(copies("edram"), 168);
  EXPECT_EQ(copies("input_register"), 168 * 12);
  EXPECT_EQ(copies("adc"), 168 * 12 * 8);
  EXPECT_EQ(copies("array"), 168LL * 12 * 8 * 128 * 128);
  const auto size = [&](const char* name) { return body<Memory>(isaac, name).size_bits.value(); };
  EXPECT_EQ(size("edram"), 64 * 1024 * 8);
  EXPECT_EQ(size("tile_register"), 3 * 1024 * 8);
  EXPECT_EQ(size("input_register"), 2 * 1024 * 8);
  EXPECT_EQ(size("output_register"), 256 * 8);
  EXPECT_EQ(body<Converter>(isaac, "adc").shared_by, 128);
  EXPECT_DOUBLE_EQ(isaac.node(*isaac.find("array")).step_seconds.value(), 100e-9);
  EXPECT_DOUBLE_EQ(isaac.node(*isaac.find("adc")).step_seconds.value(), 100e-9 / 128);
  EXPECT_EQ(isaac.clock_hertz, 1.2e9);
  EXPECT_DOUBLE_EQ(isaac.technology_nm.value(), 32);
}

// Chen et al., JSSC 2017: 12 x 14 PEs with 12, 224 and 24 words of 16 bits; 100 kB of GLB for ifmaps and psums.
TEST(Presets, EyerissHasThePartsOfItsPaper) {
  const Architecture eyeriss = arch_testing::read(find_preset("eyeriss"));
  EXPECT_EQ(eyeriss.instances(eyeriss.compute()), 168);
  const auto memory = [&](const char* name) -> const Memory& { return body<Memory>(eyeriss, name); };
  EXPECT_EQ(memory("ifmap_spad").size_bits, 12 * 16);
  EXPECT_EQ(memory("filter_spad").size_bits, 224 * 16);
  EXPECT_EQ(memory("psum_spad").size_bits, 24 * 16);
  EXPECT_EQ(memory("shared_glb").size_bits, 25 * 512 * 64);
  EXPECT_EQ(memory("shared_glb").placement[role_index(Role::weight)], Placement::bypass);
  EXPECT_DOUBLE_EQ(memory("dram").read_bandwidth_bits_per_cycle.value(), 64 * 60.0 / 200);
}

TEST(Presets, PimGrowsItsBuffersWithItsArrays) {
  const Architecture pim = arch_testing::read(find_preset("pim"), {"rows=512", "columns=256", "adc=11", "cell=4"});
  EXPECT_EQ(pim.array->rows, 512);
  EXPECT_EQ(pim.array->columns, 256);
  EXPECT_EQ(pim.array->bits_per_cell, 4);
  EXPECT_EQ(body<Memory>(pim, "input_register").size_bits, 12 * 512 * 8);
  EXPECT_EQ(body<Memory>(pim, "output_register").size_bits, 12 * 256 * 16);
  EXPECT_EQ(body<Converter>(pim, "adc").shared_by, 128);
  EXPECT_EQ(body<Converter>(arch_testing::read(find_preset("pim"), {"columns=64"}), "adc").shared_by, 64);
}

// 25.5 million weights of 8 bits in cells of 2 bits.
TEST(Presets, PimHasRoomForResNet50) {
  const Architecture pim = arch_testing::read(find_preset("pim"));
  EXPECT_EQ(pim.instances(pim.find("adc").value()), 64 * 12 * 12);
  EXPECT_GT(pim.instances(pim.compute()), 25'557'032 * 8LL / 2);
}

}  // namespace
}  // namespace ohmloop
