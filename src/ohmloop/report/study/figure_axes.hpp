#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure.hpp"
#include "ohmloop/report/study/figure_points.hpp"

namespace ohmloop {

/// The unit in which people read values of the metric up to `largest`: mJ, ms, mm2, percent; nothing: its own.
std::optional<DisplayUnit> display_unit(const Metric& metric, double largest);

/// An axis of metrics in the unit that suits its largest value: energies in mJ, shares in percent.
struct MetricAxis {
  FigureAxis axis;
  double in_unit = 1;  ///< what one of the axis' unit is in the metrics' own

  [[nodiscard]] double shown(double value) const { return value / in_unit; }
};

/// Title and unit come from the table of metrics. All metrics have one unit.
MetricAxis metric_axis(const std::vector<std::string>& metrics, const FigurePoints& points, bool logarithmic = false);
/// Shares as parts of a whole, where they are: from 0 to 100 %.
void limit_shares(FigureAxis& axis, const std::vector<std::string>& metrics);

/// Where points stand along an axis of the study or a metric.
struct Abscissa {
  FigureAxis axis;
  std::vector<std::string> categories;                                     ///< empty: numbers
  std::function<std::optional<double>(const StudyPoint& point)> position;  ///< nothing: no result
  bool is_metric = false;
};
/// Values that are numbers, all with the same unit or none, are; others are categories in the axis' order. Logarithmic
/// axes count in powers of two where all values are such.
Abscissa abscissa_of(const std::string& column, const FigurePoints& points, bool logarithmic);

/// "rows = columns", "bits of the weights".
std::string axis_title(const std::string& column, const FigurePoints& points);

/// "energy: dynamic energy of the network".
std::string meaning_of(const std::string& metric);

}  // namespace ohmloop
