#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/report/run_report.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// A finished (or interrupted) measurement, and what it depends on.
struct AccuracyReport {
  ToolVersion tool;
  std::vector<InputFile> inputs;
  std::string network;
  std::string data_set;
  std::size_t data_set_images = 0;
  std::string decoder;        ///< what decoded the images, with versions
  std::string preprocessing;  ///< its steps in words
  AccuracySettings settings;
  AccuracyResult result;
  std::vector<Diagnostic> warnings;
};

/// For people: a row per point, what noise and bits mean, signal-to-noise ratio per layer.
std::string accuracy_table(const AccuracyReport& report, const TableStyle& style = {});
/// Schema ohmloop-accuracy/1. Equal runs give equal bytes but for images_per_second.
std::string accuracy_json(const AccuracyReport& report);
/// Tidy CSV, a row per point and seed.
std::string accuracy_csv(const AccuracyReport& report);
/// index, label and predicted class per image, separated by tabs, or by commas.
std::string predictions_text(const AccuracyResult& result, char separator);

/// Names as options and JSON have them.
std::string_view to_string(NoiseKind kind);
std::string_view to_string(NoisePlace place);
std::string_view to_string(NoiseMaximum maximum);
std::string_view to_string(RangeRule rule);

}  // namespace ohmloop
