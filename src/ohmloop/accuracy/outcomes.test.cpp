#include "ohmloop/accuracy/outcomes.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(Outcomes, TheLargestScoreWinsAndTheFirstOfEqualOnes) {
  const std::vector<float> scores = {1, 5, 5, 2, 3, 4, 0};
  EXPECT_EQ(outcome_of(scores, 0).top1, 1);
  EXPECT_TRUE(outcome_of(scores, 1).in_top5);
  EXPECT_TRUE(outcome_of(scores, 3).in_top5);
  EXPECT_FALSE(outcome_of(scores, 0).in_top5);
  EXPECT_FALSE(outcome_of(scores, 6).in_top5);
}

TEST(Outcomes, EqualScoresCountInTheOrderOfClasses) {
  const std::vector<float> scores(8, 1.0F);
  EXPECT_EQ(outcome_of(scores, 0).top1, 0);
  EXPECT_TRUE(outcome_of(scores, 4).in_top5);
  EXPECT_FALSE(outcome_of(scores, 5).in_top5);
}

TEST(Outcomes, WhatIsNoNumberDecidesNothing) {
  const std::vector<float> scores = {1, std::numeric_limits<float>::quiet_NaN(), 3};
  EXPECT_EQ(outcome_of(scores, 2).top1, Outcome::no_number);
  EXPECT_FALSE(outcome_of(scores, 2).in_top5);
  EXPECT_EQ(outcome_of({}, 0).top1, Outcome::no_number);
}

}  // namespace
}  // namespace ohmloop
