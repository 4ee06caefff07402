#pragma once

#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace ohmloop::test {

/// One published number beside ours.
struct Point {
  std::string at;  ///< "ADC, 0.85 V"
  double published = 0;
  double ours = 0;
  bool fitted = false;  ///< a constant was taken from this very number
  double off() const { return (ours - published) / published; }
};

/// A figure or table of a paper, with the mean error that CiMLoop's stored results have on it.
struct Figure {
  std::string name;
  std::vector<Point> points;
  std::optional<double> cimloop_mean_percent = {};

  [[nodiscard]] double mean_percent(std::optional<bool> fitted = {}) const {
    double sum = 0;
    double count = 0;
    for (const Point& point : points) {
      if (fitted && point.fitted != *fitted) continue;
      sum += std::abs(point.off());
      ++count;
    }
    return count > 0 ? 100 * sum / count : 0;
  }

  [[nodiscard]] std::size_t fitted() const {
    std::size_t count = 0;
    for (const Point& point : points) count += point.fitted ? 1 : 0;
    return count;
  }
};

/// The figure's line in the table of docs/validation.md, and its points where there are few.
inline void print(const Figure& figure) {
  const std::size_t fitted = figure.fitted();
  std::printf("| %s | %zu, %.2f%% | %zu, %.2f%% | %.2f%% | ", figure.name.c_str(), figure.points.size() - fitted,
              figure.mean_percent(false), fitted, figure.mean_percent(true), figure.mean_percent());
  std::printf(figure.cimloop_mean_percent ? "%.2f%% |\n" : "- |\n", figure.cimloop_mean_percent.value_or(0));
  if (figure.points.size() > 9) return;
  for (const Point& point : figure.points) {
    std::printf("    %-24s published %9.4g  ours %9.4g  %+6.2f%%  %s\n", point.at.c_str(), point.published, point.ours,
                100 * point.off(), point.fitted ? "fitted" : "predicted");
  }
}

}  // namespace ohmloop::test
