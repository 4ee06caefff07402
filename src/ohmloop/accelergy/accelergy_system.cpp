#include "ohmloop/accelergy/accelergy_system.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accelergy/architecture_tree.hpp"
#include "ohmloop/accelergy/compound_reader.hpp"
#include "ohmloop/accelergy/field_files.hpp"
#include "ohmloop/accelergy/field_overrides.hpp"
#include "ohmloop/accelergy/field_table.hpp"
#include "ohmloop/accelergy/given_tables.hpp"
#include "ohmloop/accelergy/native_estimator.hpp"
#include "ohmloop/accelergy/primitive_classes.hpp"
#include "ohmloop/accelergy/rounding_estimator.hpp"
#include "ohmloop/accelergy/unit_estimator.hpp"
#include "ohmloop/energy/compound_checks.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// Attributes that mapping needs and that change no energy: a component may state them whatever its class is.
constexpr std::array<std::string_view, 32> of_mapping = {"datawidth",
                                                         "word-bits",
                                                         "word_bits",
                                                         "block-size",
                                                         "block_size",
                                                         "cluster-size",
                                                         "cluster_size",
                                                         "meshX",
                                                         "meshY",
                                                         "network_read",
                                                         "network_fill",
                                                         "network_update",
                                                         "network_drain",
                                                         "read_bandwidth",
                                                         "write_bandwidth",
                                                         "shared_bandwidth",
                                                         "num_ports",
                                                         "nports",
                                                         "n_rdwr_ports",
                                                         "action_name",
                                                         "per_datatype_ERT",
                                                         "multicast_factor_argument",
                                                         "has_power_gating",
                                                         "power_gated_at",
                                                         "reduction_supported",
                                                         "multiple_buffering",
                                                         "min_utilization",
                                                         "allow_overbooking",
                                                         "global_cycle_seconds",
                                                         "version",
                                                         "n_banks",
                                                         "entries"};

bool is_of_mapping(std::string_view name) {
  return std::find(of_mapping.begin(), of_mapping.end(), name) != of_mapping.end();
}

class SystemReader {
 public:
  SystemReader(Registry& registry, const AccelergyOptions& options, Diagnostics& diagnostics)
      : registry_(registry), options_(options), diagnostics_(diagnostics) {}

  AccelergySystem read(FieldFiles files) {
    result_.variables = std::make_shared<VariableScope>(files.variables, nullptr, diagnostics_);
    read_compounds(files);
    read_tables(files);
    register_classes(dialect_of(files));
    register_estimators(dialect_of(files));
    if (files.architecture) {
      apply_field_overrides(*files.architecture, options_.overrides, diagnostics_);
      const FieldArchitecture architecture =
          read_field_architecture(*files.architecture, result_.variables.get(), diagnostics_);
      for (const FieldNode& node : architecture.root.children) add_components(node);
      name_system(architecture);
      if (architecture.version == "0.4") result_.version = architecture.version;
    } else {
      result_.version = version_of_tables(files);
    }
    result_.system.compounds = CompoundLibrary(std::move(compounds_));
    check_compound_classes(result_.system.compounds, registry_.classes(), diagnostics_);
    for (const SystemComponent& component : result_.system.components) check(component);
    use_reference_tables(files);
    read_counts(files);
    if (result_.system.name.empty() && !result_.system.components.empty()) {
      const std::string& first = result_.system.components.front().name;
      result_.system.name = first.substr(0, first.find('.'));
    }
    if (result_.system.components.empty() && !diagnostics_.has_errors()) {
      diagnostics_.error("the files describe no component", {}, "give an architecture or an ERT");
    }
    return std::move(result_);
  }

 private:
  /// Of the architecture; where a version is wrong, its reader says so.
  static FieldDialect dialect_of(const FieldFiles& files) {
    const YamlNode* version = files.architecture ? files.architecture->find("version") : nullptr;
    return version != nullptr && version->scalar == "0.4" ? FieldDialect::v04 : FieldDialect::v03;
  }

  /// Where there is no architecture.
  static std::string version_of_tables(const FieldFiles& files) {
    for (const std::vector<YamlNode>* tables : {&files.energies, &files.areas}) {
      for (const YamlNode& one : *tables) {
        const YamlNode* version = one.find("version");
        if (version != nullptr && version->scalar == "0.4") return "0.4";
      }
    }
    return "0.3";
  }

  void read_compounds(const FieldFiles& files) {
    std::set<std::string> old;
    for (const YamlNode& part : files.compounds) {
      const YamlNode* version = part.find("version");
      const bool is_old = version != nullptr && version->scalar != "0.4";
      for (CompoundClass& compound : read_field_compounds(part, diagnostics_)) {
        if (is_old) old.insert(compound.name);
        compounds_.push_back(std::move(compound));
      }
    }
    if (options_.exact) return;
    for (CompoundClass& compound : compounds_) {
      if (old.contains(compound.name)) drop_shares_of_compounds(compound);
    }
  }

  /// Accelergy v0.3 walks down to the primitives and takes the last share that it meets.
  void drop_shares_of_compounds(CompoundClass& compound) {
    for (CompoundAction& action : compound.actions) {
      for (CompoundStep& step : action.steps) {
        const Subcomponent* part = compound.subcomponent(step.component);
        if (part == nullptr || !step.repeat || !is_compound(part->class_name)) continue;
        diagnostics_.warning(fmt::format("the share of '{}' in action '{}' of '{}' does not count", step.component,
                                         action.name, class_name_there(compound.name)),
                             step.repeat->span, "Accelergy v0.3 passes over shares of compound parts");
        step.repeat.reset();
      }
    }
  }

  [[nodiscard]] bool is_compound(const std::string& name) const {
    return std::any_of(compounds_.begin(), compounds_.end(),
                       [&](const CompoundClass& compound) { return compound.name == name; });
  }

  void read_tables(const FieldFiles& files) {
    for (const YamlNode& identifier : files.identifiers) {
      std::optional<FieldTable> table = read_field_table(identifier, diagnostics_);
      if (!table) continue;
      const bool taken = registry_.find(table->name) != nullptr ||
                         std::any_of(tables_.begin(), tables_.end(),
                                     [&](const FieldTable& other) { return other.name == table->name; });
      if (taken) {
        diagnostics_.error(fmt::format("there is another table or model '{}'", table->name), table->where,
                           "choose another name");
        continue;
      }
      tables_.push_back(std::move(*table));
    }
  }

  /// The library's primitives with the actions that tables have beyond it, then the classes that only tables know. A
  /// compound class hides the primitive of its name.
  void register_classes(FieldDialect dialect) {
    std::vector<ComponentClass> classes;
    for (const PrimitiveClass& primitive : primitive_classes()) {
      ComponentClass each = make_primitive_class(primitive, dialect);
      if (!each.actions.empty()) classes.push_back(std::move(each));
    }
    for (const FieldTable& table : tables_) {
      for (const FieldTableClass& rows : table.classes) add_actions(rows, classes);
    }
    for (ComponentClass& each : classes) {
      if (!is_compound(each.name) && registry_.classes().find(each.name) == nullptr) {
        registry_.classes().add(std::move(each));
      }
    }
  }

  static void add_actions(const FieldTableClass& rows, std::vector<ComponentClass>& classes) {
    const std::string name = class_name_here(rows.class_name);
    auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& each) { return each.name == name; });
    if (found == classes.end()) {
      found = classes.insert(classes.end(), ComponentClass{.name = name, .scales = false, .open = true});
    }
    for (const FieldTableRow& row : rows.rows) {
      if (!row.action.empty() && found->action(row.action) == nullptr) found->actions.push_back({.name = row.action});
    }
  }

  void register_estimators(FieldDialect dialect) {
    Registry before = registry_;
    const int decimals = dialect == FieldDialect::v03 ? 3 : 6;
    for (FieldTable& table : tables_) {
      std::unique_ptr<Estimator> estimator = std::make_unique<FieldTableEstimator>(std::move(table));
      if (!options_.exact) estimator = std::make_unique<RoundingEstimator>(std::move(estimator), decimals);
      registry_.add(std::move(estimator));
    }
    registry_.add(std::make_unique<UnitEstimator>());
    registry_.add(std::make_unique<NativeEstimator>(std::move(before)));
  }

  void name_system(const FieldArchitecture& architecture) {
    for (const FieldNode& node : architecture.root.children) {
      if (node.kind != FieldNode::Kind::container || node.name.empty()) continue;
      result_.system.name = node.name;
      return;
    }
  }

  void add_components(const FieldNode& node) {
    if (!node.enabled) return;
    for (const FieldNode& child : node.children) add_components(child);
    if (node.kind != FieldNode::Kind::component) return;
    SystemComponent component;
    component.name = node.path;
    component.copies = static_cast<double>(node.copies);
    component.component.class_name = class_name_here(node.subclass.empty() ? node.class_name : node.subclass);
    component.component.what = fmt::format("component '{}'", node.path);
    component.component.where = node.where;
    component.component.class_where = node.class_where;
    component.component.attributes = node.attributes;
    for (auto& [name, attribute] : component.component.attributes) {
      const bool own = node.raw_attributes && node.raw_attributes->find(name) != nullptr;
      if (!own || is_of_mapping(name) || is_operand(name, *node.raw_attributes)) {
        attribute.origin = AttributeOrigin::derived;
      }
    }
    result_.system.components.push_back(std::move(component));
  }

  /// Whether another attribute of the node is made of this one.
  static bool is_operand(const std::string& name, const YamlNode& attributes) {
    return std::any_of(attributes.entries.begin(), attributes.entries.end(), [&](const YamlEntry& entry) {
      return entry.key != name && entry.value.is_scalar() && names_in_expression(entry.value).contains(name);
    });
  }

  void check(const SystemComponent& component) {
    const ComponentInstance& instance = component.component;
    const CompoundClass* compound = result_.system.compounds.find(instance.class_name);
    if (compound != nullptr) return warn_of_unread(instance, *compound);
    if (registry_.classes().find(instance.class_name) != nullptr) return;
    std::vector<std::string> names;
    names.reserve(result_.system.compounds.classes().size());
    for (const CompoundClass& each : result_.system.compounds.classes()) names.push_back(each.name);
    for (const auto& each : registry_.classes().all()) {
      if (!registry_.classes().is_built_in(each->name)) names.push_back(class_name_there(each->name));
    }
    diagnostics_.error(fmt::format("unknown class '{}' of {}", instance.class_name, instance.what),
                       instance.class_where.empty() ? instance.where : instance.class_where,
                       did_you_mean(instance.class_name, names),
                       {"classes: " + list_names(names), "estimators asked: " + list_names(registry_.names()),
                        "a table plug-in with a file " + instance.class_name + ".csv makes it a class"});
  }

  void warn_of_unread(const ComponentInstance& instance, const CompoundClass& compound) {
    const std::set<std::string> mentioned = names_in_expressions(compound);
    for (const auto& [name, attribute] : instance.attributes) {
      if (attribute.origin != AttributeOrigin::stated || mentioned.contains(name) || name == "technology") continue;
      diagnostics_.warning(fmt::format("attribute '{}' of {} has no influence", name, instance.what),
                           attribute.key_where.empty() ? attribute.where : attribute.key_where,
                           fmt::format("nothing in class '{}' depends on it", class_name_there(compound.name)));
    }
  }

  void use_reference_tables(const FieldFiles& files) {
    GivenTables given;
    for (const YamlNode& table : files.energies) given.add_energies(table, diagnostics_);
    for (const YamlNode& table : files.areas) given.add_areas(table, diagnostics_);
    use_given_tables(given, result_.system, registry_, diagnostics_);
  }

  void read_counts(const FieldFiles& files) {
    for (const YamlNode& part : files.counts) {
      ActionCounts counts = read_action_counts(part, diagnostics_);
      if (!result_.counts) result_.counts.emplace();
      for (ActionCount& each : counts.actions) result_.counts->actions.push_back(std::move(each));
      if (counts.runtime_s > 0) result_.counts->runtime_s = counts.runtime_s;
    }
  }

  Registry& registry_;
  const AccelergyOptions& options_;
  Diagnostics& diagnostics_;
  std::vector<CompoundClass> compounds_;
  std::vector<FieldTable> tables_;
  AccelergySystem result_;
};

}  // namespace

bool is_accelergy(const YamlNode& tree) { return is_field_file(tree); }

AccelergySystem read_accelergy_system(const std::vector<SourceFilePtr>& files, Registry& registry,
                                      const AccelergyOptions& options, Diagnostics& diagnostics) {
  return SystemReader(registry, options, diagnostics).read(read_field_files(files, diagnostics));
}

}  // namespace ohmloop
