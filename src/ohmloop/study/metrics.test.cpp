#include "ohmloop/study/metrics.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "ohmloop/text/source.hpp"

namespace ohmloop {
namespace {

TEST(Metrics, HaveNamesThatAreColumnsOfATable) {
  std::set<std::string_view> names;
  for (const Metric& metric : metric_table()) {
    EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
    const bool plain = std::all_of(metric.name.begin(), metric.name.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    EXPECT_TRUE(plain) << metric.name;
    EXPECT_EQ(find_metric(metric.name), &metric);
    EXPECT_TRUE(metric.unit != "pJ" || metric.name.ends_with("_pj")) << "the unit stands in the name";
  }
  EXPECT_EQ(find_metric("energy"), nullptr);
}

TEST(Metrics, AreThoseOfTheirKind) {
  SweepCosts costs;
  costs.energy_pj = 3e12;
  costs.leakage_pj = 1e12;
  costs.latency_s = 2;
  const std::vector<MetricValue> values = metric_values(costs);
  const std::vector<const Metric*> metrics = metrics_of(MetricKind::cost);
  ASSERT_EQ(values.size(), metrics.size());
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    if (metrics[i]->name == "edp_js") EXPECT_DOUBLE_EQ(std::get<double>(values[i]), 8.0);
    if (metrics[i]->name == "arrays_used") EXPECT_TRUE(std::holds_alternative<std::monostate>(values[i]));
  }
  EXPECT_EQ(metric_values(PointAccuracy{}).size(), metrics_of(MetricKind::accuracy).size());
}

TEST(Metrics, TheManualListsThem) {
  const std::string manual = read_source_file(OHMLOOP_SOURCE_DIR "/docs/studies.md")->text;
  std::string row;
  for (const Metric& metric : metric_table()) {
    row += std::string(metric.name == metric_table().front().name ? "" : ", ") + "`" + std::string(metric.name) + "`";
  }
  EXPECT_NE(manual.find(row), std::string::npos) << "the table has changed; docs/studies.md must list\n" << row;
}

}  // namespace
}  // namespace ohmloop
