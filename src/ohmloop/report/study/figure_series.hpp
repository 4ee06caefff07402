#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"
#include "ohmloop/report/study/figure_points.hpp"

namespace ohmloop {

/// "resnet18", "rows 128", "4-bit weights": a value of an axis that stands alone.
std::string series_word(const std::string& column, const std::string& value);

/// Gives each combination of values (and metric) a name and a place among the colours. Networks, or what the first
/// axis holds where there are none, have the place that they have in the whole study, so that they look the same in
/// all of its figures; the other axes change markers and dashes.
class SeriesNames {
 public:
  SeriesNames(const FigurePoints& points, std::vector<std::string> axes, const std::vector<std::string>& metrics);

  [[nodiscard]] FigureSeries of(const StudyPoint& point, std::size_t metric);

 private:
  const FigurePoints& points_;
  std::vector<std::string> axes_;
  std::vector<std::string> metrics_;
  std::optional<std::string> first_;       ///< the axis that has the colours
  std::vector<std::string> first_values_;  ///< of the whole study
  std::vector<std::string> others_;        ///< combinations of all else, as they come
};

}  // namespace ohmloop
