#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// What a study file may ask to be drawn; report/study draws every one of them.
enum class FigureKind { lines, bars, stacked, scatter, pareto, roofline, breakdown, nest };

/// What a figure of the kind is told.
struct FigureKindSpec {
  enum class Abscissa {
    none,
    axis,           ///< an axis of the study
    axis_or_none,   ///< without: a bar per metric
    axis_or_metric  ///< either
  };
  FigureKind kind;
  std::string_view name;
  Abscissa x = Abscissa::axis_or_metric;
  bool has_y = true;
  bool takes_series = true;
  bool takes_log = true;
  bool of_one_chip = false;  ///< drawn of the layers of one network on one chip, which is evaluated for it
};

/// In the order of FigureKind: the truth about kinds, for readers, the schema and docs/studies.md.
std::span<const FigureKindSpec> figure_kind_table();
const FigureKindSpec& spec_of(FigureKind kind);
std::string_view to_string(FigureKind kind);
/// Nothing if there is none of that name.
std::optional<FigureKind> figure_kind(std::string_view name);
/// The names.
const std::vector<std::string>& figure_kinds();

}  // namespace ohmloop
