#include "ohmloop/study/point_space.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/study/study_testing.hpp"

namespace ohmloop {
namespace {

using namespace study_testing;

StudyPart random_part() {
  StudyPart part;
  const auto kinds = std::vector{AxisKind::network, AxisKind::architecture, AxisKind::keys,
                                 AxisKind::keys,    AxisKind::weight_bits,  AxisKind::noise};
  for (const AxisKind kind : kinds) {
    StudyAxis axis;
    axis.kind = kind;
    axis.columns = {"key" + std::to_string(part.axes.size())};
    const int count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) axis.values.push_back({std::to_string(i), i, {}});
    part.axes.push_back(std::move(axis));
  }
  return part;
}

RC_GTEST_PROP(PointSpace, CountsThroughTheProductWithTheLastAxisFastest, ()) {
  const StudyPart part = random_part();
  const PointSpace space(part);
  PointSpace::Choice before;
  for (std::uint64_t point = 0; point < space.size(); ++point) {
    const PointSpace::Choice choice = space.choice(point);
    RC_ASSERT(before.empty() || before < choice);
    for (std::size_t i = 0; i < choice.size(); ++i) RC_ASSERT(choice[i] < part.axes[i].values.size());
    before = choice;
  }
  std::uint64_t product = 1;
  for (const StudyAxis& axis : part.axes) product *= axis.values.size();
  RC_ASSERT(space.size() == product);
}

RC_GTEST_PROP(PointSpace, PointsShareAChipExactlyIfNothingElseDiffers, ()) {
  const StudyPart part = random_part();
  const PointSpace space(part);
  std::set<std::uint64_t> chips;
  std::set<std::uint64_t> accuracies;
  std::set<std::string> descriptions;
  for (std::uint64_t point = 0; point < space.size(); ++point) {
    const PointSpace::Choice choice = space.choice(point);
    chips.insert(space.chip(choice));
    accuracies.insert(space.accuracy(choice));
    std::string text = std::to_string(space.value_index(choice, AxisKind::architecture));
    for (const PlacedText& one : space.overrides(choice)) text += one.text + ";";
    descriptions.insert(text);
  }
  RC_ASSERT(chips.size() == space.chips());
  RC_ASSERT(descriptions.size() == space.chips());
  RC_ASSERT(*chips.rbegin() == space.chips() - 1);
  RC_ASSERT(accuracies.size() == part.axes[0].values.size() * part.axes[4].values.size() * part.axes[5].values.size());
}

TEST(PointSpace, OverridesAreWhatSetTakes) {
  const Study study = study_of(with_axes("  rows,columns: [64, 128]\n  weight_bits: [4, 8]\n  adc: [4 bit, 5 bit]\n") +
                               "set: {cell: 8 bit}\n");
  const PointSpace space(study.parts.front());
  EXPECT_EQ(space.size(), 16U);
  std::string text;
  for (const PlacedText& one : space.overrides(space.choice(15))) text += one.text + ";";
  EXPECT_EQ(text, "cell=8 bit;rows=128;columns=128;adc=5 bit;");
  EXPECT_EQ(count_points(study), 16);
  EXPECT_EQ(product_text(study), "2 networks x 2 x 2 x 2");
}

TEST(PointSpace, AxesThatSetKeysChangeChipAndAccuracyTogether) {
  const Study study = study_of(with_axes(
      "  weight_bits: {bits: [4, 8], sets: [weight_bits, sum_bits]}\n  input_bits: [4, 8]\n  adc: [4 bit]\n"));
  const PointSpace space(study.parts.front());
  EXPECT_EQ(space.size(), 8U);
  EXPECT_EQ(space.chips(), 2U);
  std::set<std::pair<std::uint64_t, std::uint64_t>> both;
  std::string text;
  for (std::uint64_t point = 0; point < 4; ++point) {  // of one network
    both.insert({space.chip(space.choice(point)), space.accuracy(space.choice(point))});
    for (const PlacedText& one : space.overrides(space.choice(point))) text += one.text + ";";
  }
  EXPECT_EQ(both.size(), 4U);
  EXPECT_EQ(text,
            "weight_bits=4 bit;sum_bits=4 bit;adc=4 bit;weight_bits=4 bit;sum_bits=4 bit;adc=4 bit;"
            "weight_bits=8 bit;sum_bits=8 bit;adc=4 bit;weight_bits=8 bit;sum_bits=8 bit;adc=4 bit;");
}

}  // namespace
}  // namespace ohmloop
