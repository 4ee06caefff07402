#include "ohmloop/report/energy_report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {

namespace {

/// Adds to the entry of that name, which is made if need be; `places` knows where names stand.
void add_to(std::vector<NamedEnergy>& list, std::map<std::string, std::size_t>& places, const std::string& name,
            double energy_pj) {
  const auto [place, added] = places.emplace(name, list.size());
  if (added) list.push_back({name, 0});
  list[place->second].energy_pj += energy_pj;
}

}  // namespace

std::vector<EnergyRow> energy_rows(const SystemTables& tables, const ChargedEnergy& charged, Detail detail) {
  std::vector<EnergyRow> rows;
  std::map<std::tuple<std::size_t, std::size_t, std::string, std::string>, std::size_t> places;
  for (const ChargedAction& one : charged.actions) {
    const std::string& name = detail == Detail::entries ? tables.entries[one.entry].name : one.component;
    const auto [place, added] = places.emplace(std::tuple(one.entry, one.action, name, one.tensor), rows.size());
    if (added) rows.push_back({one.entry, one.action, name, one.tensor, 0, 0});
    rows[place->second].count += one.count;
    rows[place->second].energy_pj += one.energy_pj;
  }
  std::stable_sort(rows.begin(), rows.end(), [](const EnergyRow& a, const EnergyRow& b) { return a.entry < b.entry; });
  return rows;
}

std::vector<NamedEnergy> energy_by_tensor(const ChargedEnergy& charged) {
  std::vector<NamedEnergy> list;
  std::map<std::string, std::size_t> places;
  bool any = false;
  for (const ChargedAction& one : charged.actions) {
    any = any || !one.tensor.empty();
    add_to(list, places, one.tensor.empty() ? "not said" : one.tensor, one.energy_pj);
  }
  return any ? list : std::vector<NamedEnergy>{};
}

std::vector<NamedEnergy> energy_by_instance(const ChargedEnergy& charged) {
  std::vector<NamedEnergy> list;
  std::map<std::string, std::size_t> places;
  for (const ChargedAction& one : charged.actions) add_to(list, places, one.component, one.energy_pj);
  return list;
}

double total_area_um2(const SystemTables& tables) {
  double area = 0;
  for (const SystemEntry& entry : tables.entries) area += entry.copies * entry.reference.area_um2;
  return area;
}

double total_leakage_power_w(const SystemTables& tables) {
  double power = 0;
  for (const SystemEntry& entry : tables.entries) power += entry.copies * entry.reference.leakage_power_w;
  return power;
}

bool any_leakage_known(const SystemTables& tables) {
  return std::any_of(tables.entries.begin(), tables.entries.end(),
                     [](const SystemEntry& entry) { return entry.reference.leakage_power_w > 0; });
}

std::string format_copies(double copies) {
  constexpr double largest_exact = 9007199254740992.0;
  const bool whole = copies == std::floor(copies) && copies < largest_exact;
  return whole ? format_count(static_cast<std::int64_t>(copies)) : format_number(copies);
}

std::string argument_text(const ActionArguments& arguments) {
  std::string text;
  for (const auto& [name, value] : arguments) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, shortest_double(value));
  }
  return text;
}

}  // namespace ohmloop
