// One class of the component library.
#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/parts_json.hpp"
#include "ohmloop/report/parts_report.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

std::string range_of(const AttributeSpec& spec) {
  constexpr double no_limit = 1e300;
  if (!spec.words.empty()) return list_names(spec.words);
  if (spec.kind == AttributeKind::word) return "a name";
  const std::string unit = spec.unit.empty() ? "" : fmt::format(" {}", spec.unit);
  const std::string whole = spec.kind == AttributeKind::integer ? "whole, " : "";
  if (spec.high >= no_limit) return fmt::format("{}from {:g}{}", whole, spec.low, unit);
  return fmt::format("{}{:g}..{:g}{}", whole, spec.low, spec.high, unit);
}

std::string attribute_table(const ComponentClass& one, const TableStyle& style) {
  TextTable table({{"attribute", "", Align::left},
                   {"values", "", Align::left, true},
                   {"", "", Align::left},
                   {"meaning", "", Align::left, true}});
  for (const AttributeSpec& spec : one.attributes) {
    const std::string need = spec.required ? "required" : spec.standard.empty() ? "optional" : spec.standard;
    table.add_row({spec.name, range_of(spec), need, spec.meaning});
  }
  return table.render(style);
}

std::string action_table(const ComponentClass& one, const TableStyle& style) {
  TextTable table({{"action", "", Align::left},
                   {"per", "", Align::left},
                   {"arguments", "", Align::left, true},
                   {"meaning", "", Align::left, true}});
  for (const ActionSpec& action : one.actions) {
    std::vector<std::string> arguments;
    for (const ActionArgumentSpec& argument : action.arguments) arguments.push_back(argument.name);
    table.add_row({action.name, std::string(to_string(action.unit)), list_names(arguments), action.meaning});
  }
  return table.render(style);
}

void add_answer(TextTable& table, const PartFigure& figure, const EstimateCandidate& candidate, bool chosen) {
  const Estimate& estimate = candidate.estimate;
  std::string from = candidate.title;
  if (!estimate.provenance.source.empty()) from += fmt::format(": {}", estimate.provenance.source);
  table.add_row({chosen ? figure.name : "", chosen ? "" : "also",
                 estimate.unknown ? "unknown" : fmt::format("{:.4g}", estimate.value), figure.unit,
                 fmt::format("{:g}", estimate.accuracy_percent), from, estimate.provenance.derivation});
}

std::string figure_table(const std::vector<PartFigure>& figures, const TableStyle& style) {
  TextTable table({{"figure", "", Align::left},
                   {"", "", Align::left},
                   {"value", ""},
                   {"unit", "", Align::left},
                   {"accuracy", "%"},
                   {"from", "", Align::left, true},
                   {"derivation", "", Align::left, true}});
  for (const PartFigure& figure : figures) {
    if (figure.choice.candidates.empty()) table.add_row({figure.name, "", "-", figure.unit, "", "nobody knows", ""});
    bool chosen = true;
    for (const EstimateCandidate& candidate : figure.choice.candidates) {
      add_answer(table, figure, candidate, chosen);
      chosen = false;
    }
  }
  return table.render(style);
}

/// Who rejected; equal reasons for several figures once.
std::string rejections(const std::vector<PartFigure>& figures) {
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const PartFigure& figure : figures) {
    for (const std::string& reason : figure.choice.rejections) {
      auto known = std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == reason; });
      if (known == reasons.end()) known = reasons.insert(reasons.end(), {reason, {}});
      known->second.push_back(figure.name);
    }
  }
  std::string text = reasons.empty() ? "" : "\nrejected:\n";
  for (const auto& [reason, names] : reasons) text += fmt::format("  {} ({})\n", reason, list_names(names));
  return text;
}

std::string column_of(const PartFigure& figure) {
  if (figure.name == "area") return "area_um2";
  if (figure.name == "leakage") return "leakage_power_w";
  return figure.name + "_pj";
}

/// "8192" of 8192.0; the shortest text that reads back.
std::string value_of(const PartFigure& figure) {
  const std::optional<Estimate>& estimate = figure.choice.estimate;
  return estimate && !estimate->unknown ? shortest_double(estimate->value) : "";
}

/// "read: model memory; area: model memory, table isaac".
std::string sources_of(const PartSweep& sweep) {
  std::string text;
  for (std::size_t i = 0; !sweep.points.empty() && i < sweep.points.front().figures.size(); ++i) {
    std::vector<std::string> titles;
    for (const PartSweep::Point& point : sweep.points) {
      const std::vector<EstimateCandidate>& answers = point.figures[i].choice.candidates;
      const std::string title = answers.empty() ? "nobody" : answers.front().title;
      if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
    }
    text += fmt::format("{}: from {}\n", sweep.points.front().figures[i].name, list_names(titles));
  }
  return text;
}

}  // namespace

std::string part_table(const PartReport& report, const Registry& registry, const TableStyle& style) {
  const ComponentClass& one = *report.component_class;
  std::string text = fmt::format("{}: {}\n", one.name, one.description);
  if (!report.figures.empty()) {
    return text + fmt::format("{}\n\n", report.attributes) + figure_table(report.figures, style) +
           rejections(report.figures);
  }
  text += fmt::format("\n{}\n{}\nestimators: {}\n", attribute_table(one, style), action_table(one, style),
                      list_names(estimators_of(one, registry)));
  return text;
}

std::string part_csv(const PartReport& report) {
  std::string text = "figure,value,unit,chosen,estimator,accuracy_percent,source,derivation\n";
  for (const PartFigure& figure : report.figures) {
    bool chosen = true;
    for (const EstimateCandidate& candidate : figure.choice.candidates) {
      const Estimate& estimate = candidate.estimate;
      text += fmt::format("{},{},{},{},{},{:g},{},{}\n", csv_field(figure.name), shortest_double(estimate.value),
                          figure.unit, chosen ? "yes" : "no", csv_field(candidate.estimator), estimate.accuracy_percent,
                          csv_field(estimate.provenance.source), csv_field(estimate.provenance.derivation));
      chosen = false;
    }
  }
  return text;
}

std::string sweep_csv(const PartSweep& sweep) {
  std::string text = csv_field(sweep.attribute);
  if (!sweep.points.empty()) {
    for (const PartFigure& figure : sweep.points.front().figures)
      text += fmt::format(",{}", csv_field(column_of(figure)));
  }
  text += '\n';
  for (const PartSweep::Point& point : sweep.points) {
    text += shortest_double(point.value);
    for (const PartFigure& figure : point.figures) text += fmt::format(",{}", value_of(figure));
    text += '\n';
  }
  return text;
}

std::string sweep_table(const PartSweep& sweep, const TableStyle& style) {
  std::vector<TableColumn> columns = {{sweep.attribute, sweep.unit}};
  for (const PartFigure& figure : sweep.points.front().figures) columns.push_back({figure.name, figure.unit});
  TextTable table(std::move(columns));
  for (const PartSweep::Point& point : sweep.points) {
    std::vector<std::string> cells = {shortest_double(point.value)};
    for (const PartFigure& figure : point.figures) {
      const std::optional<Estimate>& estimate = figure.choice.estimate;
      cells.push_back(estimate && !estimate->unknown ? fmt::format("{:.4g}", estimate->value) : "-");
    }
    table.add_row(std::move(cells));
  }
  return fmt::format("{}: {}\n\n{}\n{}", sweep.component_class->name, sweep.attributes, table.render(style),
                     sources_of(sweep));
}

}  // namespace ohmloop
