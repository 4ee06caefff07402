#include "ohmloop/study/study_results.hpp"

#include <algorithm>

#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/read_study.hpp"

namespace ohmloop {

namespace {

/// Where a column stands; it is added at the end if it is new.
template <class T>
std::size_t place_of(std::vector<T>& columns, const T& column) {
  const auto known = std::find(columns.begin(), columns.end(), column);
  if (known != columns.end()) return static_cast<std::size_t>(known - columns.begin());
  columns.push_back(column);
  return columns.size() - 1;
}

/// One part's share of the results.
class PartReader {
 public:
  PartReader(ResultStore& store, StudyResults& results, std::size_t part)
      : store_(store), results_(results), part_(results.study.parts[part]), index_(part), space_(part_) {
    for (const StudyAxis& axis : part_.axes) {
      std::vector<std::size_t>& columns = axis_columns_.emplace_back();
      for (const std::string& column : axis.columns) columns.push_back(place_of(results.axes, column));
    }
    for (const Metric* metric : part_.metrics) metric_columns_.push_back(place_of(results.metrics, metric));
  }

  /// `before`: points of the parts before this one.
  void read(std::uint64_t before) {
    const StoreLabel& label = results_.label;
    // The first number of this part that belongs to the shard.
    std::uint64_t expected = (label.shard + label.shards - before % label.shards) % label.shards;
    store_.for_each_point(index_, [&](std::uint64_t number, const PointKeys& keys) {
      for (; expected < number; expected += label.shards) miss(expected);
      add(number, keys);
      expected = number + label.shards;
    });
    for (; expected < space_.size(); expected += label.shards) miss(expected);
  }

 private:
  void miss(std::uint64_t number) {
    ++results_.missing_points;
    if (results_.missing.size() < StudyResults::most_listed) results_.missing.emplace_back(index_, number);
  }

  void add(std::uint64_t number, const PointKeys& keys) {
    if (number >= space_.size()) return;
    StudyPoint point;
    point.part = index_;
    point.number = number;
    point.values.resize(results_.axes.size());
    const PointSpace::Choice choice = space_.choice(number);
    for (std::size_t i = 0; i < choice.size(); ++i) {
      const AxisValue& value = part_.axes[i].values[choice[i]];
      for (const std::size_t column : axis_columns_[i]) point.values[column] = PointValue{value.text, value.number};
    }
    point.metrics.resize(results_.metrics.size());
    for (const MetricKind kind : all_metric_kinds) {
      if (!part_.wants(kind)) continue;
      const std::optional<StoredResult> result = store_.get(kind, keys[kind_index(kind)]);
      if (!result) {
        miss(number);
        return;
      }
      take(*result, kind, point);
    }
    results_.points.push_back(std::move(point));
  }

  void take(const StoredResult& result, MetricKind kind, StudyPoint& point) const {
    if (!result.failure.empty()) point.failure += (point.failure.empty() ? "" : "; ") + result.failure;
    point.warnings.insert(point.warnings.end(), result.warnings.begin(), result.warnings.end());
    if (result.values.empty()) return;
    const std::vector<const Metric*> stored = metrics_of(kind);
    for (std::size_t i = 0; i < part_.metrics.size(); ++i) {
      const auto place = std::find(stored.begin(), stored.end(), part_.metrics[i]);
      if (place == stored.end()) continue;
      point.metrics[metric_columns_[i]] = result.values[static_cast<std::size_t>(place - stored.begin())];
    }
  }

  ResultStore& store_;
  StudyResults& results_;
  const StudyPart& part_;
  std::size_t index_;
  PointSpace space_;
  std::vector<std::vector<std::size_t>> axis_columns_;
  std::vector<std::size_t> metric_columns_;
};

}  // namespace

StudyResults read_results(ResultStore& store) {
  StudyResults results;
  results.label = store.label();
  const auto text = std::make_shared<const SourceFile>(SourceFile{results.label.study_path, results.label.study_text});
  results.study = read_study(text, {.quick = results.label.quick});
  results.inputs = store.inputs();
  results.notes = store.notes();
  // All columns are known before the first row.
  std::vector<PartReader> parts;
  parts.reserve(results.study.parts.size());
  for (std::size_t part = 0; part < results.study.parts.size(); ++part) parts.emplace_back(store, results, part);
  std::uint64_t before = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    parts[part].read(before);
    before += PointSpace(results.study.parts[part]).size();
  }
  return results;
}

}  // namespace ohmloop
