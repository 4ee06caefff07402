#include <gtest/gtest.h>

#include "ohmloop/analysis/fuzzing/random_nest.hpp"
#include "ohmloop/mapping/read_mapping.hpp"

namespace ohmloop {
namespace {

TEST(MappingFiles, RandomMappingsReadBackAsTheyWereWritten) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const RandomNest nest = random_nest(seed);
    const std::string text = to_yaml(nest.einsum, nest.architecture, nest.mapping);
    Diagnostics diagnostics;
    const YamlNode root = parse_yaml(std::make_shared<const SourceFile>(SourceFile{"mapping.yaml", text}), diagnostics);
    const auto file = read_mapping(*root.find("mapping"), nest.einsum, nest.architecture, diagnostics);
    ASSERT_TRUE(file) << text << render(diagnostics.all());
    Mapping expected = nest.mapping;
    std::erase_if(expected.steps, [](const MappingStep& step) {
      const Loop* loop = std::get_if<Loop>(&step);
      return loop != nullptr && loop->bound == 1;
    });
    EXPECT_EQ(file->mapping, expected) << text;
  }
}

}  // namespace
}  // namespace ohmloop
