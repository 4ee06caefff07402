#include "ohmloop/cost/digital_cost.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"
#include "ohmloop/cost/energy_items.hpp"

namespace ohmloop {
namespace {

/// The innermost memory above `below` that stores a role.
std::optional<NodeId> memory_above(const Architecture& architecture, NodeId below, Role role) {
  for (const Placement wanted : {Placement::keep, Placement::free}) {
    for (std::size_t i = below.index(); i-- > 0;) {
      const auto* memory = architecture.nodes[i].as<Memory>();
      if (memory != nullptr && memory->placement[role_index(role)] == wanted) return NodeId(i);
    }
  }
  return std::nullopt;
}

class CostWriter {
 public:
  CostWriter(NodeId component, const Architecture& architecture, const ReferenceTables& tables)
      : architecture_(architecture), tables_(tables) {
    cost_.component = component;
  }

  DigitalCost run(const DigitalWork& work) {
    add_operations(work);
    add_traffic(Role::input, "read", work.elements_read);
    add_traffic(Role::output, "write", work.elements_written);
    return std::move(cost_);
  }

 private:
  void add(NodeId node, std::optional<Role> role, const ActionEnergy& action, double count) {
    if (count == 0) return;
    cost_.items.push_back({node, role, action.action, count, action.energy_pj * count});
    cost_.energy_pj += cost_.items.back().energy_pj;
  }

  void add_operations(const DigitalWork& work) {
    const Node& node = architecture_.node(cost_.component);
    const auto* component = node.as<Component>();
    const ActionEnergy* action = served_action(tables_.of(cost_.component), work.kind);
    OHM_CHECK(component != nullptr && action != nullptr, "what serves has an action for it");
    add(cost_.component, std::nullopt, *action, static_cast<double>(work.operations));
    const double copies =
        static_cast<double>(component->count) * static_cast<double>(architecture_.instances(cost_.component));
    const double cycles_per_operation =
        node.step_seconds.value_or(1 / architecture_.clock_hertz) * architecture_.clock_hertz;
    cost_.latency_cycles = static_cast<double>(work.operations) * cycles_per_operation / copies;
  }

  void add_traffic(Role role, std::string_view name, std::int64_t elements) {
    const std::optional<NodeId> id = memory_above(architecture_, cost_.component, role);
    if (!id || elements == 0) return;
    const Memory& memory = *architecture_.node(*id).as<Memory>();
    const ActionEnergy* action = tables_.of(*id).find(name);
    OHM_CHECK(action != nullptr, "memories can be read and written");
    const double bits = static_cast<double>(elements) * architecture_.bits.input;
    const double accesses = memory_accesses(elements, architecture_.bits.input, memory.width_bits);
    add(*id, role, *action, action->unit == ActionUnit::bit ? bits : accesses);
    const std::optional<double>& bandwidth =
        role == Role::input ? memory.read_bandwidth_bits_per_cycle : memory.write_bandwidth_bits_per_cycle;
    if (!bandwidth) return;
    const double cycles = bits / (*bandwidth * static_cast<double>(architecture_.instances(*id)));
    cost_.latency_cycles = std::max(cost_.latency_cycles, cycles);
  }

  const Architecture& architecture_;
  const ReferenceTables& tables_;
  DigitalCost cost_;
};

}  // namespace

DigitalCost digital_cost(const DigitalWork& work, NodeId component, const Architecture& architecture,
                         const ReferenceTables& tables) {
  return CostWriter(component, architecture, tables).run(work);
}

}  // namespace ohmloop
