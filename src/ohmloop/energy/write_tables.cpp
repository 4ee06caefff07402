#include "ohmloop/energy/write_tables.hpp"

#include <iterator>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/energy/component_classes.hpp"

namespace ohmloop {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result + "\"";
}

std::string indented(const std::string& name, const std::string& value, int depth) {
  return value.empty() ? std::string() : fmt::format("{:{}}{}: {}\n", "", depth, name, quoted(value));
}

std::string origin(const Provenance& provenance, int depth) {
  return indented("estimator", provenance.estimator, depth) + indented("source", provenance.source, depth) +
         indented("derivation", provenance.derivation, depth) +
         (provenance.fitted ? fmt::format("{:{}}fitted: true\n", "", depth) : std::string());
}

std::int64_t copies(const Architecture& architecture, NodeId id) {
  const auto* component = architecture.node(id).as<Component>();
  return checked_multiply(architecture.instances(id), component == nullptr ? 1 : component->count);
}

void write_node(const Architecture& architecture, NodeId id, const NodeReference& reference, std::string& text) {
  const Node& node = architecture.node(id);
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "- name: {}\n  class: {}\n  copies: {}\n", quoted(node.name), node.class_name,
                 copies(architecture, id));
  if (reference.units != 1) fmt::format_to(out, "  units: {}\n", shortest_double(reference.units));
  fmt::format_to(out, "  area_um2: {}\n", shortest_double(reference.area_um2));
  const std::string area = origin(reference.area_provenance, 4);
  if (!area.empty()) text += "  area:\n" + area;
  fmt::format_to(out, "  leakage_power_w: {}\n", shortest_double(reference.leakage_power_w));
  const std::string leakage = origin(reference.leakage_provenance, 4);
  if (!leakage.empty()) text += "  leakage:\n" + leakage;
  text += reference.actions.empty() ? "  actions: []\n" : "  actions:\n";
  for (const ActionEnergy& action : reference.actions) {
    fmt::format_to(out, "  - action: {}\n    per: {}\n    energy_pj: {}\n", action.action, to_string(action.unit),
                   shortest_double(action.energy_pj));
    if (action.full_rate_hz > 0) fmt::format_to(out, "    full_rate_hz: {}\n", shortest_double(action.full_rate_hz));
    text += origin(action.provenance, 4);
  }
}

}  // namespace

std::string write_reference_tables(const Architecture& architecture, const ReferenceTables& tables) {
  std::string text = "reference_tables:\n";
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    if (architecture.nodes[i].class_name.empty()) continue;
    write_node(architecture, NodeId(i), tables.nodes[i], text);
  }
  return text;
}

}  // namespace ohmloop
