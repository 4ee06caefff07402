#include "ohmloop/network/reload_choice.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ohmloop {
namespace {

/// What has to be written, and whether that choice has room; a negative number if not.
std::int64_t written(const std::vector<ArrayDemand>& layers, const std::vector<bool>& stays, std::int64_t arrays) {
  std::int64_t kept = 0;
  std::int64_t largest = 0;
  std::int64_t elements = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (stays[i] && layers[i].always_written) return -1;
    if (stays[i]) {
      kept += layers[i].arrays;
    } else {
      largest = std::max(largest, layers[i].arrays);
      elements += layers[i].elements;
    }
  }
  return kept + largest <= arrays ? elements : -1;
}

std::int64_t fewest_by_trying_all(const std::vector<ArrayDemand>& layers, std::int64_t arrays) {
  std::int64_t fewest = -1;
  for (std::size_t bits = 0; bits < (std::size_t{1} << layers.size()); ++bits) {
    std::vector<bool> stays(layers.size());
    for (std::size_t i = 0; i < layers.size(); ++i) stays[i] = ((bits >> i) & 1U) != 0;
    const std::int64_t elements = written(layers, stays, arrays);
    if (elements >= 0 && (fewest < 0 || elements < fewest)) fewest = elements;
  }
  return fewest;
}

RC_GTEST_PROP(ReloadChoice, WritesAsFewElementsAsAnyChoice, ()) {
  const auto arrays = *rc::gen::inRange<std::int64_t>(1, 40);
  const auto layers = *rc::gen::container<std::vector<ArrayDemand>>(rc::gen::build<ArrayDemand>(
      rc::gen::set(&ArrayDemand::arrays, rc::gen::inRange<std::int64_t>(1, arrays + 1)),
      rc::gen::set(&ArrayDemand::elements, rc::gen::inRange<std::int64_t>(0, 1000)),
      rc::gen::set(&ArrayDemand::always_written, rc::gen::map(rc::gen::inRange(0, 5), [](int n) { return n == 0; }))));
  RC_PRE(layers.size() <= 10U);
  const std::vector<bool> stays = layers_that_stay(layers, arrays);
  RC_ASSERT(written(layers, stays, arrays) == fewest_by_trying_all(layers, arrays));
}

TEST(ReloadChoice, EverythingStaysWhereItFits) {
  EXPECT_EQ(layers_that_stay({{3, 10}, {2, 10}}, 5), (std::vector<bool>{true, true}));
  EXPECT_EQ(layers_that_stay({{3, 10}, {2, 10, true}}, 5), (std::vector<bool>{true, false}));
}

TEST(ReloadChoice, TheLargestThatTakesTurnsNeedsRoom) {
  // Keeping the first would leave 4 of 10 arrays, too few for the second.
  EXPECT_EQ(layers_that_stay({{6, 100}, {5, 60}, {4, 50}}, 10), (std::vector<bool>{false, false, true}));
  EXPECT_EQ(layers_that_stay({{6, 100}, {5, 60}, {4, 50}}, 11), (std::vector<bool>{true, false, false}));
}

TEST(ReloadChoice, ManyArraysAreCountedInBundlesAndTheChoiceStillHasRoom) {
  const std::vector<ArrayDemand> layers = {{60'001, 10}, {30'000, 7}, {30'003, 7}, {20'001, 3}};
  const std::vector<bool> stays = layers_that_stay(layers, 120'000);
  EXPECT_GE(written(layers, stays, 120'000), 0);
}

}  // namespace
}  // namespace ohmloop
