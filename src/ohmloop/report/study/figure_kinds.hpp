#pragma once

#include "ohmloop/report/figures/figure.hpp"
#include "ohmloop/report/study/figure_points.hpp"

namespace ohmloop {

/// A figure of each kind; `title` may be set already. Nothing of `request` is wrong (check_figure.hpp).

/// Lines, or with `joined` false their points alone: y over x, with intervals where the study has a metric's _low and
/// _high.
Figure curve_figure(const FigureRequest& request, const FigurePoints& points, bool joined);
/// A group of bars per value of x.
Figure bar_figure(const FigureRequest& request, const FigurePoints& points);
/// The metrics above each other; parts of energy in their colours.
Figure stacked_figure(const FigureRequest& request, const FigurePoints& points);
/// The front of all points, which are labelled by the axes that no series has.
Figure pareto_figure(const FigureRequest& request, const FigurePoints& points);
/// Ours beside the request's reference: a pair per value of x, or per metric where there is no x.
Figure breakdown_figure(const FigureRequest& request, const FigurePoints& points);

}  // namespace ohmloop
