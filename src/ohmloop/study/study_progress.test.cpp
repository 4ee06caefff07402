#include "ohmloop/study/study_progress.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "ohmloop/base/temporary_folder.hpp"
#include "ohmloop/study/result_store.hpp"
#include "ohmloop/study/store_copy.hpp"
#include "ohmloop/study/study_testing.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

/// Five points.
const char* const five = "ohmloop-study: 1\nname: five\nnetworks: [a, b, c, d, e]\nmetrics: [macs]\n";

class StudyProgresses : public ::testing::Test {
 protected:
  /// A shard that is being written for as long as the store lives.
  std::unique_ptr<ResultStore> begin(std::uint64_t shard, std::uint64_t shards, const std::string& text = five,
                                     const std::string& name = {}) const {
    const Study study = study_testing::study_of(text);
    const StoreLabel label = {.tool = "ohmloop 1",
                              .study = study.name,
                              .identity = study.identity,
                              .study_path = "my.yaml",
                              .study_text = text,
                              .shard = shard,
                              .shards = shards};
    const fs::path path = fs::path(folder_) / (name.empty() ? "shard-" + std::to_string(shard) : name);
    fs::create_directories(path);
    return ResultStore::create(path.string(), label);
  }

  static void find(ResultStore& store, std::uint64_t point, const std::string& failure = {}) {
    const std::string key = std::to_string(point);
    StoredResult result;
    result.failure = failure;
    if (failure.empty()) result.values.assign(metrics_of(MetricKind::network).size(), MetricValue(1.0));
    store.put_points(0, {{point, {key, "", ""}}});
    store.put(MetricKind::network, key, result);
    store.commit();
  }

  std::string refusal() const {
    try {
      read_progress(folder_, "ohmloop 1");
    } catch (const InputError& error) {
      return render(error.diagnostics());
    }
    return {};
  }

  const TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
};

TEST_F(StudyProgresses, CountWhileShardsAreWritten) {
  const auto first = begin(0, 3);
  const auto third = begin(2, 3);
  find(*first, 0);
  find(*first, 3, "no such chip");
  const StudyProgress progress = read_progress(folder_, "ohmloop 1");
  EXPECT_EQ(progress.study, "five");
  ASSERT_EQ(progress.shards.size(), 3U);
  const auto told = [](const ShardProgress& shard) {
    return std::vector<std::uint64_t>{shard.has_begun ? 1U : 0U, shard.points, shard.done, shard.failed};
  };
  EXPECT_EQ(told(progress.shards[0]), (std::vector<std::uint64_t>{1, 2, 2, 1}));
  EXPECT_EQ(told(progress.shards[1]), (std::vector<std::uint64_t>{0, 2, 0, 0}));
  EXPECT_EQ(told(progress.shards[2]), (std::vector<std::uint64_t>{1, 1, 0, 0}));
  EXPECT_EQ(told(progress.all()), (std::vector<std::uint64_t>{1, 5, 2, 1}));
  EXPECT_FALSE(progress.is_merged);
  find(*third, 2);
  EXPECT_EQ(read_progress(folder_, "ohmloop 1").all().done, 3U);
}

TEST_F(StudyProgresses, RefuseWhatIsNotOneSubmission) {
  EXPECT_NE(refusal().find("holds no shards of a study yet"), std::string::npos) << refusal();
  const auto first = begin(0, 2);
  const auto other = begin(1, 3);
  EXPECT_NE(refusal().find("'five'"), std::string::npos) << refusal();
  EXPECT_NE(refusal().find("shard 1/3"), std::string::npos) << refusal();
  fs::remove_all(folder_ + "/shard-1");
  const auto misnamed = begin(1, 2, five, "shard-7");
  EXPECT_NE(refusal().find("not of one submission"), std::string::npos) << refusal();
}

TEST_F(StudyProgresses, ShardsBeyondTheirNumberAreRefused) {
  const auto store = begin(7, 2);
  EXPECT_NE(refusal().find("not of one submission"), std::string::npos) << refusal();
  fs::remove_all(folder_ + "/shard-7");
  const auto huge = begin(0, std::uint64_t{1} << 60U);
  EXPECT_NE(refusal().find("more than there can be"), std::string::npos) << refusal();
}

TEST_F(StudyProgresses, OtherThingsInTheFolderAreLeftAlone) {
  const auto first = begin(0, 1);
  for (const char* name : {"shard-x", "shard-", "shard-99999999999999999999", "merging", "shard-1"}) {
    fs::create_directories(folder_ + "/" + name);
  }
  EXPECT_EQ(refusal(), "");
  EXPECT_THROW(read_progress(folder_ + "/nothing", "ohmloop 1"), IoError);
}

TEST_F(StudyProgresses, ACopyGoesWithItsObject) {
  const auto first = begin(0, 1);
  find(*first, 4);
  std::string path;
  {
    const StoreCopy copy(folder_ + "/shard-0");
    path = copy.folder();
    EXPECT_TRUE(ResultStore::open(path, "")->has(MetricKind::network, "4"));
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_THROW(StoreCopy(folder_ + "/nothing"), IoError);
}

}  // namespace
}  // namespace ohmloop
