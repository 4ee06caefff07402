#pragma once

#include <optional>
#include <string>

#include "ohmloop/report/accuracy_report.hpp"

namespace ohmloop {

/// A script of gnuplot with its data in it, and what gnuplot drew.
struct AccuracyFigure {
  std::string script;
  std::optional<std::string> svg{};
  std::string problem{};  ///< why there is no picture
};

/// Top-1 with its 95% intervals: over the amplitude of the noise, else over the bits, a line for each of the rest; with
/// one layer at a time, over the layers.
AccuracyFigure draw_accuracy(const AccuracyReport& report);

}  // namespace ohmloop
