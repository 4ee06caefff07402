#include "ohmloop/study/study_folder.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/base/temporary_folder.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

class StudyFolders : public ::testing::Test {
 protected:
  [[nodiscard]] std::string in(const std::string& name) const { return folder_ + "/" + name; }

  static StoreLabel label() {
    StoreLabel label;
    label.tool = "ohmloop 1";
    label.study = "s";
    label.identity = "i";
    label.study_text = "text";
    return label;
  }

  static StoredResult result(double value) {
    StoredResult result;
    result.values.assign(metrics_of(MetricKind::network).size(), MetricValue(value));
    result.values.front() = std::int64_t{1} << 60;
    result.values.back() = {};
    result.warnings = {"one", "two\nlines"};
    return result;
  }

  template <class Open>
  static std::string refusal(const Open& open) {
    try {
      open();
    } catch (const InputError& error) {
      return render(error.diagnostics());
    }
    return {};
  }

  const TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
};

TEST_F(StudyFolders, KeepWhatWasPut) {
  {
    StudyFolder folder(in("a/b"), label(), false);
    folder.store().put(MetricKind::network, "k", result(0.1));
    folder.store().put_points(0, {{7, {"k", "", ""}}, {3, {"k", "c", "a"}}});
    folder.store().set_inputs({{"z", "1"}, {"a", "2"}});
  }
  StudyFolder folder(in("a/b"), label(), true);
  ResultStore& store = folder.store();
  const auto read = store.get(MetricKind::network, "k");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->values, result(0.1).values) << "whole numbers stay whole, others have all their bits";
  EXPECT_EQ(read->warnings, (std::vector<std::string>{"one", "two lines"}));
  EXPECT_FALSE(store.has(MetricKind::cost, "k"));
  std::string points;
  store.for_each_point(0,
                       [&](std::uint64_t point, const PointKeys& keys) { points += std::to_string(point) + keys[1]; });
  EXPECT_EQ(points, "3c7");
  EXPECT_EQ(store.inputs().front().path, "z");
  EXPECT_EQ(store.results(), 1);
}

TEST_F(StudyFolders, RefuseOthers) {
  { StudyFolder(in("a"), label(), false).store().put(MetricKind::network, "k", result(1)); }
  EXPECT_NE(refusal([&] { StudyFolder(in("a"), label(), false); }).find("--resume"), std::string::npos);
  StoreLabel other = label();
  other.tool = "ohmloop 2";
  const std::string version = refusal([&] { StudyFolder(in("a"), other, true); });
  EXPECT_NE(version.find("holds results of ohmloop 1"), std::string::npos) << version;
  EXPECT_NE(version.find("this is ohmloop 2"), std::string::npos) << version;
  other = label();
  other.quick = true;
  EXPECT_NE(refusal([&] { StudyFolder(in("a"), other, true); }).find("the full form"), std::string::npos);
  EXPECT_EQ(refusal([&] { StudyFolder(in("a"), label(), true); }), "");
}

TEST_F(StudyFolders, AreTakenByOne) {
  const StudyFolder first(in("a"), label(), false);
  const std::string said = refusal([&] { StudyFolder(in("a"), label(), true); });
  EXPECT_NE(said.find("process " + std::to_string(::getpid())), std::string::npos) << said;
}

TEST_F(StudyFolders, AnEmptyFileIsNoStoreYet) {
  fs::create_directories(in("a"));
  write_file_atomically(in("a/results.sqlite"), "");
  EXPECT_EQ(refusal([&] { StudyFolder(in("a"), label(), false); }), "");
  EXPECT_THROW(StudyFolder(in("a/results.sqlite"), label(), false), IoError);
}

TEST_F(StudyFolders, AStoreThatWasNeverFinishedIsNone) {
  fs::create_directories(in("a"));
  write_file_atomically(in("a/results.sqlite.new"), "what a kill -9 has left of a new store");
  write_file_atomically(in("a/results.sqlite.new-journal"), "and of its log");
  EXPECT_EQ(refusal([&] { StudyFolder(in("a"), label(), true); }), "");
  EXPECT_EQ(ResultStore::open(in("a"), "")->label().study, "s");
  EXPECT_FALSE(fs::exists(in("a/results.sqlite.new")));
  EXPECT_FALSE(fs::exists(in("a/results.sqlite.new-journal")));
}

TEST_F(StudyFolders, ShardsOfDifferentInputsAreNotMerged) {
  StoreLabel shard = label();
  shard.shards = 2;
  { StudyFolder(in("a"), shard, false).store().set_inputs({{"chip", "1"}}); }
  shard.shard = 1;
  { StudyFolder(in("b"), shard, false).store().set_inputs({{"chip", "2"}}); }
  const StoreLabel merged = label_of_shards({in("a"), in("b")}, "ohmloop 1");
  EXPECT_EQ(merged.shards, 1U);
  StudyFolder folder(in("c"), merged, false);
  const std::string said = refusal([&] { merge_shards({in("a"), in("b")}, "ohmloop 1", folder); });
  EXPECT_NE(said.find("'chip' had other contents"), std::string::npos) << said;
}

}  // namespace
}  // namespace ohmloop
