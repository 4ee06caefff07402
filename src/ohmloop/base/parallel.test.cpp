#include "ohmloop/base/parallel.hpp"

#include <atomic>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

class ParallelFor : public testing::TestWithParam<std::size_t> {};

TEST_P(ParallelFor, calls_every_index_once) {
  std::vector<std::atomic<int>> calls(1000);
  parallel_for(calls.size(), GetParam(), [&](std::size_t index) { ++calls[index]; });
  for (const auto& count : calls) EXPECT_EQ(count.load(), 1);
}

TEST_P(ParallelFor, does_nothing_for_no_index) {
  parallel_for(0, GetParam(), [](std::size_t) { FAIL(); });
}

TEST_P(ParallelFor, rethrows_the_exception_of_the_lowest_index) {
  for (int repetition = 0; repetition < 50; ++repetition) {
    try {
      parallel_for(300, GetParam(), [](std::size_t index) {
        if (index % 100 == 37) throw std::runtime_error(std::to_string(index));
      });
      FAIL() << "no exception";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "37");
    }
  }
}

TEST_P(ParallelFor, calls_all_indices_below_a_failure) {
  std::vector<std::atomic<int>> calls(200);
  EXPECT_THROW(parallel_for(calls.size(), GetParam(),
                            [&](std::size_t index) {
                              ++calls[index];
                              if (index >= 100) throw std::runtime_error("late");
                            }),
               std::runtime_error);
  for (std::size_t index = 0; index < 100; ++index) EXPECT_EQ(calls[index].load(), 1);
}

TEST_P(ParallelFor, may_be_nested) {
  std::atomic<std::int64_t> sum = 0;
  parallel_for(20, GetParam(), [&](std::size_t outer) {
    parallel_for(20, GetParam(), [&](std::size_t inner) { sum += static_cast<std::int64_t>(outer * 20 + inner); });
  });
  EXPECT_EQ(sum.load(), 400 * 399 / 2);
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelFor, testing::Values(0, 1, 2, 7, 100000));

TEST(ParallelForOnOneThread, stays_on_the_callers_thread_in_order) {
  std::vector<std::size_t> order;
  std::set<std::thread::id> threads;
  parallel_for(50, 1, [&](std::size_t index) {
    order.push_back(index);
    threads.insert(std::this_thread::get_id());
  });
  for (std::size_t index = 0; index < 50; ++index) EXPECT_EQ(order.at(index), index);
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
}

TEST(AvailableThreads, is_at_least_one) { EXPECT_GE(available_threads(), 1U); }

}  // namespace
}  // namespace ohmloop
