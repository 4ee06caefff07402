#include "ohmloop/energy/reference_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/energy/node_component.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/energy/user_tables.hpp"

namespace ohmloop {
namespace {

/// The description's variables, already evaluated.
class VariableValues final : public Scope {
 public:
  explicit VariableValues(const std::map<std::string, Value>& values) : values_(values) {}

  std::optional<Value> lookup(std::string_view name, const SourceSpan&, Diagnostics&) override {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::nullopt : std::optional<Value>(found->second);
  }

  [[nodiscard]] std::vector<std::string> names() const override {
    std::vector<std::string> names;
    for (const auto& [name, value] : values_) names.push_back(name);
    return names;
  }

 private:
  const std::map<std::string, Value>& values_;
};

class TablesWriter {
 public:
  TablesWriter(const Architecture& architecture, const Registry& registry, Diagnostics& diagnostics)
      : architecture_(architecture),
        diagnostics_(diagnostics),
        tables_(tables_of_description(architecture, registry, diagnostics)),
        classes_(tables_.registry.classes()),
        variables_(architecture.variables),
        compounds_(read_compound_classes(architecture.components, classes_, diagnostics)),
        estimator_(tables_.registry, compounds_, &variables_, diagnostics, tables_.named, architecture.fitted_names) {}

  /// With the values of one layer where these are given.
  ReferenceTables run(const LayerMoments* values = nullptr) {
    values_ = values;
    ReferenceTables tables;
    tables.nodes.resize(architecture_.nodes.size());
    if (diagnostics_.has_errors()) diagnostics_.throw_if_errors();
    for (std::size_t i = 0; i < tables.nodes.size(); ++i) {
      if (!architecture_.nodes[i].class_name.empty()) fill(NodeId(i), tables.nodes[i]);
    }
    diagnostics_.throw_if_errors();
    return tables;
  }

 private:
  void fill(NodeId id, NodeReference& reference) {
    const Node& node = architecture_.node(id);
    const std::optional<WantedActions> wanted = wanted_actions(node, compounds_, classes_, diagnostics_);
    if (!wanted) return;
    const ComponentEstimate& estimate =
        estimator_.estimate(component_of_node(architecture_, id, compounds_, classes_, values_), *wanted);
    if (!estimate.good) return;
    reference.actions = estimate.actions;
    if (node.as<Compute>() != nullptr) reference.actions.front().action = "compute";
    check_served(id, reference);
    reference.units = units_of_node(architecture_, id, classes_);
    if (is_storage_element(id)) charge_pairs(*architecture_.array, reference.actions);
    fill_area(id, estimate, reference);
    warn(id, estimate);
  }

  [[nodiscard]] bool is_storage_element(NodeId id) const {
    return architecture_.array && (id == architecture_.array->cells || computes_in_place(id));
  }

  /// A pair of elements acts as one: it computes and is written at twice the energy of either.
  static void charge_pairs(const ArraySlicing& array, std::vector<ActionEnergy>& actions) {
    if (array.elements_per_slice() == 1) return;
    for (ActionEnergy& action : actions) {
      action.energy_pj *= static_cast<double>(array.elements_per_slice());
      append_factor(action.provenance.derivation, fmt::format("{} elements of a pair", array.elements_per_slice()));
    }
  }

  static void append_factor(std::string& derivation, const std::string& factor) {
    derivation += fmt::format("{}x {}", derivation.empty() ? "" : "; ", factor);
  }

  void check_served(NodeId id, const NodeReference& reference) {
    const Node& node = architecture_.node(id);
    const auto* component = node.as<Component>();
    if (component == nullptr) return;
    for (const DigitalKind kind : component->serves) {
      if (served_action(reference, kind) != nullptr) continue;
      diagnostics_.error(
          fmt::format("nobody can estimate an operation of {}, which serves {}", node_title(node), to_string(kind)),
          node.where, fmt::format("class {} has no action for it that anybody knows", node.class_name),
          {fmt::format("it would be '{}', 'compute' or the only one", to_string(kind))});
    }
  }

  /// The storage elements of an array are one node and compute in another: their area counts once.
  [[nodiscard]] bool computes_in_place(NodeId id) const {
    return architecture_.array && id == architecture_.compute() && id.index() == architecture_.array->cells.index() + 1;
  }

  void fill_area(NodeId id, const ComponentEstimate& estimate, NodeReference& reference) const {
    if (computes_in_place(id)) {
      const std::string cells = architecture_.node(architecture_.array->cells).name;
      reference.area_provenance.derivation = "counted at '" + cells + "'";
      reference.leakage_provenance.derivation = reference.area_provenance.derivation;
      return;
    }
    const std::int64_t elements = elements_in(id);
    const double copies = reference.units * static_cast<double>(elements);
    reference.area_um2 = estimate.area_um2 * copies;
    reference.area_provenance = estimate.area_provenance;
    reference.leakage_power_w = estimate.leakage_power_w * copies;
    reference.leakage_known = estimate.leakage_known;
    reference.leakage_provenance = estimate.leakage_provenance;
    std::string& derivation = reference.area_provenance.derivation;
    if (reference.units != 1) append_factor(derivation, fmt::format("{:g} units", reference.units));
    if (elements != 1) append_factor(derivation, fmt::format("{} elements", elements));
  }

  /// Storage elements that stand behind one instance of the cells: those of a pair, of all lines that take turns.
  [[nodiscard]] std::int64_t elements_in(NodeId id) const {
    if (!architecture_.array || id != architecture_.array->cells) return 1;
    return checked_multiply(architecture_.array->elements_per_slice(), architecture_.array->slices_per_place());
  }

  void warn(NodeId id, const ComponentEstimate& estimate) {
    const Node& node = architecture_.node(id);
    for (const std::string& warning : estimate.warnings) {
      diagnostics_.warning(fmt::format("{}: {}", node_title(node), warning), node.where);
    }
    if (!estimate.area_known) {
      diagnostics_.warning(fmt::format("the area of {} is unknown and counts as 0", node_title(node)), node.where);
    }
    // Storage elements are estimated twice, as what stores and as what computes: an attribute matters if either reads
    // it.
    if (architecture_.array && id == architecture_.array->cells) {
      unread_by_cells_ = estimate.unread;
    } else if (computes_in_place(id)) {
      std::vector<std::string> unread;
      for (const std::string& name : unread_by_cells_) {
        const auto& also = estimate.unread;
        if (std::find(also.begin(), also.end(), name) != also.end()) unread.push_back(name);
      }
      warn_of_unread(architecture_.node(architecture_.array->cells), unread);
    } else {
      warn_of_unread(node, estimate.unread);
    }
  }

  void warn_of_unread(const Node& node, const std::vector<std::string>& unread) {
    for (const std::string& name : unread) {
      const Attribute& attribute = node.attributes.at(name);
      diagnostics_.warning(fmt::format("attribute '{}' of {} has no influence", name, node_title(node)),
                           attribute.key_where.empty() ? attribute.where : attribute.key_where,
                           "no estimator that was chosen reads it");
    }
  }

  const Architecture& architecture_;
  Diagnostics& diagnostics_;
  DescriptionTables tables_;
  const ClassLibrary& classes_;
  VariableValues variables_;
  CompoundLibrary compounds_;
  ComponentEstimator estimator_;
  const LayerMoments* values_ = nullptr;
  std::vector<std::string> unread_by_cells_;
};

bool same_energies(const ReferenceTables& a, const ReferenceTables& b) {
  const auto same_action = [](const ActionEnergy& one, const ActionEnergy& other) {
    return one.action == other.action && one.energy_pj == other.energy_pj;
  };
  return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                    [&](const NodeReference& one, const NodeReference& other) {
                      return std::equal(one.actions.begin(), one.actions.end(), other.actions.begin(),
                                        other.actions.end(), same_action);
                    });
}

}  // namespace

const ActionEnergy* NodeReference::find(std::string_view action) const {
  const ActionEnergy* best = nullptr;
  for (const ActionEnergy& candidate : actions) {
    if (candidate.action != action) continue;
    if (candidate.arguments.empty()) return &candidate;
    if (best == nullptr || candidate.energy_pj > best->energy_pj) best = &candidate;
  }
  return best;
}

const ActionEnergy* served_action(const NodeReference& component, DigitalKind kind) {
  if (const ActionEnergy* own = component.find(to_string(kind))) return own;
  if (const ActionEnergy* common = component.find("compute")) return common;
  for (const ActionEnergy& action : component.actions) {
    if (action.action != "idle") return component.find(action.action);
  }
  return nullptr;
}

ReferenceTables estimate_reference_tables(const Architecture& architecture, Diagnostics& diagnostics) {
  Registry registry;
  register_builtin_estimators(registry);
  return estimate_reference_tables(architecture, registry, diagnostics);
}

ReferenceTables estimate_reference_tables(const Architecture& architecture, const Registry& registry,
                                          Diagnostics& diagnostics) {
  return TablesWriter(architecture, registry, diagnostics).run();
}

std::vector<ReferenceTables> estimate_value_tables(const Architecture& architecture, const Registry& registry,
                                                   std::span<const LayerMoments> values) {
  Diagnostics diagnostics;
  TablesWriter writer(architecture, registry, diagnostics);
  std::vector<ReferenceTables> tables;
  tables.reserve(values.size());
  for (const LayerMoments& one : values) tables.push_back(writer.run(&one));
  return tables;
}

bool depends_on_values(const Architecture& architecture, const Registry& registry) {
  // These differ in every moment, and no formula of the models gives both the same energy.
  const std::vector<LayerMoments> probes = {{DigitMoments{0.25, 0.125}, DigitMoments{0.25, 0.125}, 0.375},
                                            {DigitMoments{0.5, 0.375}, DigitMoments{0.5, 0.375}, 0.5}};
  const std::vector<ReferenceTables> tables = estimate_value_tables(architecture, registry, probes);
  return !same_energies(tables[0], tables[1]);
}

}  // namespace ohmloop
