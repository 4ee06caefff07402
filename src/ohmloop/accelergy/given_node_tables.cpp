#include "ohmloop/accelergy/given_node_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/energy/instance_names.hpp"
#include "ohmloop/energy/node_component.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

bool is_pattern(const GivenComponent& entry) { return entry.name.find('*') != std::string::npos; }

/// How closely an entry names a node.
enum class Match { none, pattern, end_of_path, whole_name };

Match match(const GivenComponent& entry, const std::string& node) {
  if (is_pattern(entry)) return matches_pattern(entry.name, node) ? Match::pattern : Match::none;
  const std::string base = parse_instance_name(entry.name).base;
  if (base == node) return Match::whole_name;
  return base.ends_with("." + node) ? Match::end_of_path : Match::none;
}

bool switches(const std::string& action) { return action != "leak" && action != "idle"; }

/// Joins the entries of the tables to the nodes of an architecture.
class NodeTables {
 public:
  NodeTables(const GivenTables& given, const Architecture& architecture, Diagnostics& diagnostics)
      : given_(given),
        architecture_(architecture),
        diagnostics_(diagnostics),
        unused_(given.components().size(), true) {}

  ReferenceTables run() {
    for (std::size_t i = 0; i < architecture_.nodes.size(); ++i) find_entry(NodeId(i));
    warn_of_unused();
    diagnostics_.throw_if_errors();
    Registry registry;
    use_given_tables(used_, system_, registry, diagnostics_);
    const SystemTables estimated = estimate_system(system_, registry, nullptr, diagnostics_);
    ReferenceTables tables;
    tables.nodes.resize(architecture_.nodes.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const SystemEntry* entry = estimated.find(system_.components[i].name);
      if (entry != nullptr) tables.nodes[nodes_[i].index()] = reference_of(nodes_[i], entry->reference);
    }
    diagnostics_.throw_if_errors();
    return tables;
  }

 private:
  void find_entry(NodeId id) {
    const Node& node = architecture_.node(id);
    if (node.class_name.empty()) return;
    const GivenComponent* best = nullptr;
    const GivenComponent* rival = nullptr;
    Match best_match = Match::none;
    for (std::size_t i = 0; i < unused_.size(); ++i) {
      const GivenComponent& entry = given_.components()[i];
      const Match found = match(entry, node.name);
      if (found == Match::none) continue;
      unused_[i] = false;
      if (found == best_match) rival = &entry;
      if (found <= best_match) continue;
      best = &entry;
      best_match = found;
      rival = nullptr;
    }
    if (best == nullptr) return report_missing(node);
    if (rival != nullptr) return report_two(node, *best, *rival);
    SystemComponent component{.name = is_pattern(*best) ? node.name : best->name, .component = {}};
    component.component.what = node_title(node);
    component.component.where = node.where;
    system_.components.push_back(std::move(component));
    nodes_.push_back(id);
    used_.add(*best);
  }

  void report_missing(const Node& node) {
    std::vector<std::string> names;
    for (const GivenComponent& entry : given_.components()) names.push_back(entry.name);
    std::vector<std::string> ends;
    for (const std::string& name : names) {
      const std::string base = parse_instance_name(name).base;
      ends.push_back(base.substr(base.rfind('.') + 1));
    }
    diagnostics_.error(fmt::format("the reference tables have no entry for {}", node_title(node)), node.where,
                       did_you_mean(node.name, ends), {"entries: " + list_names(names)});
  }

  void report_two(const Node& node, const GivenComponent& one, const GivenComponent& other) {
    diagnostics_.error(fmt::format("two entries of the reference tables name {}", node_title(node)), other.where, {},
                       {fmt::format("'{}' and '{}'", one.name, other.name)});
  }

  /// Tables of other tools have entries for what is no node here: fan-outs, networks.
  void warn_of_unused() {
    std::vector<std::string> names;
    SourceSpan where;
    for (std::size_t i = 0; i < unused_.size(); ++i) {
      if (!unused_[i]) continue;
      if (names.empty()) where = given_.components()[i].where;
      names.push_back(given_.components()[i].name);
    }
    if (names.empty()) return;
    diagnostics_.warning("entries of the reference tables that name no node are not used: " + list_names(names), where);
  }

  NodeReference reference_of(NodeId id, NodeReference reference) {
    const Node& node = architecture_.node(id);
    take_leakage(reference);
    if (node.as<Memory>() != nullptr) {
      charge(node, "read", reference);
      charge(node, "write", reference);
    } else if (node.as<Compute>() != nullptr) {
      charge_only(node, "compute", reference);
      if (!reference.actions.empty()) reference.actions.front().action = "compute";
    } else if (node.as<Converter>() != nullptr) {
      const ComponentClass* known = find_component_class(node.class_name);
      charge_only(node, known == nullptr ? "" : known->passing_action, reference);
    }
    return reference;
  }

  /// `leak` is the energy of a cycle; we charge a power.
  void take_leakage(NodeReference& reference) const {
    const ActionEnergy* leak = reference.find("leak");
    if (leak == nullptr) return;
    reference.leakage_power_w = leak->energy_pj * 1e-12 * architecture_.clock_hertz;
    reference.leakage_known = true;
    reference.leakage_provenance = leak->provenance;
    reference.leakage_provenance.derivation =
        fmt::format("{:g} pJ per cycle x {:g} GHz", leak->energy_pj, architecture_.clock_hertz * 1e-9);
  }

  /// Counts the action in the unit of the node's class. False if there is none, which was reported.
  bool charge(const Node& node, std::string_view action, NodeReference& reference) {
    const ComponentClass* known = find_component_class(node.class_name);
    const ActionSpec* spec = known == nullptr ? nullptr : known->action(action);
    const bool of_bits = spec != nullptr && spec->unit == ActionUnit::bit;
    const ActionUnit whole = node.as<Memory>() != nullptr ? ActionUnit::access : ActionUnit::value;
    for (ActionEnergy& each : reference.actions) {
      if (each.action == action) each.unit = of_bits ? ActionUnit::bit : whole;
    }
    if (reference.find(action) != nullptr) return true;
    std::vector<std::string> names;
    for (const ActionEnergy& each : reference.actions) names.push_back(each.action);
    diagnostics_.error(fmt::format("the entry of {} has no action '{}'", node_title(node), action), node.where,
                       did_you_mean(action, names),
                       {names.empty() ? "it has no energies at all" : "its actions: " + list_names(names)});
    return false;
  }

  /// Leaves the one action that is charged, whatever its arguments: the costliest case.
  void charge_only(const Node& node, const std::string& wanted, NodeReference& reference) {
    std::string name = wanted;
    if (name.empty() || reference.find(name) == nullptr) {
      std::vector<std::string> others;
      for (const ActionEnergy& each : reference.actions) {
        const bool is_new = std::find(others.begin(), others.end(), each.action) == others.end();
        if (switches(each.action) && is_new) others.push_back(each.action);
      }
      if (others.size() == 1) name = others.front();
    }
    if (!charge(node, name.empty() ? "convert" : name, reference)) return;
    const ActionEnergy charged = *reference.find(name);
    reference.actions = {charged};
  }

  const GivenTables& given_;
  const Architecture& architecture_;
  Diagnostics& diagnostics_;
  std::vector<bool> unused_;
  GivenTables used_;
  SystemDescription system_;
  std::vector<NodeId> nodes_;  ///< of the system's components
};

}  // namespace

ReferenceTables given_reference_tables(const GivenTables& given, const Architecture& architecture,
                                       Diagnostics& diagnostics) {
  return NodeTables(given, architecture, diagnostics).run();
}

}  // namespace ohmloop
