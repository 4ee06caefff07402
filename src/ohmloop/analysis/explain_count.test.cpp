#include "ohmloop/analysis/explain_count.hpp"

#include <gtest/gtest.h>

#include "ohmloop/analysis/fuzzing/random_nest.hpp"

namespace ohmloop {
namespace {

std::int64_t counted(const TensorActions& actions, CountedAction action) {
  switch (action) {
    case CountedAction::reads:
      return actions.reads;
    case CountedAction::fills:
      return actions.fills;
    case CountedAction::updates:
      return actions.updates;
    case CountedAction::drains:
      return actions.drains;
  }
  return -1;
}

TEST(ExplainCount, EveryDerivationEndsAtTheCountedNumber) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RandomNest nest = random_nest(seed, 1000);
    const Counts counts = count_actions(nest.einsum, nest.architecture, nest.mapping);
    for (std::size_t node = 0; node < nest.architecture.nodes.size(); ++node) {
      for (const Role role : all_roles) {
        if (!counts.memories[node].keeps[role_index(role)]) continue;
        for (const CountedAction action :
             {CountedAction::reads, CountedAction::fills, CountedAction::updates, CountedAction::drains}) {
          for (const bool busiest : {true, false}) {
            const auto derivation =
                explain_count(nest.einsum, nest.architecture, nest.mapping, {action, NodeId(node), role, busiest});
            const MemoryCounts& memory = counts.memories[node];
            const auto& actions = (busiest ? memory.busiest : memory.total)[role_index(role)];
            ASSERT_EQ(derivation.count, counted(actions, action)) << describe(nest) << derivation.text;
            ASSERT_TRUE(derivation.text.ends_with(std::to_string(derivation.count) + "\n")) << derivation.text;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace ohmloop
