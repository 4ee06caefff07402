#include "ohmloop/report/study/figure_series.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// Colours repeat after so many places (figure_colour.hpp).
constexpr std::size_t colours = 7;

std::size_t place_in(std::vector<std::string>& list, const std::string& text) {
  const auto place = std::find(list.begin(), list.end(), text);
  if (place != list.end()) return static_cast<std::size_t>(place - list.begin());
  list.push_back(text);
  return list.size() - 1;
}

}  // namespace

std::string series_word(const std::string& column, const std::string& value) {
  if (column == "network" || column == "architecture") {
    const std::filesystem::path path(value);
    const std::string ending = path.extension().string();
    return ending == ".onnx" || ending == ".yaml" ? path.stem().string() : value;
  }
  if (column == "part" || column == "noise_kind") return value;
  if (column == "weight_bits") return value == "float" ? "float weights" : value + "-bit weights";
  if (column == "input_bits") return value == "float" ? "float inputs" : value + "-bit inputs";
  std::string name = column;
  std::replace(name.begin(), name.end(), '_', ' ');
  return fmt::format("{} {}", name, value);
}

SeriesNames::SeriesNames(const FigurePoints& points, std::vector<std::string> axes,
                         const std::vector<std::string>& metrics)
    : points_(points), axes_(std::move(axes)), metrics_(metrics) {
  if (axes_.empty()) return;
  const bool networks = std::find(axes_.begin(), axes_.end(), "network") != axes_.end();
  first_ = networks ? "network" : axes_.front();
  first_values_ = points.values(*first_);
}

FigureSeries SeriesNames::of(const StudyPoint& point, std::size_t metric) {
  std::string name;
  std::string other;
  const auto add = [](std::string& text, const std::string& word) { text += (text.empty() ? "" : ", ") + word; };
  for (const std::string& axis : axes_) {
    const std::string value = points_.text(point, axis);
    if (!value.empty()) add(name, series_word(axis, value));
    if (axis != *first_) add(other, value);
  }
  if (metrics_.size() > 1 || axes_.empty()) {
    add(name, std::string(find_metric(metrics_[metric])->title));
    add(other, metrics_[metric]);
  }
  const std::size_t of_others = place_in(others_, other);
  if (!first_) return {name, SeriesOrder{of_others}};
  const std::size_t of_first = place_in(first_values_, points_.text(point, *first_));
  const std::size_t step = std::max(colours, first_values_.size());
  return {name, SeriesOrder{of_first + step * of_others}};
}

}  // namespace ohmloop
