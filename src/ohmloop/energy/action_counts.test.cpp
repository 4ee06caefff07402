#include "ohmloop/energy/action_counts.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "ohmloop/energy/instance_names.hpp"
#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;
using testing_text::tree_of;

struct Read {
  ActionCounts counts;
  std::string errors;
};

Read read(const std::string& text) {
  const YamlNode root = tree_of(text);
  Diagnostics diagnostics;
  ActionCounts counts = read_action_counts(*root.find("action_counts"), diagnostics);
  return {std::move(counts), render(diagnostics.all())};
}

TEST(ActionCounts, OfALocalListComeWithFullNamesAndArguments) {
  const Read one = read(R"(action_counts:
  version: 0.3
  local:
  - name: chip.glb
    action_counts:
    - counts: 31306
      name: idle
    - arguments: {address_delta: 2, data_delta: 1}
      counts: 1152
      name: fill
  - action_counts:
    - {counts: 7, name: mac_random, arguments: }
    name: chip.PE[0].mac
)");
  EXPECT_EQ(one.errors, "");
  ASSERT_EQ(one.counts.actions.size(), 3U);
  EXPECT_EQ(one.counts.actions[0].component, "chip.glb");
  EXPECT_EQ(one.counts.actions[0].action, "idle");
  EXPECT_EQ(one.counts.actions[0].count, 31306);
  EXPECT_EQ(one.counts.actions[1].arguments, (ActionArguments{{"address_delta", 2}, {"data_delta", 1}}));
  EXPECT_EQ(one.counts.actions[2].component, "chip.PE[0].mac");
  EXPECT_TRUE(one.counts.actions[2].arguments.empty());
}

TEST(ActionCounts, OfSubtreesHaveTheNamesAroundThem) {
  const Read one = read(R"(action_counts:
  version: 0.3
  runtime: 2 ms
  subtree:
  - name: chip
    local:
    - {name: glb, action_counts: [{name: read, counts: 5, tensor: input}]}
    subtree:
    - name: PE[0..3]
      local:
      - {name: mac, action_counts: [{name: compute, counts: 8}]}
)");
  EXPECT_EQ(one.errors, "");
  ASSERT_EQ(one.counts.actions.size(), 2U);
  EXPECT_EQ(one.counts.actions[0].component, "chip.glb");
  EXPECT_EQ(one.counts.actions[0].tensor, "input");
  EXPECT_EQ(one.counts.actions[1].component, "chip.PE[0..3].mac");
  EXPECT_EQ(one.counts.runtime_s, 0.002);
}

TEST(ActionCounts, ReportEverythingThatIsWrongAtOnce) {
  const std::string errors = read(R"(action_counts:
  runtime: 5
  local:
  - name: glb
    action_counts:
    - {name: read, counts: -1}
    - {name: write}
    - {counts: 4}
    - {name: update, count: 4}
    - {name: fill, counts: 3 pJ}
  - action_counts: []
  - {name: mac, action_counts: 5}
  subtree: 3
)")
                                 .errors;
  for (const std::string expected :
       {"for 'runtime' of action_counts", "'read' of 'glb' happened -1 times",
        "an action of 'glb' needs the key 'counts'", "an action of 'glb' needs the key 'name'",
        "did you mean 'counts'?", "expected a plain number for 'counts'",
        "a component of action_counts needs the key 'name'", "expected a list of actions for 'mac'",
        "expected a list for 'subtree'"}) {
    EXPECT_NE(errors.find(expected), std::string::npos) << expected << "\n" << errors;
  }
  EXPECT_NE(read("action_counts: {version: 0.3}").errors.find("neither 'local' nor 'subtree'"), std::string::npos);
}

TEST(ActionCounts, AreReadBackAsTheyWereWritten) {
  ActionCounts counts;
  counts.runtime_s = 0.1 + 0.2;
  counts.actions = {{"edram", "read", {}, 1.0 / 3, "input", {}, {}},
                    {"edram", "read", {{"address_delta", 2}, {"data_delta", 0.5}}, 9007199254740991.0, "", {}, {}},
                    {"array.multiply", "compute", {}, 1e18, "", {}, {}},
                    {"12", "true", {}, 0, "a: b\"c", {}, {}}};
  const Read again = read(write_action_counts(counts));
  EXPECT_EQ(again.errors, "");
  EXPECT_EQ(again.counts.runtime_s, counts.runtime_s);
  ASSERT_EQ(again.counts.actions.size(), counts.actions.size());
  for (std::size_t i = 0; i < counts.actions.size(); ++i) {
    const ActionCount& wanted = counts.actions[i];
    const ActionCount& found = again.counts.actions[i];
    EXPECT_EQ(found.component, wanted.component);
    EXPECT_EQ(found.action, wanted.action);
    EXPECT_EQ(found.arguments, wanted.arguments);
    EXPECT_EQ(found.count, wanted.count);
    EXPECT_EQ(found.tensor, wanted.tensor);
  }
}

TEST(ActionCounts, OfAccelergysExampleAreAllThere) {
  const std::string path = OHMLOOP_SOURCE_DIR "/../shared/peers/accelergy/eyeriss_like/input/action_counts.yaml";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no shared data beside the checkout";
  Diagnostics diagnostics;
  const YamlNode root = parse_yaml(read_source_file(path), diagnostics);
  const ActionCounts counts = read_action_counts(*root.find("action_counts"), diagnostics);
  EXPECT_EQ(render(diagnostics.all()), "");
  EXPECT_EQ(counts.actions.front().component, "eyeriss_like.weights_glb");
  EXPECT_EQ(counts.actions.back().component, "eyeriss_like.PE[166].mac");
  EXPECT_EQ(counts.actions.back().count, 19968);
}

TEST(InstanceName, HasItsRangesTakenOut) {
  const InstanceName name = parse_instance_name("chip.PE[0..167].lane[3].mac");
  EXPECT_EQ(name.base, "chip.PE.lane.mac");
  ASSERT_EQ(name.ranges.size(), 2U);
  EXPECT_EQ(name.ranges[0].at, 7U);
  EXPECT_EQ(name.ranges[0].last, 167);
  EXPECT_EQ(name.ranges[1].first, 3);
  EXPECT_EQ(parse_instance_name("a[x].b[3..1].c[").base, "a[x].b[3..1].c[");
}

TEST(InstanceIndex, FindsAComponentByItsInstances) {
  const InstanceIndex index({"chip.PE[0..167].mac", "chip.glb", "chip.PE[168..199].mac"});
  EXPECT_EQ(index.find("chip.PE[0].mac"), 0U);
  EXPECT_EQ(index.find("chip.PE[167].mac"), 0U);
  EXPECT_EQ(index.find("chip.PE[168].mac"), 2U);
  EXPECT_EQ(index.find("chip.PE[5..9].mac"), 0U);
  EXPECT_EQ(index.find("chip.PE[0..167].mac"), 0U);
  EXPECT_EQ(index.find("chip.glb"), 1U);
  EXPECT_EQ(index.find("chip.PE[200].mac"), std::nullopt);
  EXPECT_EQ(index.find("chip.PE[100..170].mac"), std::nullopt);
  EXPECT_EQ(index.find("chip.PE.mac"), std::nullopt) << "two components";
  EXPECT_EQ(index.find("chip.glb[0]"), std::nullopt);
}

}  // namespace
}  // namespace ohmloop
