#include "ohmloop/timeloop/writing/mapping_yaml.hpp"

#include <gtest/gtest.h>

#include "ohmloop/timeloop/reading/reading_testing.hpp"

namespace ohmloop::timeloop {
namespace {

using namespace testing_timeloop;

std::string text_of(const std::vector<Loop>& loops) {
  std::string text;
  for (const Loop& loop : loops) {
    text += std::to_string(loop.dimension) + ":" + std::to_string(loop.bound) + "," + std::to_string(loop.last_bound) +
            "/" + std::to_string(static_cast<int>(loop.kind)) + " ";
  }
  return text;
}

/// All reference cases, whoever found their mappings.
TEST(MappingYaml, GivesTheSameNestAgain) {
  if (peers_are_absent()) GTEST_SKIP() << no_peers;
  for (const PeerCase& one : peer_cases()) {
    TimeloopSpec spec = spec_of_peers(one.files);
    Diagnostics diagnostics;
    const auto nest = to_nest(spec, diagnostics, nest_options_of(spec));
    ASSERT_TRUE(nest) << one.name;
    std::vector<SourceFilePtr> files;
    for (const std::string& path : one.files) {
      if (path.find(".map") == std::string::npos && path.find("/map.") == std::string::npos) {
        files.push_back(read_source_file(peers_folder() + path));
      }
    }
    const bool has_map_file = files.size() < one.files.size();
    if (!has_map_file) continue;
    files.push_back(testing_text::source_of(mapping_yaml(*nest), "written.yaml"));
    TimeloopSpec again_spec = read_timeloop_spec(files, diagnostics);
    ASSERT_FALSE(diagnostics.has_errors()) << one.name << ": " << diagnostics.all().front().message;
    const auto again = to_nest(again_spec, diagnostics, nest_options_of(again_spec));
    ASSERT_TRUE(again) << one.name;
    for (std::size_t i = 0; i < nest->levels.size(); ++i) {
      EXPECT_EQ(text_of(nest->levels[i].loops), text_of(again->levels[i].loops)) << one.name;
      for (std::size_t d = 0; d < nest->levels[i].rules.size(); ++d) {
        EXPECT_EQ(nest->levels[i].rules[d].keep, again->levels[i].rules[d].keep) << one.name;
      }
    }
    const TimeloopResult before = evaluate(*nest, spec.counting);
    const TimeloopResult after = evaluate(*again, again_spec.counting);
    EXPECT_EQ(before.energy_pj, after.energy_pj) << one.name;
    EXPECT_EQ(before.cycles, after.cycles) << one.name;
  }
}

}  // namespace
}  // namespace ohmloop::timeloop
