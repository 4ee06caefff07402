#include "ohmloop/study/read_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/study/check_figure.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// What a figure may name: the columns of the results of some parts.
struct Columns {
  std::vector<std::string> axes;
  std::vector<std::string> metrics;

  [[nodiscard]] std::vector<std::string> all() const {
    std::vector<std::string> names = axes;
    names.insert(names.end(), metrics.begin(), metrics.end());
    return names;
  }
};

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

Columns columns_of(const std::vector<StudyPart>& parts, const std::string& part) {
  Columns columns;
  for (const StudyPart& one : parts) {
    if (!part.empty() && one.name != part) continue;
    for (const StudyAxis& axis : one.axes) {
      for (const std::string& column : axis.columns) add_once(columns.axes, column);
    }
    for (const Metric* metric : one.metrics) add_once(columns.metrics, std::string(metric->name));
  }
  if (part.empty() && parts.size() > 1) columns.axes.emplace_back("part");
  return columns;
}

/// The values of an axis' column, as results write them; of "part", the names.
std::vector<std::string> values_of(const std::vector<StudyPart>& parts, const std::string& part,
                                   const std::string& column) {
  std::vector<std::string> values;
  for (const StudyPart& one : parts) {
    if (!part.empty() && one.name != part) continue;
    if (column == "part") add_once(values, one.name);
    for (const StudyAxis& axis : one.axes) {
      if (std::find(axis.columns.begin(), axis.columns.end(), column) == axis.columns.end()) continue;
      for (const AxisValue& value : axis.values) add_once(values, value.text);
    }
  }
  return values;
}

class FigureReader {
 public:
  FigureReader(const YamlNode& node, const std::vector<StudyPart>& parts, const FigureReadOptions& options,
               Diagnostics& diagnostics)
      : keys_(node, "a figure", scope_, diagnostics), parts_(parts), options_(options), diagnostics_(diagnostics) {}

  /// Whether any point may be in it.
  [[nodiscard]] bool has_points() const { return has_points_; }

  FigureRequest read(std::size_t number) {
    FigureRequest figure;
    figure.where = keys_.map().span;
    std::optional<FigureKind> kind;
    if (keys_.required_node("kind") != nullptr)
      kind = figure_kind(keys_.choice("kind", figure_kinds()).value_or(std::string()));
    figure.kind = kind.value_or(FigureKind::lines);
    figure.name = keys_.text("name").value_or(fmt::format("{}-{}", to_string(figure.kind), number));
    if (figure.name.empty() || figure.name.find_first_of("/\\") != std::string::npos || figure.name.starts_with('.')) {
      diagnostics_.error(fmt::format("'{}' can't be a file's name", figure.name), keys_.key_span("name"));
    }
    figure.title = keys_.text("title").value_or("");
    figure.part = keys_.text("part").value_or("");
    check_part(figure.part);
    columns_ = columns_of(parts_, figure.part);
    figure.x = keys_.text("x").value_or("");
    if (!figure.x.empty()) check("axis or metric", figure.x, columns_.all(), "x");
    figure.y = keys_.words("y").value_or(std::vector<std::string>());
    for (const std::string& name : figure.y) check("metric", name, columns_.metrics, "y");
    figure.series = keys_.words("series").value_or(std::vector<std::string>());
    for (const std::string& name : figure.series) check("axis", name, columns_.axes, "series");
    read_logarithms(figure);
    read_only(figure);
    figure.shares = keys_.boolean("shares").value_or(false);
    figure.layer = keys_.text("layer").value_or("");
    read_reference(figure.reference);
    if (kind) check_figure(figure, parts_, keys_, diagnostics_);
    keys_.finish();
    return figure;
  }

 private:
  void check_part(const std::string& part) {
    if (part.empty()) return;
    std::vector<std::string> names;
    for (const StudyPart& one : parts_) names.push_back(one.name);
    check("part", part, names, "part");
  }

  void check(std::string_view what, const std::string& name, const std::vector<std::string>& known, const char* key) {
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    const YamlNode* node = keys_.node(key);
    SourceSpan where = node == nullptr ? keys_.key_span(key) : node->span;
    if (node != nullptr) {
      for (const YamlNode& item : node->items) {
        if (item.scalar == name) where = item.span;
      }
    }
    std::vector<std::string> notes = {fmt::format("the study has: {}", list_names(known))};
    if (find_metric(name) != nullptr) notes.push_back(fmt::format("add '{}' to 'metrics' to have it", name));
    diagnostics_.error(fmt::format("a figure's {} is no {} of the study: '{}'", key, what, name), where,
                       did_you_mean(name, known), std::move(notes));
  }

  void read_logarithms(FigureRequest& figure) {
    for (const std::string& word : keys_.words("log").value_or(std::vector<std::string>())) {
      if (word != "x" && word != "y") {
        diagnostics_.error(fmt::format("no axis of a figure is named '{}'", word), keys_.key_span("log"),
                           "expected x, y or [x, y]");
      }
      figure.log_x = figure.log_x || word == "x";
      figure.log_y = figure.log_y || word == "y";
    }
  }

  void read_only(FigureRequest& figure) {
    const YamlNode* only = keys_.node("only");
    if (only == nullptr) return;
    if (!only->is_map()) {
      diagnostics_.error(fmt::format("expected a map behind 'only', found {}", kind_name(*only)), only->span,
                         "as in {rows: 128}");
      return;
    }
    for (const YamlEntry& entry : only->entries) {
      const bool known = std::find(columns_.axes.begin(), columns_.axes.end(), entry.key) != columns_.axes.end();
      if (!known) {
        diagnostics_.error(fmt::format("a figure's only is no axis of the study: '{}'", entry.key), entry.key_span,
                           did_you_mean(entry.key, columns_.axes));
      }
      if (!entry.value.is_scalar()) diagnostics_.error("expected a value of the axis", entry.value.span);
      figure.only.emplace_back(entry.key, entry.value.scalar);
      if (known && entry.value.is_scalar()) check_value(figure.part, entry);
    }
  }

  void check_value(const std::string& part, const YamlEntry& entry) {
    const std::vector<std::string> values = values_of(parts_, part, entry.key);
    if (std::find(values.begin(), values.end(), entry.value.scalar) != values.end()) return;
    has_points_ = false;
    if (options_.quick) return;
    diagnostics_.error(fmt::format("no point has '{}' = '{}'", entry.key, entry.value.scalar), entry.value.span,
                       did_you_mean(entry.value.scalar, values), {fmt::format("the axis has: {}", list_names(values))});
  }

  void read_reference(FigureReference& reference) {
    const YamlNode* node = keys_.node("reference");
    if (node == nullptr) return;
    if (!node->is_map()) {
      diagnostics_.error(fmt::format("expected a map behind 'reference', found {}", kind_name(*node)), node->span,
                         "as in {name: measured, source: Table III, values: {conv1: 1.2e6}}");
      return;
    }
    MapReader keys(*node, "'reference'", scope_, diagnostics_);
    reference.name = keys.text("name").value_or("published");
    reference.source = keys.required_text("source").value_or("");
    const YamlNode* values = keys.required_node("values");
    if (values != nullptr && values->is_map()) {
      MapReader numbers(*values, "'values' of 'reference'", scope_, diagnostics_);
      for (const YamlEntry& entry : values->entries) {
        const std::optional<double> number = numbers.number(entry.key, dimension::none);
        if (number && std::isfinite(*number)) reference.values.emplace_back(entry.key, *number);
      }
    } else if (values != nullptr) {
      diagnostics_.error(fmt::format("expected a map behind 'values', found {}", kind_name(*values)), values->span);
    }
    keys.finish();
  }

  EmptyScope scope_;
  MapReader keys_;
  const std::vector<StudyPart>& parts_;
  const FigureReadOptions& options_;
  Diagnostics& diagnostics_;
  Columns columns_;
  bool has_points_ = true;
};

}  // namespace

std::vector<FigureRequest> read_figures(const YamlNode& list, const std::vector<StudyPart>& parts,
                                        Diagnostics& diagnostics, const FigureReadOptions& options) {
  std::vector<FigureRequest> figures;
  std::size_t number = 0;
  if (!list.is_sequence()) {
    diagnostics.error(fmt::format("expected a list of figures, found {}", kind_name(list)), list.span,
                      "as in [{kind: lines, x: rows, y: energy_pj, series: network}]");
    return figures;
  }
  for (const YamlNode& node : list.items) {
    if (!node.is_map()) {
      diagnostics.error(fmt::format("expected a map for a figure, found {}", kind_name(node)), node.span);
      continue;
    }
    FigureReader reader(node, parts, options, diagnostics);
    FigureRequest figure = reader.read(++number);
    const auto same =
        std::find_if(figures.begin(), figures.end(), [&](const FigureRequest& one) { return one.name == figure.name; });
    if (same != figures.end()) {
      diagnostics.error(fmt::format("two figures have the name '{}'", figure.name), figure.where);
    }
    if (reader.has_points()) figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace ohmloop
