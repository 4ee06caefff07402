// Results that are kept with the built-in studies: they are those of the study files, and what is evaluated here.
#include <cmath>
#include <set>

#include "stored_study.hpp"
#include <gtest/gtest.h>

#include "ohmloop/study/built_in_studies.hpp"
#include "ohmloop/study/metrics.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/read_study.hpp"

namespace ohmloop::test {
namespace {

class BuiltInStudy : public testing::TestWithParam<std::string> {};

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param) name += c == '-' ? '_' : c;
  return name;
}

MetricKind kind_of(const std::string& column) { return find_metric(column)->kind(); }

/// By how much a share of so many images may differ from that of all: three and a half deviations.
double luck(double share, double images) { return 3.5 * std::sqrt(share * (1 - share) / images); }

void expect_same(const Row& quick, const Row& stored) {
  for (const auto& [column, text] : quick) {
    if (find_metric(column) == nullptr || column == "images" || text.empty()) continue;
    const double ours = number_of(quick, column);
    const double theirs = number_of(stored, column);
    if (kind_of(column) == MetricKind::accuracy) {
      if (column == "top1") EXPECT_NEAR(ours, theirs, luck(theirs, number_of(quick, "images")));
    } else {
      EXPECT_NEAR(ours, theirs, 1e-9 * std::abs(theirs)) << column;
    }
  }
}

TEST_P(BuiltInStudy, KeepsARowForEachPoint) {
  const Study study = read_study(find_built_in_study(GetParam()));
  const StoredStudy stored(GetParam());
  EXPECT_EQ(static_cast<double>(stored.all().size()), count_points(study));
  std::set<std::string> columns;
  for (const StudyPart& part : study.parts) {
    for (const StudyAxis& axis : part.axes) columns.insert(axis.columns.begin(), axis.columns.end());
    for (const Metric* metric : part.metrics) columns.insert(std::string(metric->name));
  }
  for (const Row& row : stored.all()) {
    EXPECT_EQ(row.at("failure"), "");
    for (const std::string& column : columns) EXPECT_EQ(row.count(column), 1U) << column;
  }
}

TEST_P(BuiltInStudy, AgreesWithItsQuickForm) {
  const StoredStudy stored(GetParam());
  const std::vector<Row> quick = read_rows(quick_results(GetParam()), "quick");
  ASSERT_FALSE(quick.empty());
  for (const Row& row : quick) {
    Where where;
    for (const auto& [column, cell] : row) {
      if (find_metric(column) == nullptr) where.emplace_back(column, cell);
    }
    const std::vector<Row> same = stored.rows(where);
    ASSERT_EQ(same.size(), 1U) << GetParam();
    expect_same(row, same.front());
  }
}

/// Their networks may be absent; what they ask for is right all the same.
TEST(SharedStudies, AreReadInBothForms) {
  for (const char* name : {"noise-networks", "weight-bits"}) {
    const std::string path = std::string(OHMLOOP_SOURCE_DIR "/studies/") + name + "/shared.yaml";
    for (const bool quick : {false, true}) {
      const Study study = read_study(read_source_file(path), {.quick = quick});
      EXPECT_EQ(study.name, std::string(name) + "-shared");
      EXPECT_GE(count_points(study), 20);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInStudy, testing::ValuesIn(built_in_study_names()), test_name);

}  // namespace
}  // namespace ohmloop::test
