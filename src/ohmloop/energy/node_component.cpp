#include "ohmloop/energy/node_component.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/arch/node_keys.hpp"

namespace ohmloop {
namespace {

int operand_bits(const OperandBits& bits, Role role) {
  switch (role) {
    case Role::input:
      return bits.input;
    case Role::weight:
      return bits.weight;
    case Role::output:
      return bits.output;
  }
  return 0;
}

/// The widest of the roles for which `counts` holds.
template <class Predicate>
int widest(const OperandBits& bits, Predicate counts) {
  int most = 1;
  for (const Role role : all_roles) {
    if (counts(role)) most = std::max(most, operand_bits(bits, role));
  }
  return most;
}

double step_seconds(const Architecture& architecture) {
  const double cycle = 1 / architecture.clock_hertz;
  return std::max(cycle, architecture.node(architecture.compute()).step_seconds.value_or(cycle));
}

const NodeTagInfo& tag_of(const Node& node) {
  const char* tag = "!Component";
  if (node.as<Memory>() != nullptr) tag = "!Memory";
  if (node.as<Fanout>() != nullptr) tag = "!Container";
  if (node.as<Converter>() != nullptr) tag = "!Converter";
  if (node.as<Compute>() != nullptr) tag = "!Compute";
  return *find_node_tag(tag);
}

class NodeComponent {
 public:
  NodeComponent(const Architecture& architecture, NodeId id, const CompoundLibrary& compounds,
                const ClassLibrary& classes, const LayerMoments* values)
      : architecture_(architecture),
        values_(values),
        node_(architecture.node(id)),
        class_(classes.find(node_.class_name)) {
    instance_.class_name = node_.class_name;
    instance_.what = node_title(node_);
    instance_.where = node_.where;
    instance_.class_where = node_.class_where;
    instance_.node_keys = key_names(tag_of(node_).keys);
    compound_ = compounds.find(node_.class_name);
  }

  ComponentInstance run() {
    for (const auto& [name, attribute] : node_.attributes) {
      // What the node itself has used is told to its component only if the component asks.
      if (attribute.used && !is_known(name)) continue;
      const auto origin = attribute.used ? AttributeOrigin::derived : AttributeOrigin::stated;
      instance_.attributes[name] = {attribute.value, attribute.where, origin, attribute.key_where, attribute.fitted};
    }
    if (const auto* memory = node_.as<Memory>()) add_memory(*memory);
    if (const auto* converter = node_.as<Converter>()) add_converter(*converter);
    if (node_.as<Compute>() != nullptr) add_compute();
    if (architecture_.array) derive("bits_per_cell", architecture_.array->bits_per_cell, dimension::bits);
    if (values_ != nullptr) add_values(*values_);
    return std::move(instance_);
  }

 private:
  [[nodiscard]] bool is_known(const std::string& name) const {
    if (compound_ != nullptr) return name == "technology" || compound_->attribute(name) != nullptr;
    return class_ == nullptr || class_->open || class_->attribute(name) != nullptr;
  }

  /// Adds what the component wants to know and nobody has said.
  void derive(const std::string& name, double value, Dimension dimension) {
    if (class_ == nullptr && compound_ == nullptr) return;
    if (!is_known(name) || instance_.attributes.contains(name)) return;
    instance_.attributes[name] = {Quantity{value, dimension}, node_.where, AttributeOrigin::derived};
  }

  void add_values(const LayerMoments& values) {
    if (values.weights) measured("weight_mean", values.weights->mean);
    if (!values.inputs) return;
    measured("input_mean", values.inputs->mean);
    measured("input_mean_square", values.inputs->mean_square);
  }

  void measured(const std::string& name, double value) {
    if (!is_known(name) || (class_ != nullptr && class_->attribute(name) == nullptr)) return;
    instance_.attributes.erase(name);
    derive(name, value, dimension::none);
  }

  void add_memory(const Memory& memory) {
    if (memory.size_bits) derive("size", static_cast<double>(*memory.size_bits), dimension::bits);
    if (memory.width_bits > 0) {
      derive("width", static_cast<double>(memory.width_bits), dimension::bits);
    } else {
      derive("width",
             widest(architecture_.bits,
                    [&](Role role) { return memory.placement[role_index(role)] != Placement::bypass; }),
             dimension::bits);
    }
  }

  void add_converter(const Converter& converter) {
    derive("rate", static_cast<double>(converter.shared_by) / step_seconds(architecture_), dimension::frequency);
    const AttributeSpec* width = class_ == nullptr ? nullptr : class_->attribute("width");
    if (width == nullptr || !width->required) return;
    derive("width", widest(architecture_.bits, [&](Role role) { return converter.passes[role_index(role)]; }),
           dimension::bits);
  }

  void add_compute() {
    const OperandBits& bits = architecture_.bits;
    derive("multiplier_bits", std::max(bits.input, bits.weight), dimension::bits);
    derive("adder_bits", bits.output, dimension::bits);
    derive("width", std::max(bits.input, bits.weight), dimension::bits);
  }

  const Architecture& architecture_;
  const LayerMoments* values_;
  const Node& node_;
  const ComponentClass* class_;
  const CompoundClass* compound_ = nullptr;
  ComponentInstance instance_;
};

/// What a class can do, be it built-in or compound.
struct Abilities {
  std::set<std::string> actions;
  std::string passing;
  std::string compute;
};

std::optional<Abilities> abilities(const std::string& class_name, const CompoundLibrary& compounds,
                                   const ClassLibrary& classes) {
  Abilities result;
  if (const CompoundClass* compound = compounds.find(class_name)) {
    for (const CompoundAction& action : compound->actions) result.actions.insert(action.name);
    result.passing = compound->passing_action;
    if (result.actions.contains("compute")) result.compute = "compute";
    return result;
  }
  const ComponentClass* primitive = classes.find(class_name);
  if (primitive == nullptr) return std::nullopt;
  for (const ActionSpec& action : primitive->actions) result.actions.insert(action.name);
  result.passing = primitive->passing_action;
  result.compute = primitive->compute_action;
  return result;
}

/// Values of one role that reach a node from below in one step, if every copy below has its own.
double values_per_step(const Architecture& architecture, NodeId id, Role role) {
  double values = 1;
  for (std::size_t i = id.index() + 1; i < architecture.nodes.size(); ++i) {
    const auto* fanout = architecture.nodes[i].as<Fanout>();
    if (fanout == nullptr) continue;
    const bool array = architecture.array && i + 2 >= architecture.array->cells.index();
    const bool shared = fanout->shares[role_index(role)];
    if (!array || !shared) values *= static_cast<double>(fanout->count);
  }
  return values;
}

}  // namespace

std::string node_title(const Node& node) { return fmt::format("{} '{}'", tag_of(node).noun, node.name); }

ComponentInstance component_of_node(const Architecture& architecture, NodeId id, const CompoundLibrary& compounds,
                                    const ClassLibrary& classes, const LayerMoments* values) {
  return NodeComponent(architecture, id, compounds, classes, values).run();
}

std::optional<WantedActions> wanted_actions(const Node& node, const CompoundLibrary& compounds,
                                            const ClassLibrary& classes, Diagnostics& diagnostics) {
  const std::optional<Abilities> able = abilities(node.class_name, compounds, classes);
  WantedActions wanted;
  if (!able) return wanted;  // the estimator reports the unknown class
  std::string missing;
  if (node.as<Memory>() != nullptr) {
    wanted.actions = {WantedAction{"read"}, WantedAction{"write"}};
    if (!able->actions.contains("read") || !able->actions.contains("write")) missing = "'read' and 'write'";
  } else if (node.as<Converter>() != nullptr) {
    wanted.actions = {WantedAction{able->passing}};
    if (able->passing.empty()) missing = "an action for passing values";
  } else if (node.as<Compute>() != nullptr) {
    wanted.actions = {WantedAction{able->compute}};
    if (able->compute.empty()) missing = "'compute'";
  } else {
    wanted.whatever_is_known = true;
  }
  if (missing.empty()) return wanted;
  diagnostics.error(fmt::format("class '{}' does not fit {}", node.class_name, node_title(node)), node.where,
                    "the class has no action " + missing,
                    {"actions of " + node.class_name + ": " + fmt::format("{}", fmt::join(able->actions, ", "))});
  return std::nullopt;
}

double units_of_node(const Architecture& architecture, NodeId id, const ClassLibrary& classes) {
  const Node& node = architecture.node(id);
  const auto stated = node.attributes.find("units");
  if (stated != node.attributes.end()) {
    const auto* quantity = std::get_if<Quantity>(&stated->second.value);
    if (quantity != nullptr) return quantity->value;
  }
  const ComponentClass* primitive = classes.find(node.class_name);
  const auto* converter = node.as<Converter>();
  if (primitive == nullptr || converter == nullptr || !primitive->unit_per_value) return 1;
  double values = 0;
  for (const Role role : all_roles) {
    if (converter->passes[role_index(role)]) values += values_per_step(architecture, id, role);
  }
  return values / static_cast<double>(converter->shared_by);
}

}  // namespace ohmloop
