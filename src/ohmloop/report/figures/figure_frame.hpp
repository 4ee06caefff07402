#pragma once

#include <string>

#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {

/// What stands around the plot area.
struct FigureFrame {
  double width_points = 0;
  double height_points = 0;
  std::string script;  ///< margins, axes, ticks, titles and legend
};

/// Title, then legend in as many columns as fit, then the plot area, then the axis: nothing overlaps, because every
/// part gets its own height and long names are shortened. Text has its size in print.
FigureFrame frame_plot(const Plot& plot, const std::string& title, double width_points);

/// About how wide the plot area will be, for bodies that must know.
double usual_plot_width(double width_points);

}  // namespace ohmloop
