#include "ohmloop/mapping/read_mapping.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

const char* chip = R"(ohmloop: 1
clock: 1 GHz
bits: {input: 8, weight: 8, output: 16}
architecture:
- !Memory {name: dram, class: dram, keep: [input, weight, output]}
- !Memory {name: glb, class: sram, size: 64 bit, width: 8 bit}
- !Container {name: pe, fanout: 4, loops: {ranks: [M]}}
- !Compute {name: mac, class: int_mac}
)";

/// M = 8 filters over C = 3 channels.
class MappingFileTest : public testing::Test {
 protected:
  MappingFileTest() : arch(arch_testing::read(arch_testing::file(chip))) {
    einsum = conv_einsum("fc", fully_connected(1, 3, 8), arch.bits);
    einsum.tensors[1].name = "Weights";
  }

  std::optional<MappingFile> read(const std::string& text, Diagnostics& diagnostics) {
    const YamlNode root = parse_yaml(testing_text::source_of(text, "mapping.yaml"), diagnostics);
    std::optional<MappingFile> file = read_mapping(*root.find("mapping"), einsum, arch, diagnostics);
    if (file) report_violations(*file, einsum, arch, diagnostics);
    return file;
  }

  std::string complaints(const std::string& steps) {
    Diagnostics diagnostics;
    read("mapping:\n- {keep: dram, tensors: [input, weight, output]}\n" + steps, diagnostics);
    return render(diagnostics.all());
  }

  Architecture arch;
  Einsum einsum;
};

TEST_F(MappingFileTest, ReadsWhatWasWritten) {
  Diagnostics diagnostics;
  const auto file = read(
      "mapping:\n- {keep: dram, tensor: input}\n- {keep: dram, tensor: weight}\n- {keep: dram, tensor: output}\n"
      "- {for: M, bound: 2}\n- {for: M, bound: 4, across: pe}\n- {for: C, bound: 3}\n",
      diagnostics);
  ASSERT_TRUE(file) << render(diagnostics.all());
  EXPECT_EQ(render(diagnostics.all()), "");
  const auto again = read(to_yaml(einsum, arch, file->mapping), diagnostics);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->mapping, file->mapping);
}

TEST_F(MappingFileTest, TakesATensorsOwnNameSeveralTensorsAndLoopsOfOne) {
  EXPECT_EQ(complaints("- {for: M, bound: 8}\n- {for: E, bound: 1}\n- {keep: glb, tensor: Weights}\n"
                       "- {for: C, bound: 3}\n"),
            "");
}

TEST_F(MappingFileTest, NamesTheRankWhoseFactorsFallShort) {
  EXPECT_EQ(complaints("- {for: M, bound: 2}\n- {for: M, bound: 3}\n- {for: C, bound: 3}\n"),
            R"(error: the loops over M cover 6 of 8 (2 x 3)
 --> mapping.yaml:4:19
  |
4 | - {for: M, bound: 3}
  |                   ^
)");
}

TEST_F(MappingFileTest, NamesARankWithoutLoops) {
  EXPECT_NE(complaints("- {for: M, bound: 8}\n").find("no loop runs over C, which has size 3"), std::string::npos);
}

TEST_F(MappingFileTest, SaysByHowMuchABufferIsTooSmall) {
  EXPECT_EQ(complaints("- {keep: glb, tensor: weight}\n- {keep: glb, tensor: input}\n- {for: M, bound: 8}\n"
                       "- {for: C, bound: 3}\n"),
            R"(error: 'glb' needs 216 bits (weight 24 x 8, input 3 x 8), has 64
 --> mapping.yaml:4:23
  |
4 | - {keep: glb, tensor: input}
  |                       ^^^^^ 152 bits too many
)");
}

TEST_F(MappingFileTest, SaysByHowMuchAFanOutIsTooSmall) {
  EXPECT_EQ(complaints("- {for: M, bound: 8, across: pe}\n- {for: C, bound: 3}\n"),
            R"(error: 'pe' needs 8 copies (M 8), has 4
 --> mapping.yaml:3:19
  |
3 | - {for: M, bound: 8, across: pe}
  |                   ^ 4 copies too many
)");
}

TEST_F(MappingFileTest, SuggestsTheNearestNames) {
  EXPECT_EQ(complaints("- {for: MM, bound: 8}\n- {keep: glob, tensor: wight}\n- {for: C, bound: 3, across: glb}\n"),
            R"(error: the loop runs over an unknown rank 'MM'
 --> mapping.yaml:3:9
  |
3 | - {for: MM, bound: 8}
  |         ^^ did you mean 'M'?
  = ranks of 'fc': N, G, M, C, E, F, R, S

error: 'chip' has no memory 'glob'
 --> mapping.yaml:4:10
  |
4 | - {keep: glob, tensor: wight}
  |          ^^^^ did you mean 'glb'?
  = memories: dram, glb

error: unknown tensor 'wight'
 --> mapping.yaml:4:24
  |
4 | - {keep: glob, tensor: wight}
  |                        ^^^^^ did you mean 'weight'?
  = tensors: input, weight, Weights, output

error: 'glb' is no fan-out
 --> mapping.yaml:5:30
  |
5 | - {for: C, bound: 3, across: glb}
  |                              ^^^
  = fan-outs: pe
)");
}

TEST_F(MappingFileTest, NamesAMissingLevel) {
  Diagnostics diagnostics;
  read("mapping:\n- {keep: dram, tensors: [input, output]}\n- {for: M, bound: 8}\n- {for: C, bound: 3}\n", diagnostics);
  EXPECT_NE(render(diagnostics.all()).find("weight is not kept by 'dram', the outermost memory that may keep it"),
            std::string::npos);
}

TEST_F(MappingFileTest, SaysWhereAConstraintWasAskedFor) {
  const std::string text = complaints("- {for: M, bound: 8}\n- {for: C, bound: 3, across: pe}\n");
  EXPECT_NE(text.find("'pe' has a loop over C of 3, allowed are loops over M"), std::string::npos);
  EXPECT_NE(text.find("asked for at chip.yaml:7:"), std::string::npos);
}

TEST_F(MappingFileTest, AStepIsEitherAKeepOrALoop) {
  EXPECT_NE(complaints("- {for: M, keep: glb}\n").find("either keeps a tensor or is a loop"), std::string::npos);
  EXPECT_NE(complaints("- {for: M, bound: 0}\n").find("must be at least 1"), std::string::npos);
  EXPECT_NE(complaints("- {for: M}\n").find("needs the key 'bound'"), std::string::npos);
  EXPECT_NE(complaints("- {for: M, bound: 2, accross: pe}\n").find("did you mean 'across'?"), std::string::npos);
  EXPECT_NE(complaints("- just text\n").find("expected a map"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
