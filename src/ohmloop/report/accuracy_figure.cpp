#include "ohmloop/report/accuracy_figure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {

namespace {

enum class Abscissa { noise, weight_bits, activation_bits, layer };

Abscissa axis_of(const AccuracyReport& report) {
  const AccuracySettings& settings = report.settings;
  if (settings.per_layer) return Abscissa::layer;
  if (settings.noise_amplitudes.size() > 1) return Abscissa::noise;
  return settings.weight_bits.size() > 1 ? Abscissa::weight_bits : Abscissa::activation_bits;
}

std::string bits_text(const std::optional<int>& bits) { return bits ? std::to_string(*bits) : "float32"; }

/// The settings of the bits along x, in the order in which they were asked for.
std::vector<std::string> categories_of(const AccuracyReport& report, Abscissa axis) {
  if (axis != Abscissa::weight_bits && axis != Abscissa::activation_bits) return {};
  std::vector<std::string> names;
  for (const PointAccuracy& point : report.result.points) {
    std::string name = bits_text(axis == Abscissa::weight_bits ? point.point.weight_bits : point.point.activation_bits);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

double position(const PointAccuracy& point, Abscissa axis, const std::vector<std::string>& categories) {
  const auto index = [&](const std::optional<int>& bits) {
    return static_cast<double>(std::find(categories.begin(), categories.end(), bits_text(bits)) - categories.begin());
  };
  switch (axis) {
    case Abscissa::noise:
      return point.point.noise_amplitude;
    case Abscissa::weight_bits:
      return index(point.point.weight_bits);
    case Abscissa::activation_bits:
      return index(point.point.activation_bits);
    case Abscissa::layer:
      return static_cast<double>(point.point.layer.value_or(0) + 1);
  }
  return 0;
}

/// What tells a line from the others.
std::string line_name(const AccuracyReport& report, const PointAccuracy& point, Abscissa axis) {
  std::string name;
  const auto add = [&](const std::string& part) { name += (name.empty() ? "" : ", ") + part; };
  const auto bits = [](const std::optional<int>& value) {
    return value ? fmt::format("{} bit", *value) : std::string("float32");
  };
  const AccuracySettings& settings = report.settings;
  if (axis != Abscissa::noise && settings.noise_amplitudes.size() > 1)
    add("noise " + format_number(point.point.noise_amplitude));
  if (axis != Abscissa::weight_bits && settings.weight_bits.size() > 1) add("weights " + bits(point.point.weight_bits));
  if (axis != Abscissa::activation_bits && settings.activation_bits.size() > 1)
    add("activations " + bits(point.point.activation_bits));
  return name.empty() ? report.network : name;
}

std::string quantity_of(const AccuracyReport& report, Abscissa axis) {
  switch (axis) {
    case Abscissa::noise:
      return report.settings.noise.kind == NoiseKind::rescaled
                 ? "noise: standard deviation / largest magnitude of the layer"
                 : "noise: standard deviation";
    case Abscissa::weight_bits:
      return "bits of the weights";
    case Abscissa::activation_bits:
      return "bits of the activations";
    case Abscissa::layer:
      return "the one weight layer that is distorted";
  }
  return "";
}

}  // namespace

Figure accuracy_figure(const AccuracyReport& report) {
  const Abscissa axis = axis_of(report);
  CurveFigure body;
  body.categories = categories_of(report, axis);
  for (const PointAccuracy& point : report.result.points) {
    const std::string name = line_name(report, point, axis);
    auto curve =
        std::find_if(body.curves.begin(), body.curves.end(), [&](const Curve& one) { return one.series.name == name; });
    if (curve == body.curves.end())
      curve = body.curves.insert(body.curves.end(), Curve{{name, SeriesOrder{body.curves.size()}}, {}});
    curve->points.push_back({position(point, axis, body.categories), 100 * point.top1, 100 * point.top1_ci95.low,
                             100 * point.top1_ci95.high});
  }
  Figure figure;
  figure.title = report.network + " on " + report.data_set;
  figure.caption = "Top-1 accuracy with its 95% interval.";
  figure.x = {quantity_of(report, axis)};
  if (axis == Abscissa::noise || axis == Abscissa::layer) figure.x.low = 0;
  figure.y = {"top-1 accuracy", "%", AxisScale::linear, 0, 100};
  figure.body = std::move(body);
  return figure;
}

}  // namespace ohmloop
