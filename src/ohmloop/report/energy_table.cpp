#include "ohmloop/report/energy_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

constexpr DisplayUnit pj = {"pJ", 1};
constexpr DisplayUnit um2 = {"um2", 1};

std::string origin(const Provenance& provenance) {
  std::string text = provenance.estimator;
  if (!provenance.source.empty()) text += (text.empty() ? "" : ": ") + provenance.source;
  return text + (provenance.fitted ? " (fitted)" : "");
}

/// One action with all values of its arguments.
struct ActionRange {
  const ActionEnergy* first = nullptr;
  std::size_t cases = 0;
  double low = 0;
  double high = 0;
};

std::vector<ActionRange> action_ranges(const NodeReference& reference) {
  std::vector<ActionRange> ranges;
  for (const ActionEnergy& action : reference.actions) {
    auto known = std::find_if(ranges.begin(), ranges.end(),
                              [&](const ActionRange& range) { return range.first->action == action.action; });
    if (known == ranges.end()) known = ranges.insert(ranges.end(), {&action, 0, action.energy_pj, action.energy_pj});
    ++known->cases;
    known->low = std::min(known->low, action.energy_pj);
    known->high = std::max(known->high, action.energy_pj);
  }
  return ranges;
}

std::string range_cell(const ActionRange& range) {
  if (!range.first->known) return "?";
  const std::string low = format_number(range.low);
  const std::string high = format_number(range.high);
  return low == high ? low : low + ".." + high;
}

std::string action_cell(const ActionRange& range) {
  return range.cases == 1 ? range.first->action : fmt::format("{} ({} cases)", range.first->action, range.cases);
}

std::string leakage_cell(const NodeReference& reference) {
  if (!reference.leakage_known) return "?";
  return reference.leakage_power_w == 0
             ? "-"
             : format_with_unit(reference.leakage_power_w, power_unit(reference.leakage_power_w));
}

void add_component(TextTable& table, const SystemEntry& entry) {
  std::vector<std::string> head = {entry.name, entry.class_name, format_copies(entry.copies)};
  std::vector<std::string> tail = {cell(entry.reference.area_um2, um2), leakage_cell(entry.reference)};
  const auto add = [&](const std::string& action, const std::string& energy, const std::string& per,
                       const Provenance& provenance) {
    table.add_row({head[0], head[1], head[2], action, energy, per, tail[0], tail[1], origin(provenance)});
    head.assign(3, "");
    tail.assign(2, "");
  };
  for (const ActionRange& range : action_ranges(entry.reference)) {
    add(action_cell(range), range_cell(range), std::string(to_string(range.first->unit)), range.first->provenance);
  }
  if (entry.reference.actions.empty()) add("", "-", "", entry.reference.area_provenance);
}

std::string component_table(const EnergyReport& report, const TableStyle& style) {
  TextTable table({{"component", "", Align::left, true},
                   {"class", "", Align::left, true},
                   {"copies", ""},
                   {"action", "", Align::left},
                   {"energy", "pJ"},
                   {"per", "", Align::left},
                   {"area of one", "um2"},
                   {"leakage of one", ""},
                   {"from", "", Align::left, true}});
  for (const SystemEntry& entry : report.tables.entries) add_component(table, entry);
  return table.render(style);
}

std::string by_component_table(const EnergyReport& report, const TableStyle& style) {
  const ChargedEnergy& charged = *report.charged;
  const double whole_area = total_area_um2(report.tables);
  const DisplayUnit energy_in = energy_unit(charged.dynamic_pj);
  const DisplayUnit area_in = area_unit(whole_area);
  TextTable table({{"component", "", Align::left, true},
                   {"class", "", Align::left, true},
                   {"copies", ""},
                   {"energy", std::string(energy_in.name)},
                   {"share", "%"},
                   {"area", std::string(area_in.name)},
                   {"share", "%"}});
  for (std::size_t i = 0; i < report.tables.entries.size(); ++i) {
    const SystemEntry& entry = report.tables.entries[i];
    const double area = entry.copies * entry.reference.area_um2;
    table.add_row({entry.name, entry.class_name, format_copies(entry.copies), cell(charged.by_entry_pj[i], energy_in),
                   percent_cell(share(charged.by_entry_pj[i], charged.dynamic_pj)), cell(area, area_in),
                   percent_cell(share(area, whole_area))});
  }
  table.add_rule();
  table.add_row({"total", "", "", cell(charged.dynamic_pj, energy_in), percent_cell(charged.dynamic_pj == 0 ? 0 : 1),
                 cell(whole_area, area_in), percent_cell(whole_area == 0 ? 0 : 1)});
  return table.render(style);
}

std::string by_name_table(const std::string& title, const std::vector<NamedEnergy>& energies, double whole,
                          const TableStyle& style) {
  const DisplayUnit energy_in = energy_unit(whole);
  TextTable table({{title, "", Align::left, true}, {"energy", std::string(energy_in.name)}, {"share", "%"}});
  for (const NamedEnergy& one : energies) {
    table.add_row({one.name, cell(one.energy_pj, energy_in), percent_cell(share(one.energy_pj, whole))});
  }
  return table.render(style);
}

/// Rows of one component and action: counts of all arguments and tensors together.
struct ActionSum {
  std::size_t entry = 0;
  std::string action;
  double count = 0;
  double energy_pj = 0;
};

std::vector<ActionSum> sums_by_action(const EnergyReport& report) {
  std::vector<ActionSum> sums;
  for (const EnergyRow& row : energy_rows(report.tables, *report.charged, Detail::entries)) {
    const std::string& name = report.tables.entries[row.entry].reference.actions[row.action].action;
    auto known = std::find_if(sums.begin(), sums.end(),
                              [&](const ActionSum& sum) { return sum.entry == row.entry && sum.action == name; });
    if (known == sums.end()) known = sums.insert(sums.end(), {row.entry, name, 0, 0});
    known->count += row.count;
    known->energy_pj += row.energy_pj;
  }
  return sums;
}

std::string by_action_table(const EnergyReport& report, const TableStyle& style) {
  const double whole = report.charged->dynamic_pj;
  const DisplayUnit energy_in = energy_unit(whole);
  TextTable table({{"component", "", Align::left, true},
                   {"action", "", Align::left},
                   {"count", ""},
                   {"energy of one", "pJ"},
                   {"energy", std::string(energy_in.name)},
                   {"share", "%"}});
  const std::string* last = nullptr;
  for (const ActionSum& sum : sums_by_action(report)) {
    const std::string& name = report.tables.entries[sum.entry].name;
    table.add_row({last != nullptr && *last == name ? "" : name, sum.action, format_number(sum.count),
                   cell(share(sum.energy_pj, sum.count), pj), cell(sum.energy_pj, energy_in),
                   percent_cell(share(sum.energy_pj, whole))});
    last = &name;
  }
  return table.render(style);
}

std::string leakage_note(const EnergyReport& report) {
  if (!any_leakage_known(report.tables)) return "leakage: n/a, no component has a figure\n";
  const double power = total_leakage_power_w(report.tables);
  const std::string watts = format_with_unit(power, power_unit(power));
  if (!report.charged) return fmt::format("leakage of the whole chip: {}\n", watts);
  const double seconds = report.counts->runtime_s;
  if (seconds <= 0) return fmt::format("leakage: {}; the counts give no runtime to charge it for\n", watts);
  const double energy = report.charged->leakage_pj;
  const double all = energy + report.charged->dynamic_pj;
  return fmt::format("leakage: {} over {} is {}, not in the energies above; {} in all\n", watts,
                     format_with_unit(seconds, time_unit(seconds)), format_with_unit(energy, energy_unit(energy)),
                     format_with_unit(all, energy_unit(all)));
}

std::string counted_part(const EnergyReport& report, Detail detail, const TableStyle& style) {
  const double whole = report.charged->dynamic_pj;
  std::string text = by_component_table(report, style);
  text += '\n';
  text += by_action_table(report, style);
  if (const std::vector<NamedEnergy> tensors = energy_by_tensor(*report.charged); !tensors.empty()) {
    text += '\n';
    text += by_name_table("tensor", tensors, whole, style);
  }
  if (detail == Detail::instances) {
    text += '\n';
    text += by_name_table("instance", energy_by_instance(*report.charged), whole, style);
  }
  return text + fmt::format("\nenergy: {}\n", format_with_unit(whole, energy_unit(whole)));
}

}  // namespace

std::string format_operations(double operations_per_s, const std::string& per) {
  constexpr std::array<DisplayUnit, 4> units = {{{"OPS", 1}, {"MOPS", 1e6}, {"GOPS", 1e9}, {"TOPS", 1e12}}};
  DisplayUnit chosen = units[0];
  for (const DisplayUnit& unit : units) {
    if (operations_per_s >= unit.in_base) chosen = unit;
  }
  return format_with_unit(operations_per_s, chosen) + per;
}

std::string peak_note(const PeakPerformance& peak) {
  std::vector<std::string> figures = {format_operations(peak.operations_per_s, "")};
  if (peak.power_w) figures.push_back(format_with_unit(*peak.power_w, power_unit(*peak.power_w)));
  if (const auto per_w = peak.operations_per_s_per_w()) figures.push_back(format_operations(*per_w, "/W"));
  if (const auto per_mm2 = peak.operations_per_s_per_mm2()) figures.push_back(format_operations(*per_mm2, "/mm2"));
  std::string text = fmt::format("peak: {}", list_names(figures));
  text += "; a MAC of whole operands is two operations\n";
  if (!peak.power_w) {
    text += fmt::format("peak power: n/a, no source says how often these can act: {}\n", list_names(peak.without_rate));
  }
  return text;
}

std::string energy_table(const EnergyReport& report, Detail detail, const TableStyle& style) {
  const double area = total_area_um2(report.tables);
  const auto components = static_cast<std::int64_t>(report.tables.entries.size());
  std::string text = fmt::format("{}: {}\n\n", report.name, counted(components, "component"));
  text += report.charged ? counted_part(report, detail, style) : component_table(report, style) + "\n";
  text += fmt::format("area of the whole chip: {}\n", format_with_unit(area, area_unit(area)));
  text += leakage_note(report);
  if (report.peak) text += peak_note(*report.peak);
  if (!report.warnings.empty()) text += fmt::format("warnings: {}\n", report.warnings.size());
  return text;
}

}  // namespace ohmloop
