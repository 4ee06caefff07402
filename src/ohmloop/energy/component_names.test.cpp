#include "ohmloop/energy/component_names.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {
namespace {

SourceFilePtr chip(const std::string& compute) {
  return std::make_shared<SourceFile>(SourceFile{
      "chip.yaml",
      "ohmloop: 1\ntechnology: 45 kg\nclock: 1 GHz\nbits: {input: 16, weight: 16, output: 16}\narchitecture:\n"
      "- !Memory {name: dram, class: drm, type: lpddr4, width: 64, keep: [input, weight, output]}\n"
      "- !Memory {name: glb, class: sram, size: 8 KiB, widht: 64}\n" +
          compute + "\n"});
}

TEST(ComponentNames, AreReportedBesideTheErrorsOfReading) {
  Diagnostics found;
  const auto architecture = read_what_is_there(chip("- !Compute {name: mac, class: int_mac}"), {}, found);
  ASSERT_TRUE(architecture.has_value());
  ASSERT_TRUE(found.has_errors());
  check_component_names(*architecture, found);
  const std::string text = render(found.all());
  EXPECT_NE(text.find("unknown unit 'kg'"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown class 'drm' of memory 'dram'"), std::string::npos) << text;
  EXPECT_NE(text.find("chip.yaml:6:31"), std::string::npos) << text;
  EXPECT_NE(text.find("unknown attribute 'widht' in memory 'glb'"), std::string::npos) << text;
}

TEST(ComponentNames, SayNothingOfWhatFollowsFromOtherErrors) {
  Diagnostics found;
  const auto architecture = read_what_is_there(chip("- !Compute {name: mac, class: int_mac}"), {}, found);
  ASSERT_TRUE(architecture.has_value());
  check_component_names(*architecture, found);
  EXPECT_EQ(render(found.all()).find("needs 'technology'"), std::string::npos);
  EXPECT_EQ(found.all().size(), 3U);
}

TEST(ComponentNames, KnownNamesAreNoErrors) {
  Diagnostics found;
  const Architecture isaac = read_architecture(find_preset("isaac"), {}, found);
  check_component_names(isaac, found);
  EXPECT_EQ(render(found.all()), "");
}

TEST(ComponentNames, WidthsMayLeaveTheUnitOutAsInTheNodesThemselves) {
  const auto multiply_pj = [](const std::string& bits) {
    const auto source = std::make_shared<SourceFile>(SourceFile{
        "chip.yaml",
        "ohmloop: 1\ntechnology: 45 nm\nclock: 1 GHz\nbits: {input: 16, weight: 16, output: 16}\narchitecture:\n"
        "- !Memory {name: dram, class: dram, type: lpddr4, width: 64, keep: [input, weight, output]}\n"
        "- !Compute {name: mac, class: int_mac, multiplier_bits: " +
            bits + ", adder_bits: 16}\n"});
    Diagnostics found;
    const Architecture architecture = read_architecture(source, {}, found);
    return estimate_reference_tables(architecture, found).of(architecture.compute()).actions.front().energy_pj;
  };
  EXPECT_EQ(multiply_pj("8"), multiply_pj("8 bit"));
  EXPECT_LT(multiply_pj("8"), multiply_pj("16"));
}

}  // namespace
}  // namespace ohmloop
