#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/study/result_store.hpp"
#include "ohmloop/study/study.hpp"

namespace ohmloop {

/// A point's value on an axis.
struct PointValue {
  std::string text;
  std::optional<double> number;
};

/// One row of the results.
struct StudyPoint {
  std::size_t part = 0;
  std::uint64_t number = 0;                       ///< within its part
  std::vector<std::optional<PointValue>> values;  ///< per axis column; nothing where its part has no such axis
  std::string failure;                            ///< why metrics are missing; empty if all is there
  std::vector<MetricValue> metrics;               ///< per metric column
  std::vector<std::string> warnings;
};

/// What a folder of results says: plain values, for reports and figures.
struct StudyResults {
  Study study;
  StoreLabel label;
  std::vector<InputFile> inputs;
  std::map<std::string, std::string> notes;  ///< ResultStore::set_notes
  std::vector<std::string> axes;             ///< columns of all parts, in the order in which they come first
  std::vector<const Metric*> metrics;        ///< the same of the metrics
  std::vector<StudyPoint> points;            ///< part by part, in the order of their numbers
  /// Points of this shard, or of the study, that have not all of their results yet: part and number. At most
  /// `most_listed` of them; `missing_points` counts all.
  std::vector<std::pair<std::size_t, std::uint64_t>> missing;
  std::uint64_t missing_points = 0;

  static constexpr std::size_t most_listed = 10;
};

/// Reads the study from the store's own copy of its text. Throws InputError or IoError.
StudyResults read_results(ResultStore& store);

}  // namespace ohmloop
