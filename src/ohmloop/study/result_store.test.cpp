#include "ohmloop/study/result_store.hpp"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "ohmloop/base/temporary_folder.hpp"

namespace ohmloop {
namespace {

class Stores : public ::testing::Test {
 protected:
  std::int64_t seen_by_others() const {
    Database other(ResultStore::path_in(folder_), Database::Mode::existing);
    Statement rows = other.prepare("SELECT count(*) FROM network_results");
    return rows.step() ? rows.integer(0) : -1;
  }

  static StoredResult some() { return {{}, {}, {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}}; }

  const TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
};

TEST_F(Stores, WhatWasPutIsWrittenWithoutAnyoneAsking) {
  const auto store = ResultStore::create(folder_, {});
  store->put(MetricKind::network, "a", some());
  store->put(MetricKind::network, "b", some());
  EXPECT_TRUE(store->has(MetricKind::network, "b"));
  constexpr int most_looks = 1000;
  for (int look = 0; look < most_looks && seen_by_others() < 2; ++look)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(seen_by_others(), 2);
}

TEST_F(Stores, CommitWritesAtOnceAndSoDoesTheEnd) {
  auto store = ResultStore::create(folder_, {});
  store->put(MetricKind::network, "a", some());
  store->commit();
  EXPECT_EQ(seen_by_others(), 1);
  store->put(MetricKind::network, "b", some());
  store.reset();
  EXPECT_EQ(seen_by_others(), 2);
}

TEST_F(Stores, PointsAndNotesDoNotWaitForResults) {
  const auto store = ResultStore::create(folder_, {});
  store->put(MetricKind::network, "a", some());
  store->put_points(0, {{0, {"a", "", ""}}});
  EXPECT_EQ(seen_by_others(), 1);
  store->put(MetricKind::network, "b", some());
  store->set_notes({{"constants", "[]"}, {"nest n", "{}"}});
  store->set_notes({{"constants", "[1]"}});
  EXPECT_EQ(store->notes(), (std::map<std::string, std::string>{{"constants", "[1]"}}));
}

}  // namespace
}  // namespace ohmloop
