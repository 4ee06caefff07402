#include "ohmloop/timeloop/reading/read_hardware.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/reading/read_components.hpp"
#include "ohmloop/timeloop/reading/read_context.hpp"

namespace ohmloop::timeloop {
namespace {

/// Collects outer to inner; `finish` turns everything round.
class HardwareReader {
 public:
  HardwareReader(bool raw_v04, Diagnostics& diagnostics) : rules_{.raw_v04 = raw_v04}, diagnostics_(diagnostics) {}

  void read_children(const FieldNode& parent, Copies& copies) {
    for (const FieldNode& child : parent.children) read_node(child, copies);
  }

  Hardware finish();

 private:
  void read_node(const FieldNode& node, Copies& copies);
  void read_component(const FieldNode& node, const Copies& copies);
  void read_parallel(const FieldNode& node, const Copies& copies);
  void spread(const FieldNode& node, Copies& copies);
  void attach_constraints(const FieldNode& node, std::size_t level, bool of_fanout);
  void check_names();
  void note_process(const FieldNode& node);

  CompletionRules rules_;
  Diagnostics& diagnostics_;
  Hardware hardware_;
};

/// A node with copies: its fan-out becomes a level, and everything behind it exists that much more often.
void HardwareReader::spread(const FieldNode& node, Copies& copies) {
  if (node.mesh_x * node.mesh_y <= 1) return;
  hardware_.levels.push_back(fanout_level(node, copies));
  attach_constraints(node, hardware_.levels.size() - 1, true);
  try {
    copies.mesh_x = checked_multiply(copies.mesh_x, node.mesh_x);
    copies.mesh_y = checked_multiply(copies.mesh_y, node.mesh_y);
    copies.instances = checked_multiply(copies.mesh_x, copies.mesh_y);
  } catch (const OverflowError&) {
    diagnostics_.error(fmt::format("the chip has too many copies of '{}' to count", node.name), node.where);
  }
}

void HardwareReader::attach_constraints(const FieldNode& node, std::size_t level, bool of_fanout) {
  if (!node.constraints || !node.constraints->is_map()) return;
  for (const YamlEntry& entry : node.constraints->entries) {
    if (is_empty(entry.value) || entry.key == "version") continue;
    if ((entry.key == "spatial") != of_fanout) continue;
    hardware_.levels[level].constraints.push_back({.type = entry.key, .value = entry.value});
  }
}

/// Technology and clock of the chip: Timeloop hands them to energy estimation, our descriptions state them once.
void HardwareReader::note_process(const FieldNode& node) {
  const auto quantity_of = [&](std::string_view name) -> const Quantity* {
    const auto found = node.attributes.find(name);
    return found == node.attributes.end() ? nullptr : std::get_if<Quantity>(&found->second.value);
  };
  if (const Quantity* technology = quantity_of("technology");
      technology && technology->dimension == dimension::length) {
    hardware_.technology = to_string(*technology);
  }
  if (const Quantity* cycle = quantity_of("global_cycle_seconds"); cycle && cycle->value > 0) {
    hardware_.cycle_s = cycle->value;
  }
}

void HardwareReader::read_component(const FieldNode& node, const Copies& copies) {
  note_process(node);
  switch (role_of_class(node.class_name)) {
    case ComponentRole::storage:
      hardware_.levels.push_back(read_storage(node, copies, rules_, diagnostics_));
      attach_constraints(node, hardware_.levels.size() - 1, false);
      return;
    case ComponentRole::compute:
      if (hardware_.arithmetic) {
        diagnostics_.error(fmt::format("'{}' is a second arithmetic level; only one is supported", node.name),
                           node.where, {}, {fmt::format("the first is '{}'", hardware_.arithmetic->arithmetic.name)});
        return;
      }
      hardware_.arithmetic = read_arithmetic(node, copies, rules_, diagnostics_);
      return;
    case ComponentRole::network:
      hardware_.networks.push_back(read_network(node, diagnostics_));
      return;
    case ComponentRole::unknown:
      diagnostics_.warning(
          fmt::format("'{}' of class '{}' is not counted: no storage, no arithmetic, no network", node.name,
                      node.class_name),
          node.where, {},
          {"Timeloop goes by words in the class's name: DRAM, SRAM, regfile, smartbuffer, storage, mac, "
           "compute, XY_NoC, Legacy, ReductionTree, SimpleMulticast"});
  }
}

/// Every branch begins with the same copies; what follows a `!Parallel` does, too.
void HardwareReader::read_parallel(const FieldNode& node, const Copies& copies) {
  ParallelBranches branches;
  for (const FieldNode& child : node.children) {
    const std::size_t begin = hardware_.levels.size();
    Copies inside = copies;
    read_node(child, inside);
    std::vector<std::size_t> levels;
    for (std::size_t i = begin; i < hardware_.levels.size(); ++i) levels.push_back(i);
    branches.push_back(std::move(levels));
  }
  hardware_.parallels.push_back(std::move(branches));
}

void HardwareReader::read_node(const FieldNode& node, Copies& copies) {
  if (!node.enabled) return;
  switch (node.kind) {
    case FieldNode::Kind::component: {
      if (!rules_.raw_v04) copies.instances = node.copies;
      spread(node, copies);
      read_component(node, copies);
      return;
    }
    case FieldNode::Kind::container:
      if (rules_.raw_v04) spread(node, copies);
      read_children(node, copies);
      return;
    case FieldNode::Kind::parallel:
      return read_parallel(node, copies);
    case FieldNode::Kind::pipelined:
      diagnostics_.error("!Pipelined nodes are not supported: stages would run at the same time", node.where);
      return;
    case FieldNode::Kind::hierarchical:
      return read_children(node, copies);
    case FieldNode::Kind::nothing:
      return;
  }
}

void HardwareReader::check_names() {
  for (std::size_t i = 0; i < hardware_.levels.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (hardware_.levels[i].storage.name != hardware_.levels[j].storage.name) continue;
      diagnostics_.error(fmt::format("two levels have the name '{}'", hardware_.levels[i].storage.name),
                         hardware_.levels[i].where);
    }
  }
}

Hardware HardwareReader::finish() {
  check_names();
  const std::size_t count = hardware_.levels.size();
  std::reverse(hardware_.levels.begin(), hardware_.levels.end());
  for (ParallelBranches& branches : hardware_.parallels) {
    for (std::vector<std::size_t>& levels : branches) {
      for (std::size_t& level : levels) level = count - 1 - level;
    }
  }
  return std::move(hardware_);
}

}  // namespace

std::vector<std::string> Hardware::level_names() const {
  std::vector<std::string> names;
  for (const SpecLevel& level : levels) names.push_back(level.storage.name);
  return names;
}

const LoopDirective* DirectiveSet::find(std::size_t level, bool spatial) const {
  const auto found = std::find_if(loops.begin(), loops.end(), [&](const LoopDirective& directive) {
    return directive.level == level && directive.spatial == spatial;
  });
  return found == loops.end() ? nullptr : &*found;
}

Hardware read_hardware(const FieldArchitecture& architecture, bool raw_v04, Diagnostics& diagnostics) {
  HardwareReader reader(raw_v04, diagnostics);
  Copies copies;
  reader.read_children(architecture.root, copies);
  Hardware hardware = reader.finish();
  if (hardware.levels.empty() && !diagnostics.has_errors()) {
    diagnostics.error("the architecture has no storage level", architecture.root.where);
  }
  if (!hardware.arithmetic && !diagnostics.has_errors()) {
    diagnostics.error("the architecture has no arithmetic level", architecture.root.where, {},
                      {"Timeloop takes a class whose name contains 'mac' or 'compute' for one"});
  }
  return hardware;
}

}  // namespace ohmloop::timeloop
