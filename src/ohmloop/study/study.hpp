#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/study/figure_kind.hpp"
#include "ohmloop/study/metrics.hpp"
#include "ohmloop/text/placed_text.hpp"

namespace ohmloop {

/// What an axis changes.
enum class AxisKind {
  network,
  architecture,
  keys,         ///< keys of the architecture, as --set takes them
  noise_kind,   ///< fixed or rescaled; goes with `noise`, one value in a part
  noise,        ///< its amplitude
  weight_bits,  ///< nothing: float
  input_bits,   ///< of what weight layers take; nothing: float
  seed          ///< of the noise
};
/// Whether it changes what accuracy is measured (and no cost).
bool is_of_accuracy(AxisKind kind);

struct AxisValue {
  std::string text;              ///< as results write it: "128", "4 bit", "resnet18", "float"
  std::optional<double> number;  ///< where the text is a plain number
  SourceSpan where;
};

struct StudyAxis {
  std::string name;  ///< as the file has it: "rows,columns"
  AxisKind kind = AxisKind::keys;
  std::vector<std::string> columns;  ///< names of results: {"rows", "columns"}, all of the same value
  std::vector<AxisValue> values;     ///< at least one
  std::vector<std::string> sets;     ///< of bits: keys of the architecture that take the same number of bits
  SourceSpan where;                  ///< of the name

  /// What it changes in the architecture: the keys of an axis of keys, or those that an axis of bits sets.
  [[nodiscard]] const std::vector<std::string>& keys() const;
};

/// Numbers of others that a breakdown stands beside.
struct FigureReference {
  std::string name;                                    ///< "measured"
  std::string source;                                  ///< the paper and its table
  std::vector<std::pair<std::string, double>> values;  ///< by value of x, or by metric where there is no x; in y's unit
};

/// A figure that the study asks for; drawing it is somebody else's work. Names are those of columns of the results.
struct FigureRequest {
  std::string name;  ///< of its file; made of the kind and its number where the file has none
  FigureKind kind = FigureKind::lines;
  std::string title;
  std::string part;                 ///< whose points; empty: all
  std::string x;                    ///< an axis or a metric; may be empty
  std::vector<std::string> y;       ///< metrics
  std::vector<std::string> series;  ///< axes: one line or colour for each combination of their values
  bool log_x = false;
  bool log_y = false;
  bool shares = false;                                    ///< of stacks and breakdowns: in percent of their sum
  std::vector<std::pair<std::string, std::string>> only;  ///< axis and the value that points need to have
  FigureReference reference;                              ///< of a breakdown
  std::string layer;                                      ///< of a nest
  SourceSpan where;
};

/// One product of axes. Points count through it with the last axis fastest.
struct StudyPart {
  std::string name;  ///< empty where the study has one part that is not named
  std::vector<StudyAxis> axes;
  std::vector<PlacedText> layers;  ///< of the networks, whose costs are asked for; none: all
  std::vector<PlacedText> set;     ///< "key=value" of the architecture, at all points
  std::optional<PlacedText> data;  ///< nothing: the images that go with a built-in network
  NoiseKind noise = NoiseKind::none;
  AccuracySettings accuracy;  ///< what holds at all points; its lists mean nothing
  std::int64_t batch = 1;     ///< of costs
  Objective objective;
  std::vector<const Metric*> metrics;
  SourceSpan where;

  [[nodiscard]] bool wants(MetricKind kind) const;
  [[nodiscard]] const StudyAxis* axis(AxisKind kind) const;  ///< the first of the kind, or null
};

/// A question, the points that answer it, and what to show of them.
struct Study {
  std::string name;
  std::string question;
  bool quick = false;  ///< read with its smaller values
  SourceFilePtr source;
  std::vector<StudyPart> parts;
  std::vector<FigureRequest> figures;
  /// Checksum of what determines the points: `question`, `metrics` and `figures` may change, comments and layout, too.
  std::string identity;

  [[nodiscard]] bool has_parts() const { return parts.size() > 1 || !parts.front().name.empty(); }
};

}  // namespace ohmloop
