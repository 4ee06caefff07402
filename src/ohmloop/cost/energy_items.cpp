#include "ohmloop/cost/energy_items.hpp"

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

const ActionEnergy& required_action(const Architecture& architecture, const ReferenceTables& tables, NodeId node,
                                    const char* action) {
  const ActionEnergy* found = tables.of(node).find(action);
  if (found == nullptr) {
    OHM_CHECK(false, fmt::format("no energy for '{}' of '{}'", action, architecture.node(node).name));
  }
  return *found;
}

/// A node that isn't a memory has one charged action: that of its class.
const ActionEnergy& only_action(const Architecture& architecture, const ReferenceTables& tables, NodeId node) {
  const std::vector<ActionEnergy>& actions = tables.of(node).actions;
  if (actions.empty()) OHM_CHECK(false, fmt::format("no energy for '{}'", architecture.node(node).name));
  return actions.front();
}

double values_in_unit(std::int64_t values, int bits, ActionUnit unit) {
  const auto count = static_cast<double>(values);
  return unit == ActionUnit::bit ? count * bits : count;
}

double count_in_unit(std::int64_t elements, int bits, const Memory& memory, ActionUnit unit) {
  if (unit != ActionUnit::access) return values_in_unit(elements, bits, unit);
  return memory_accesses(elements, bits, memory.width_bits);
}

struct Writer {
  const Einsum& einsum;
  const Architecture& architecture;
  const ReferenceTables& tables;
  std::vector<EnergyItem> items;

  void add(NodeId node, std::optional<Role> role, const ActionEnergy& action, double count) {
    if (count > 0) items.push_back({node, role, action.action, count, count * action.energy_pj});
  }

  void add_memory(NodeId node, const Memory& memory, const ByRole<TensorActions>& actions) {
    for (const Role role : all_roles) {
      const TensorActions& of_role = actions[role_index(role)];
      const int bits = einsum.tensor(role).bits;
      const auto add_accesses = [&](const char* name, std::int64_t elements) {
        if (elements == 0) return;
        const ActionEnergy& action = required_action(architecture, tables, node, name);
        add(node, role, action, count_in_unit(elements, bits, memory, action.unit));
      };
      add_accesses("read", checked_add(of_role.reads, of_role.drains));
      add_accesses("write", checked_add(of_role.fills, of_role.updates));
    }
  }

  void add_converter(NodeId node, const ByRole<std::int64_t>& values) {
    for (const Role role : all_roles) {
      if (values[role_index(role)] == 0) continue;
      const ActionEnergy& action = only_action(architecture, tables, node);
      add(node, role, action, values_in_unit(values[role_index(role)], einsum.tensor(role).bits, action.unit));
    }
  }

  void add_compute(NodeId node, std::int64_t computes) {
    const ActionEnergy* named = tables.of(node).find("compute");
    const ActionEnergy& action = named != nullptr ? *named : only_action(architecture, tables, node);
    add(node, std::nullopt, action, static_cast<double>(computes));
  }
};

}  // namespace

double memory_accesses(std::int64_t elements, int bits, std::int64_t width_bits) {
  const auto count = static_cast<double>(elements);
  if (width_bits <= 0) return count;
  if (bits > width_bits) return count * static_cast<double>(ceil_divide(bits, width_bits));
  return count * bits / static_cast<double>(width_bits);
}

std::vector<EnergyItem> energy_items(const Einsum& einsum, const Architecture& architecture,
                                     const ReferenceTables& tables, const Counts& counts,
                                     const ChargedTraffic& traffic) {
  Writer writer{einsum, architecture, tables, {}};
  writer.items.reserve(architecture.nodes.size() * 2);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    const NodeId id(i);
    if (const auto* memory = node.as<Memory>()) {
      writer.add_memory(id, *memory, traffic.of_memory(id, counts.memories[i].total));
    } else if (node.as<Converter>() != nullptr) {
      writer.add_converter(id, traffic.of_converter(id, counts.converters[i].total));
    } else if (node.as<Compute>() != nullptr) {
      writer.add_compute(id, counts.computes);
    }
  }
  return std::move(writer.items);
}

ByRole<double> element_energies_pj(const Einsum& einsum, const Architecture& architecture,
                                   const ReferenceTables& tables, NodeId memory, std::string_view action) {
  const auto* body = architecture.node(memory).as<Memory>();
  OHM_CHECK(body != nullptr, "only memories are read and written");
  ByRole<double> energies{};
  const ActionEnergy* found = tables.of(memory).find(action);
  if (found == nullptr) return energies;
  for (const Role role : all_roles) {
    energies[role_index(role)] = found->energy_pj * count_in_unit(1, einsum.tensor(role).bits, *body, found->unit);
  }
  return energies;
}

ByRole<double> value_energies_pj(const Einsum& einsum, const ReferenceTables& tables, NodeId node) {
  ByRole<double> energies{};
  const std::vector<ActionEnergy>& actions = tables.of(node).actions;
  if (actions.empty()) return energies;
  for (const Role role : all_roles) {
    energies[role_index(role)] =
        actions.front().energy_pj * values_in_unit(1, einsum.tensor(role).bits, actions.front().unit);
  }
  return energies;
}

double write_energy_pj(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                       NodeId memory, std::int64_t elements) {
  const ActionEnergy& action = required_action(architecture, tables, memory, "write");
  const auto* body = architecture.node(memory).as<Memory>();
  OHM_CHECK(body != nullptr, "only memories are written");
  return action.energy_pj * count_in_unit(elements, einsum.tensor(Role::weight).bits, *body, action.unit);
}

}  // namespace ohmloop
