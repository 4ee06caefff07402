#include "ohmloop/study/figure_kind.hpp"

#include <algorithm>
#include <array>

namespace ohmloop {

namespace {

using Abscissa = FigureKindSpec::Abscissa;

constexpr std::array<FigureKindSpec, 8> table = {
    {{.kind = FigureKind::lines, .name = "lines"},
     {.kind = FigureKind::bars, .name = "bars", .x = Abscissa::axis, .takes_log = false},
     {.kind = FigureKind::stacked, .name = "stacked", .x = Abscissa::axis, .takes_log = false},
     {.kind = FigureKind::scatter, .name = "scatter"},
     {.kind = FigureKind::pareto, .name = "pareto"},
     {.kind = FigureKind::roofline,
      .name = "roofline",
      .x = Abscissa::none,
      .has_y = false,
      .takes_series = false,
      .takes_log = false,
      .of_one_chip = true},
     {.kind = FigureKind::breakdown,
      .name = "breakdown",
      .x = Abscissa::axis_or_none,
      .takes_series = false,
      .takes_log = false},
     {.kind = FigureKind::nest,
      .name = "nest",
      .x = Abscissa::none,
      .has_y = false,
      .takes_series = false,
      .takes_log = false,
      .of_one_chip = true}}};

}  // namespace

std::span<const FigureKindSpec> figure_kind_table() { return table; }

const FigureKindSpec& spec_of(FigureKind kind) { return table.at(static_cast<std::size_t>(kind)); }

std::string_view to_string(FigureKind kind) { return spec_of(kind).name; }

std::optional<FigureKind> figure_kind(std::string_view name) {
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const FigureKindSpec& one) { return one.name == name; });
  if (found == table.end()) return std::nullopt;
  return found->kind;
}

const std::vector<std::string>& figure_kinds() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const FigureKindSpec& one : table) all.emplace_back(one.name);
    return all;
  }();
  return names;
}

}  // namespace ohmloop
