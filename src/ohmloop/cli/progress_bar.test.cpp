#include "ohmloop/cli/progress_bar.hpp"

#include <sstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using Seconds = ProgressBar::Seconds;

class ProgressBarTest : public ::testing::Test {
 protected:
  std::ostringstream err_;
  Seconds now_{0};

  ProgressBar bar(ProgressStyle style) {
    return {err_, style, "layers", [this] { return now_; }};
  }
};

TEST_F(ProgressBarTest, StaysSilentWhenTheWorkIsShort) {
  {
    ProgressBar one = bar(ProgressStyle::bar);
    now_ = Seconds(0.4);
    one.update(11, 12);
  }
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ProgressBarTest, DrawsAfterHalfASecondAndClearsItself) {
  {
    ProgressBar one = bar(ProgressStyle::bar);
    now_ = Seconds(2);
    one.update(6, 12);
    EXPECT_NE(err_.str().find("layers 6/12 [===============               ]  0:02 left"), std::string::npos)
        << err_.str();
  }
  EXPECT_TRUE(err_.str().ends_with("\r\x1b[K"));
}

TEST_F(ProgressBarTest, NeverRunsBackwards) {
  ProgressBar one = bar(ProgressStyle::bar);
  now_ = Seconds(1);
  one.update(6, 12);
  now_ = Seconds(2);
  one.update(5, 12);
  EXPECT_EQ(err_.str().find("5/12"), std::string::npos);
}

TEST_F(ProgressBarTest, WritesPlainLinesWithoutEscapes) {
  {
    ProgressBar one = bar(ProgressStyle::plain);
    now_ = Seconds(9);
    one.update(1, 4);
    now_ = Seconds(10);
    one.update(2, 4);
  }
  EXPECT_EQ(err_.str(), "layers: 2 of 4  0:10 left\n");
}

TEST_F(ProgressBarTest, WritesNothingWithoutAStyle) {
  ProgressBar one = bar(ProgressStyle::none);
  now_ = Seconds(100);
  one.update(1, 2);
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ProgressBarTest, MayBeUpdatedFromManyThreads) {
  ProgressBar one = bar(ProgressStyle::bar);
  now_ = Seconds(1);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&one, t] {
      for (std::size_t i = 0; i < 100; ++i) one.update(4 * i + t, 400);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(err_.str().find("/400"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
