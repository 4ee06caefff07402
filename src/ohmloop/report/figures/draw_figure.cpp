#include "ohmloop/report/figures/draw_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure_frame.hpp"
#include "ohmloop/report/figures/picture_bytes.hpp"
#include "ohmloop/report/figures/plot.hpp"
#include "ohmloop/report/figures/run_gnuplot.hpp"

namespace ohmloop {
namespace {

constexpr double points_per_inch = 72;
constexpr double svg_units_per_inch = 96;
constexpr std::size_t most_points = 200'000;
constexpr std::array<std::string_view, 3> format_names = {"svg", "pdf", "png"};

std::size_t size_of(const CurveFigure& body) {
  std::size_t size = body.categories.size() + body.levels.size();
  for (const Curve& curve : body.curves) size += 1 + curve.points.size();
  return size;
}

std::size_t size_of(const StackedBarFigure& body) {
  std::size_t bars = 0;
  for (const BarGroup& group : body.groups) bars += 1 + group.bars.size();
  return bars * (1 + body.parts.size());
}

std::size_t size_of(const ComparisonFigure& body) { return body.bars.size(); }
std::size_t size_of(const RooflineFigure& body) { return body.bandwidths.size() + body.points.size(); }

std::size_t size_of(const ParetoFigure& body) {
  std::size_t size = 0;
  for (const ParetoSeries& one : body.series) size += 1 + one.points.size();
  return size;
}

std::size_t size_of(const NestTreeFigure& body) { return body.tensors.size(); }

/// Limits that are no numbers, or not on the axis, are none.
FigureAxis with_drawable_limits(FigureAxis axis) {
  LeftOut unheeded;
  for (std::optional<double>* limit : {&axis.low, &axis.high}) {
    if (*limit && !unheeded.accepts(**limit, axis.scale)) limit->reset();
  }
  if (axis.low && axis.high && *axis.low >= *axis.high) axis.high.reset();
  return axis;
}

Plot plot_body(const Figure& figure, double width) {
  struct Plotter {
    const Figure& figure;
    double width;
    Plot operator()(const CurveFigure& body) const { return plot_curves(figure, body); }
    Plot operator()(const StackedBarFigure& body) const { return plot_stacked_bars(figure, body, width); }
    Plot operator()(const ComparisonFigure& body) const { return plot_comparison(figure, body, width); }
    Plot operator()(const RooflineFigure& body) const { return plot_roofline(figure, body); }
    Plot operator()(const ParetoFigure& body) const { return plot_pareto(figure, body, width); }
    Plot operator()(const NestTreeFigure& body) const { return plot_nest_tree(body, width); }
  };
  return std::visit(Plotter{figure, width}, figure.body);
}

/// The terminal's line and the fonts: sizes in the terminal's own measure, the same in print.
std::string terminal_script(const FigureFrame& frame, const FigureOptions& options) {
  const double width = frame.width_points / points_per_inch;
  const double height = frame.height_points / points_per_inch;
  constexpr std::string_view family = "Helvetica";
  std::string script;
  double measure = 1;  // of a point
  if (options.format == PictureFormat::svg) {
    measure = svg_units_per_inch / points_per_inch;
    script = fmt::format("set terminal svg size {},{} dynamic noenhanced font '{},{:.3f}' background rgb '{}'\n",
                         std::lround(width * svg_units_per_inch), std::lround(height * svg_units_per_inch), family,
                         text_points * measure, paper_colour);
  } else if (options.format == PictureFormat::pdf) {
    // The terminal sets type as on a screen of 96 dots per inch.
    script = fmt::format(
        "set terminal pdfcairo size {:.4f}in,{:.4f}in noenhanced font '{},{}' fontscale {} linewidth 1.5 background "
        "rgb "
        "'{}'\n",
        width, height, family, text_points, points_per_inch / svg_units_per_inch, paper_colour);
  } else {
    const double scale = options.dots_per_inch / svg_units_per_inch;
    script = fmt::format(
        "set terminal pngcairo size {},{} noenhanced font '{},{}' fontscale {:.4f} linewidth {:.4f} pointscale {:.4f} "
        "background rgb '{}'\n",
        std::lround(width * options.dots_per_inch), std::lround(height * options.dots_per_inch), family, text_points,
        scale, scale, scale, paper_colour);
  }
  script += "set encoding utf8\n";
  for (const auto& [name, face, size] : {std::tuple{"title_font", "Helvetica:Bold", title_points},
                                         {"text_font", "", text_points},
                                         {"bold_font", "Helvetica:Bold", text_points},
                                         {"small_font", "", small_points}})
    script += fmt::format("{} = '{},{:.3f}'\n", name, face, size * measure);
  return script;
}

std::string plot_command(const Plot& plot) {
  std::string command = "plot ";
  if (plot.curves.empty()) command += "1/0 notitle";
  for (std::size_t i = 0; i < plot.curves.size(); ++i)
    command += fmt::format("{}{} notitle", i == 0 ? "" : ", \\\n     ", plot.curves[i]);
  return command + "\n";
}

}  // namespace

std::string_view to_string(PictureFormat format) { return format_names[static_cast<std::size_t>(format)]; }

std::optional<PictureFormat> picture_format(std::string_view name) {
  const auto* found = std::find(format_names.begin(), format_names.end(), name);
  if (found == format_names.end()) return std::nullopt;
  return static_cast<PictureFormat>(found - format_names.begin());
}

FigureDrawing draw_figure(const Figure& figure, const FigureOptions& options) {
  const std::size_t size = std::visit([](const auto& body) { return size_of(body); }, figure.body);
  if (size > most_points)
    return {.script = {},
            .problem = fmt::format("{} points are more than the {} that a figure can show",
                                   format_count(static_cast<std::int64_t>(size)), format_count(most_points))};
  FigureOptions kept = options;
  kept.width_inches = std::isfinite(options.width_inches) ? std::clamp(options.width_inches, 2.0, 20.0) : 3.3;
  kept.dots_per_inch = std::clamp(options.dots_per_inch, 50, 600);
  const double width_points = kept.width_inches * points_per_inch;

  Figure drawn = figure;
  drawn.x = with_drawable_limits(figure.x);
  drawn.y = with_drawable_limits(figure.y);
  const Plot plot = plot_body(drawn, usual_plot_width(width_points));
  const FigureFrame frame = frame_plot(plot, figure.title, width_points);
  FigureDrawing drawing;
  drawing.script = terminal_script(frame, kept) + frame.script + plot.script + plot_command(plot);
  drawing.left_out = plot.left_out.sentences();
  Drawing raw = run_gnuplot(drawing.script);
  drawing.problem = std::move(raw.problem);
  if (!raw.picture) return drawing;
  const PictureLabel label = {figure.title, figure.caption, kept.width_inches, frame.height_points / points_per_inch};
  switch (kept.format) {
    case PictureFormat::svg:
      drawing.picture = labelled_svg(*raw.picture, label);
      break;
    case PictureFormat::pdf:
      drawing.picture = undated_pdf(std::move(*raw.picture));
      break;
    case PictureFormat::png:
      drawing.picture = std::move(raw.picture);
      break;
  }
  return drawing;
}

FigureDrawing write_figure(const std::string& path, const Figure& figure, const FigureOptions& options) {
  FigureDrawing drawing = draw_figure(figure, options);
  if (!drawing.picture) throw FileError(fmt::format("no figure '{}': {}", path, drawing.problem));
  write_file_atomically(path, *drawing.picture);
  return drawing;
}

}  // namespace ohmloop
