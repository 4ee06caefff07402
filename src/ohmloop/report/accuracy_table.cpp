#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/accuracy_report.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

/// Accuracies with two decimals: 10,000 images can tell 0.01% apart.
std::string percent(double fraction) { return fmt::format("{:.2f}", 100 * fraction); }

std::string interval_cell(const Interval& interval) {
  return fmt::format("{:.2f} .. {:.2f}", 100 * interval.low, 100 * interval.high);
}

std::string bits_cell(const std::optional<int>& bits) { return bits ? std::to_string(*bits) : "float32"; }

/// Which columns the points differ in, or that are worth a word at all.
struct Columns {
  bool noise, weights, activations, layer, seeds;
};

Columns columns_of(const AccuracyReport& report) {
  const auto& points = report.result.points;
  const auto any = [&](auto test) { return std::any_of(points.begin(), points.end(), test); };
  return {any([](const PointAccuracy& p) { return p.point.noise_amplitude != 0; }),
          any([](const PointAccuracy& p) { return p.point.weight_bits.has_value(); }),
          any([](const PointAccuracy& p) { return p.point.activation_bits.has_value(); }),
          any([](const PointAccuracy& p) { return p.point.layer.has_value(); }),
          any([](const PointAccuracy& p) { return p.seeds.size() > 1; })};
}

std::string points_table(const AccuracyReport& report, const TableStyle& style) {
  const Columns shown = columns_of(report);
  std::vector<TableColumn> columns;
  if (shown.layer) columns.push_back({"layer", "", Align::left, true});
  if (shown.noise) columns.push_back({"noise", report.settings.noise.kind == NoiseKind::rescaled ? "of max|y|" : ""});
  if (shown.weights) columns.push_back({"weights", "bit"});
  if (shown.activations) columns.push_back({"activations", "bit"});
  columns.insert(columns.end(), {{"top-1", "%"}, {"95% interval", "%"}});
  if (shown.seeds) columns.push_back({"over seeds", "%"});
  columns.insert(columns.end(), {{"top-5", "%"}, {"agrees", "%"}, {"change", "points"}, {"95% interval", "points"}});
  TextTable table(columns);
  for (const PointAccuracy& point : report.result.points) {
    std::vector<std::string> cells;
    if (shown.layer) cells.push_back(point.point.layer ? report.result.layers[*point.point.layer] : "-");
    if (shown.noise) cells.push_back(format_number(point.point.noise_amplitude));
    if (shown.weights) cells.push_back(bits_cell(point.point.weight_bits));
    if (shown.activations) cells.push_back(bits_cell(point.point.activation_bits));
    cells.push_back(percent(point.top1));
    cells.push_back(interval_cell(point.top1_ci95));
    if (shown.seeds) cells.push_back(point.top1_seeds_ci95 ? interval_cell(*point.top1_seeds_ci95) : "-");
    cells.push_back(percent(point.top5));
    cells.push_back(percent(point.agreement));
    cells.push_back(fmt::format("{:+.2f}", 100 * point.change));
    cells.push_back(fmt::format("{:+.2f} .. {:+.2f}", 100 * point.change_ci95.low, 100 * point.change_ci95.high));
    table.add_row(std::move(cells));
  }
  return table.render(style);
}

std::string place_sentence(NoisePlace place) {
  switch (place) {
    case NoisePlace::sum:
      return "on the weighted sums, before bias and normalisation";
    case NoisePlace::bias:
      return "after the bias, before normalisation";
    case NoisePlace::normalised:
      return "after bias and normalisation, before the activation function";
    case NoisePlace::activation:
      return "after the activation function";
  }
  return "";
}

std::string maximum_sentence(const AccuracySettings& settings) {
  switch (settings.noise.maximum) {
    case NoiseMaximum::image:
      return "each image on its own";
    case NoiseMaximum::batch:
      return fmt::format("batches of {} images", settings.batch);
    case NoiseMaximum::calibration:
      return fmt::format("the first {} images, undistorted", settings.calibration_images);
  }
  return "";
}

std::string meaning_of_noise(const AccuracyReport& report) {
  const AccuracySettings& settings = report.settings;
  std::string text =
      fmt::format("noise: {}, Gaussian, fresh for every image, {}, in every weight layer{}{}\n",
                  to_string(settings.noise.kind), place_sentence(settings.noise.place),
                  settings.layers.skip_first ? " but the first" : "", settings.layers.skip_last ? " but the last" : "");
  if (settings.noise.kind == NoiseKind::rescaled) {
    text += fmt::format("max|y|: the layer's largest magnitude over {}\n", maximum_sentence(settings));
  }
  return text;
}

std::string meaning_of_bits(const AccuracyReport& report, const Columns& shown) {
  const PrecisionSettings& precision = report.settings.precision;
  std::string text;
  if (shown.weights) {
    text += fmt::format("weights: symmetric codes, a scale per {} by {}\n",
                        precision.weights_per_channel ? "output channel" : "tensor", to_string(precision.weight_rule));
  }
  if (shown.activations) {
    text += fmt::format("activations: what weight layers take, ranges by {} over the first {} images\n",
                        to_string(precision.activation_rule), report.settings.calibration_images);
  }
  return text;
}

std::string signals_table(const AccuracyResult& result, const TableStyle& style) {
  if (result.signals.empty()) return "";
  TextTable table({{"layer", "", Align::left, true}, {"signal/noise", "dB"}});
  for (const LayerSignal& signal : result.signals) {
    table.add_row(
        {signal.layer, std::isinf(signal.signal_to_noise_db) ? "-" : fmt::format("{:.1f}", signal.signal_to_noise_db)});
  }
  return "\n" + table.render(style) +
         fmt::format(
             "signal/noise: of what the layer gives, at the last row's distortion in all layers before it, {} images\n",
             result.signal_images);
}

}  // namespace

std::string_view to_string(NoiseKind kind) {
  if (kind == NoiseKind::fixed) return "fixed";
  return kind == NoiseKind::rescaled ? "rescaled" : "none";
}

std::string_view to_string(NoisePlace place) {
  switch (place) {
    case NoisePlace::sum:
      return "sum";
    case NoisePlace::bias:
      return "bias";
    case NoisePlace::normalised:
      return "normalised";
    case NoisePlace::activation:
      return "activation";
  }
  return "";
}

std::string_view to_string(NoiseMaximum maximum) {
  if (maximum == NoiseMaximum::image) return "image";
  return maximum == NoiseMaximum::batch ? "batch" : "calibration";
}

std::string_view to_string(RangeRule rule) {
  if (rule == RangeRule::maximum) return "maximum";
  return rule == RangeRule::percentile ? "percentile" : "mse";
}

std::string accuracy_table(const AccuracyReport& report, const TableStyle& style) {
  const AccuracyResult& result = report.result;
  const Columns shown = columns_of(report);
  std::string text = fmt::format("{} on {}: {} of {} images, {} classes, {} weight layers\n", report.network,
                                 report.data_set, format_count(static_cast<std::int64_t>(result.images)),
                                 format_count(static_cast<std::int64_t>(report.data_set_images)),
                                 format_count(result.classes), result.layers.size());
  text += fmt::format("undistorted, float32: top-1 {}% ({}), top-5 {}%\n\n", percent(result.reference_top1),
                      interval_cell(result.reference_top1_ci95), percent(result.reference_top5));
  text += points_table(report, style);
  text += "\nintervals: 95%, from the number of images; change: against the undistorted network on the same images\n";
  if (shown.seeds)
    text +=
        fmt::format("over seeds: 95% interval of the mean of {} seeds on these images\n", report.settings.seeds.size());
  if (shown.noise) text += meaning_of_noise(report);
  text += meaning_of_bits(report, shown);
  if (shown.noise || shown.weights || shown.activations) text += "weights were not trained again\n";
  text += fmt::format("images: {}; {}\n", report.preprocessing, report.decoder);
  if (result.stopped_early) text += "stopped where the intervals were as narrow as asked for\n";
  text += fmt::format("speed: {} images/s, all passes, decoding included\n", format_number(result.images_per_second));
  return text + signals_table(result, style);
}

}  // namespace ohmloop
