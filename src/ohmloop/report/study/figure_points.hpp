#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// The points that a figure shows: of its part, with the values that `only` names.
class FigurePoints {
 public:
  /// Both must outlive it.
  FigurePoints(const FigureRequest& request, const StudyResults& results);

  [[nodiscard]] const std::vector<const StudyPoint*>& all() const { return points_; }
  [[nodiscard]] const StudyResults& results() const { return results_; }

  /// A point's value on an axis, or its part's name ("part"); empty where its part has no such axis.
  [[nodiscard]] std::string text(const StudyPoint& point, const std::string& column) const;
  /// Nothing where there is no result.
  [[nodiscard]] std::optional<double> metric(const StudyPoint& point, const std::string& name) const;
  /// All values of an axis in the whole study, in its order; of "part", the names of all parts.
  [[nodiscard]] std::vector<std::string> values(const std::string& column) const;
  /// Those of the figure's points.
  [[nodiscard]] std::vector<std::string> own_values(const std::string& column) const;
  /// Columns that always have the value of this one ("rows,columns"), itself first.
  [[nodiscard]] std::vector<std::string> columns_with(const std::string& column) const;
  /// `wanted`, and behind it the axes without which points of the same value of `x` would be one.
  [[nodiscard]] std::vector<std::string> telling_axes(const std::string& x, std::vector<std::string> wanted) const;

 private:
  [[nodiscard]] std::optional<std::size_t> axis_place(const std::string& column) const;

  const StudyResults& results_;
  std::vector<const StudyPoint*> points_;
  std::map<std::string, std::size_t, std::less<>> metric_places_;
};

/// Points that a figure can't show, by reason.
class LeftOutPoints {
 public:
  /// Of a metric that the point has no value for.
  void add(const StudyPoint& point);
  /// "2 points have no result: no legal mapping of conv1."; empty if there are none.
  [[nodiscard]] std::string sentence() const;

 private:
  std::map<std::string, std::map<std::pair<std::size_t, std::uint64_t>, bool>> reasons_;
};

}  // namespace ohmloop
