#include "ohmloop/report/energy_csv.hpp"

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/report/layers_csv.hpp"

namespace ohmloop {

namespace {

std::string figure_row(const SystemEntry& entry, const std::string& figure, const ActionArguments& arguments,
                       double value, const std::string& unit, const Provenance& provenance) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_field(entry.name), csv_field(entry.class_name),
                     shortest_double(entry.copies), csv_field(figure), csv_field(argument_text(arguments)),
                     shortest_double(value), unit, csv_field(provenance.estimator), csv_field(provenance.source),
                     csv_field(provenance.derivation));
}

}  // namespace

std::string components_csv(const EnergyReport& report) {
  std::string text = "component,class,copies,figure,arguments,value,unit,estimator,source,derivation\n";
  for (const SystemEntry& entry : report.tables.entries) {
    const NodeReference& reference = entry.reference;
    for (const ActionEnergy& action : reference.actions) {
      text += figure_row(entry, action.action, action.arguments, action.energy_pj,
                         fmt::format("pJ/{}", to_string(action.unit)), action.provenance);
    }
    text += figure_row(entry, "area", {}, reference.area_um2, "um2", reference.area_provenance);
    text += figure_row(entry, "leakage", {}, reference.leakage_power_w, "W", reference.leakage_provenance);
  }
  return text;
}

std::string energy_csv(const EnergyReport& report, Detail detail) {
  std::string text = "component,class,tensor,action,arguments,count,energy_per_action_pj,energy_pj\n";
  if (!report.charged) return text;
  for (const EnergyRow& row : energy_rows(report.tables, *report.charged, detail)) {
    const SystemEntry& entry = report.tables.entries[row.entry];
    const ActionEnergy& action = entry.reference.actions[row.action];
    text += fmt::format("{},{},{},{},{},{},{},{}\n", csv_field(row.component), csv_field(entry.class_name),
                        csv_field(row.tensor), csv_field(action.action), csv_field(argument_text(action.arguments)),
                        shortest_double(row.count), shortest_double(action.energy_pj), shortest_double(row.energy_pj));
  }
  return text;
}

}  // namespace ohmloop
