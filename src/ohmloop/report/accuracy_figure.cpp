#include "ohmloop/report/accuracy_figure.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/gnuplot.hpp"

namespace ohmloop {

namespace {

/// Okabe and Ito's colours ("Color universal design", 2008), which the colour-blind tell apart, the light ones left
/// out.
constexpr std::array<std::string_view, 6> colours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"};

enum class FigureAxis { noise, weight_bits, activation_bits, layer };

FigureAxis axis_of(const AccuracyReport& report) {
  const AccuracySettings& settings = report.settings;
  if (settings.per_layer) return FigureAxis::layer;
  if (settings.noise_amplitudes.size() > 1) return FigureAxis::noise;
  return settings.weight_bits.size() > 1 ? FigureAxis::weight_bits : FigureAxis::activation_bits;
}

/// float32 stands at 32 on an axis of bits.
constexpr double bits_of_float = 32;

double position(const PointAccuracy& point, FigureAxis axis) {
  switch (axis) {
    case FigureAxis::noise:
      return point.point.noise_amplitude;
    case FigureAxis::weight_bits:
      return point.point.weight_bits.value_or(static_cast<int>(bits_of_float));
    case FigureAxis::activation_bits:
      return point.point.activation_bits.value_or(static_cast<int>(bits_of_float));
    case FigureAxis::layer:
      return static_cast<double>(point.point.layer.value_or(0) + 1);
  }
  return 0;
}

/// What tells a line from the others.
std::string line_name(const AccuracyReport& report, const PointAccuracy& point, FigureAxis axis) {
  std::string name;
  const auto add = [&](const std::string& part) { name += (name.empty() ? "" : ", ") + part; };
  const auto bits = [](const std::optional<int>& value) {
    return value ? fmt::format("{} bit", *value) : std::string("float32");
  };
  const AccuracySettings& settings = report.settings;
  if (axis != FigureAxis::noise && settings.noise_amplitudes.size() > 1)
    add("noise " + format_number(point.point.noise_amplitude));
  if (axis != FigureAxis::weight_bits && settings.weight_bits.size() > 1)
    add("weights " + bits(point.point.weight_bits));
  if (axis != FigureAxis::activation_bits && settings.activation_bits.size() > 1)
    add("activations " + bits(point.point.activation_bits));
  return name.empty() ? report.network : name;
}

std::string axis_title(const AccuracyReport& report, FigureAxis axis) {
  switch (axis) {
    case FigureAxis::noise:
      return report.settings.noise.kind == NoiseKind::rescaled
                 ? "noise: standard deviation / largest magnitude of the layer"
                 : "noise: standard deviation";
    case FigureAxis::weight_bits:
      return "bits of the weights (32: float32)";
    case FigureAxis::activation_bits:
      return "bits of the activations (32: float32)";
    case FigureAxis::layer:
      return "the one weight layer that is distorted";
  }
  return "";
}

struct Line {
  std::string name;
  std::string data;
};

std::vector<Line> lines_of(const AccuracyReport& report, FigureAxis axis) {
  std::vector<Line> lines;
  for (const PointAccuracy& point : report.result.points) {
    const std::string name = line_name(report, point, axis);
    auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& one) { return one.name == name; });
    if (line == lines.end()) line = lines.insert(lines.end(), {name, ""});
    line->data +=
        fmt::format("{} {} {} {}\n", shortest_double(position(point, axis)), shortest_double(100 * point.top1),
                    shortest_double(100 * point.top1_ci95.low), shortest_double(100 * point.top1_ci95.high));
  }
  return lines;
}

}  // namespace

AccuracyFigure draw_accuracy(const AccuracyReport& report) {
  const FigureAxis axis = axis_of(report);
  const std::vector<Line> lines = lines_of(report, axis);
  std::string script =
      "set terminal svg size 480,340 dynamic enhanced font 'Helvetica,12' background rgb 'white'\nset termoption "
      "noenhanced\n";
  for (std::size_t i = 0; i < lines.size(); ++i) script += fmt::format("$line{} << EOD\n{}EOD\n", i, lines[i].data);
  script += fmt::format("set title {}\n", gnuplot_text(report.network + " on " + report.data_set));
  script += fmt::format("set xlabel {}\nset ylabel 'top-1 accuracy (%), 95% interval'\n",
                        gnuplot_text(axis_title(report, axis)));
  script +=
      "set yrange [0:100]\nset grid ytics lc rgb '#DDDDDD'\nset border 3\nset tics nomirror\nset key bottom left "
      "reverse Left samplen 1\n";
  if (axis == FigureAxis::noise || axis == FigureAxis::layer) script += "set xrange [0:*] noextend\n";
  script += "plot ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    script += fmt::format("{}$line{} using 1:2:3:4 with yerrorlines lw 1.5 pt {} ps 0.5 lc rgb '{}' title {}",
                          i == 0 ? "" : ", \\\n     ", i, i % 8 + 4, colours[i % colours.size()],
                          gnuplot_text(lines[i].name));
  }
  script += "\n";
  Drawing drawing = run_gnuplot(script);
  return {std::move(script), std::move(drawing.picture), std::move(drawing.problem)};
}

}  // namespace ohmloop
