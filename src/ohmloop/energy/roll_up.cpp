#include "ohmloop/energy/roll_up.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

double copies(const Architecture& architecture, NodeId id) {
  const auto* component = architecture.node(id).as<Component>();
  return static_cast<double>(architecture.instances(id)) *
         (component == nullptr ? 1.0 : static_cast<double>(component->count));
}

/// Energy per second of one unit, W; nothing if a costly action's rate is unknown.
std::optional<double> unit_power_w(const NodeReference& reference) {
  constexpr double joule_per_pj = 1e-12;
  double most = 0;
  for (const ActionEnergy& action : reference.actions) {
    if (action.energy_pj > 0 && action.full_rate_hz <= 0) return std::nullopt;
    most = std::max(most, action.energy_pj * joule_per_pj * action.full_rate_hz);
  }
  return most;
}

ChipRollUp::Item roll_up_node(const NodeReference& reference, double count) {
  ChipRollUp::Item item;
  const std::optional<double> power = unit_power_w(reference);
  item.rate_known = power.has_value();
  item.power_w = count * (power.value_or(0) * reference.units + reference.leakage_power_w);
  item.area_um2 = count * reference.area_um2;
  return item;
}

ChipRollUp roll_up_from(const Architecture& architecture, const ReferenceTables& tables, std::size_t first,
                        double divisor) {
  ChipRollUp result;
  result.nodes.resize(architecture.nodes.size());
  for (std::size_t i = first; i < architecture.nodes.size(); ++i) {
    ChipRollUp::Item& item = result.nodes[i];
    item = roll_up_node(tables.nodes[i], copies(architecture, NodeId(i)) / divisor);
    result.power_w += item.power_w;
    result.area_um2 += item.area_um2;
    if (!item.rate_known) result.without_rate.push_back(architecture.nodes[i].name);
  }
  return result;
}

}  // namespace

ChipRollUp roll_up_chip(const Architecture& architecture, const ReferenceTables& tables) {
  return roll_up_from(architecture, tables, 0, 1);
}

ChipRollUp roll_up_below(const Architecture& architecture, const ReferenceTables& tables, NodeId fanout) {
  const auto* body = architecture.node(fanout).as<Fanout>();
  const double own = body == nullptr ? 1.0 : static_cast<double>(body->count);
  return roll_up_from(architecture, tables, fanout.index() + 1,
                      own * static_cast<double>(architecture.instances(fanout)));
}

double peak_power_w(const Architecture& architecture, const ReferenceTables& tables) {
  return roll_up_chip(architecture, tables).power_w;
}

}  // namespace ohmloop
