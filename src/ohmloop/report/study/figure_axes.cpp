#include "ohmloop/report/study/figure_axes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {
namespace {

struct NumberWithUnit {
  double number = 0;
  std::string unit;
};

/// "4 bit", "128"; nothing for words.
std::optional<NumberWithUnit> number_of(const std::string& text) {
  NumberWithUnit read;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read.number);
  if (error != std::errc() || !std::isfinite(read.number)) return std::nullopt;
  const std::string rest(end, text.data() + text.size());
  if (!rest.empty() && rest.front() != ' ') return std::nullopt;
  if (!rest.empty()) read.unit = rest.substr(1);
  return read;
}

bool is_power_of_two(double value) {
  int exponent = 0;
  return value > 0 && std::frexp(value, &exponent) == 0.5;
}

/// The quantity of several metrics that share an axis; the legend tells them apart.
std::string common_title(const std::vector<std::string>& metrics) {
  const Metric* first = find_metric(metrics.front());
  if (metrics.size() == 1) return std::string(first->title);
  if (first->unit == "pJ") return "energy";
  if (first->unit == "s" || first->unit == "cycles") return "time";
  std::string title;
  for (const std::string& name : metrics)
    title += fmt::format("{}{}", title.empty() ? "" : ", ", find_metric(name)->title);
  return title;
}

double largest_of(const std::vector<std::string>& metrics, const FigurePoints& points) {
  double largest = 0;
  for (const StudyPoint* point : points.all()) {
    for (const std::string& name : metrics)
      largest = std::max(largest, std::abs(points.metric(*point, name).value_or(0)));
  }
  return largest;
}

std::string noise_title(const FigurePoints& points) {
  const std::vector<std::string> kinds = points.own_values("noise_kind");
  if (kinds == std::vector<std::string>{"rescaled"}) return "noise: deviation / largest magnitude of the layer";
  if (kinds == std::vector<std::string>{"fixed"}) return "noise: standard deviation";
  return "noise";
}

}  // namespace

std::optional<DisplayUnit> display_unit(const Metric& metric, double largest) {
  if (metric.is_share()) return DisplayUnit{"%", 0.01};
  if (metric.unit == "pJ") return energy_unit(largest);
  if (metric.unit == "s") return time_unit(largest);
  if (metric.unit == "um2") return area_unit(largest);
  return std::nullopt;
}

MetricAxis metric_axis(const std::vector<std::string>& metrics, const FigurePoints& points, bool logarithmic) {
  const Metric& first = *find_metric(metrics.front());
  MetricAxis result;
  result.axis = {common_title(metrics), std::string(first.unit), logarithmic ? AxisScale::log10 : AxisScale::linear};
  if (const std::optional<DisplayUnit> unit = display_unit(first, largest_of(metrics, points))) {
    result.axis.unit = std::string(unit->name);
    result.in_unit = unit->in_base;
  }
  return result;
}

void limit_shares(FigureAxis& axis, const std::vector<std::string>& metrics) {
  const Metric& first = *find_metric(metrics.front());
  if (!first.is_share() || axis.scale != AxisScale::linear) return;
  if (first.name.find("change") != std::string_view::npos) return;
  axis.low = 0;
  axis.high = 100;
}

std::string axis_title(const std::string& column, const FigurePoints& points) {
  if (column == "noise") return noise_title(points);
  if (column == "weight_bits") return "bits of the weights";
  if (column == "input_bits") return "bits of the inputs";
  if (column == "architecture") return "chip";
  std::string title;
  for (const std::string& one : points.columns_with(column)) title += (title.empty() ? "" : " = ") + one;
  std::replace(title.begin(), title.end(), '_', ' ');
  return title;
}

Abscissa abscissa_of(const std::string& column, const FigurePoints& points, bool logarithmic) {
  Abscissa result;
  if (find_metric(column) != nullptr) {
    const MetricAxis metric = metric_axis({column}, points, logarithmic);
    result.axis = metric.axis;
    result.is_metric = true;
    result.position = [column, metric, &points](const StudyPoint& point) -> std::optional<double> {
      const std::optional<double> value = points.metric(point, column);
      if (!value) return std::nullopt;
      return metric.shown(*value);
    };
    return result;
  }
  result.axis.quantity = axis_title(column, points);
  const std::vector<std::string> texts = points.own_values(column);
  std::map<std::string, double> positions;
  std::string unit;
  bool powers_of_two = true;
  for (const std::string& text : texts) {
    const std::optional<NumberWithUnit> number = number_of(text);
    const bool fits = number && (positions.empty() || number->unit == unit) && (!logarithmic || number->number > 0);
    if (!fits) {
      result.categories = texts;
      break;
    }
    unit = number->unit;
    powers_of_two = powers_of_two && is_power_of_two(number->number);
    positions.emplace(text, number->number);
  }
  if (result.categories.empty()) {
    result.axis.unit = unit;
    if (logarithmic) result.axis.scale = powers_of_two ? AxisScale::log2 : AxisScale::log10;
  } else {
    positions.clear();
    for (std::size_t i = 0; i < texts.size(); ++i) positions.emplace(texts[i], static_cast<double>(i));
  }
  result.position = [column, positions, &points](const StudyPoint& point) -> std::optional<double> {
    const auto place = positions.find(points.text(point, column));
    if (place == positions.end()) return std::nullopt;
    return place->second;
  };
  return result;
}

std::string meaning_of(const std::string& metric) {
  const Metric* found = find_metric(metric);
  if (found == nullptr) return {};
  return fmt::format("{}: {}", found->title, found->meaning);
}

}  // namespace ohmloop
