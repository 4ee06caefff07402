#include "ohmloop/arch/check_structure.hpp"

#include <set>
#include <string>

#include <fmt/format.h>

#include "ohmloop/arch/check_converters.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

void check_names(const Architecture& architecture, Diagnostics& diagnostics) {
  std::set<std::string> seen;
  for (const Node& node : architecture.nodes) {
    if (node.name.empty() || seen.insert(node.name).second) continue;
    const Node& first = architecture.node(*architecture.find(node.name));
    diagnostics.error(fmt::format("two nodes have the name '{}'", node.name), node.where, {},
                      {"the first is at " + to_string(first.where)});
  }
}

/// The compute comes last and alone. An array's own compute carries the array's place.
void check_compute(const Architecture& architecture, Diagnostics& diagnostics) {
  const Node* compute = nullptr;
  for (const Node& node : architecture.nodes) {
    if (compute != nullptr) {
      diagnostics.error(fmt::format("'{}' stands below the compute", node.name), node.where,
                        fmt::format("'{}' is the innermost node", compute->name),
                        {"a file ends with one !Compute or one !Array"});
      return;
    }
    if (node.as<Compute>() != nullptr) compute = &node;
  }
  if (compute != nullptr) return;
  const SourceSpan& where = architecture.nodes.back().where;
  diagnostics.error("nothing computes: the last node must be a !Compute or an !Array", where);
}

/// A tensor has to come from somewhere above the compute; the storage elements of an array don't count as a source.
void check_memories(const Architecture& architecture, Diagnostics& diagnostics) {
  for (const Role role : all_roles) {
    bool held = false;
    for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
      const auto* memory = architecture.nodes[i].as<Memory>();
      if (memory == nullptr || (architecture.array && architecture.array->cells == NodeId(i))) continue;
      held = held || memory->placement[role_index(role)] != Placement::bypass;
    }
    if (held) continue;
    diagnostics.error(
        fmt::format("no memory can hold the {}", to_string(role)), architecture.nodes.front().where, {},
        {fmt::format("add a !Memory above with keep: [{}], or take it off a bypass list", to_string(role))});
  }
}

void check_copies(const Architecture& architecture, Diagnostics& diagnostics) {
  std::int64_t copies = 1;
  for (const Node& node : architecture.nodes) {
    const auto* fanout = node.as<Fanout>();
    if (fanout == nullptr) continue;
    if (__builtin_mul_overflow(copies, fanout->count, &copies)) {
      diagnostics.error("the chip has more parts than 64 bits can count", node.where,
                        "the product of the fan-outs down to here");
      return;
    }
  }
}

void check_digital_units(const Architecture& architecture, Diagnostics& diagnostics) {
  for (const DigitalKind kind : all_digital_kinds) {
    const std::optional<NodeId> first = architecture.digital_unit(kind);
    if (!first) continue;
    for (std::size_t i = first->index() + 1; i < architecture.nodes.size(); ++i) {
      const auto* component = architecture.nodes[i].as<Component>();
      if (component == nullptr || !component->serves.contains(kind)) continue;
      diagnostics.error(fmt::format("two components serve {}", to_string(kind)), architecture.nodes[i].where, {},
                        {"the first is at " + to_string(architecture.node(*first).where)});
    }
  }
}

}  // namespace

void check_structure(Architecture& architecture, Diagnostics& diagnostics) {
  if (architecture.nodes.empty()) return;
  check_names(architecture, diagnostics);
  check_compute(architecture, diagnostics);
  check_memories(architecture, diagnostics);
  check_copies(architecture, diagnostics);
  check_digital_units(architecture, diagnostics);
  check_converters(architecture, diagnostics);
}

}  // namespace ohmloop
