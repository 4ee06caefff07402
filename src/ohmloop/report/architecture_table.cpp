#include "ohmloop/report/architecture_table.hpp"

#include <array>

#include <fmt/format.h>

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

constexpr DisplayUnit pj = {"pJ", 1};
constexpr DisplayUnit um2 = {"um2", 1};

std::string origin(const Provenance& provenance) {
  const std::string fitted = provenance.fitted ? " (fitted)" : "";
  if (provenance.source.empty()) return provenance.estimator + fitted;
  return provenance.source + fitted;
}

void add_component(TextTable& table, const Node& node, std::int64_t copies, const NodeReference& reference) {
  constexpr std::array<const char*, 3> per = {"access", "value", "bit"};
  bool first = true;
  for (const ActionEnergy& action : reference.actions) {
    table.add_row({first ? node.name : "", first ? node.class_name : "", first ? format_count(copies) : "",
                   action.action, cell(action.energy_pj, pj), per[static_cast<std::size_t>(action.unit)],
                   first ? cell(reference.area_um2, um2) : "", origin(action.provenance)});
    first = false;
  }
  if (!first) return;
  table.add_row({node.name, node.class_name, format_count(copies), "", "-", "", cell(reference.area_um2, um2),
                 origin(reference.area_provenance)});
}

}  // namespace

std::string architecture_table(const Architecture& architecture, const ReferenceTables& tables,
                               const TableStyle& style) {
  TextTable table({{"component", "", Align::left, true},
                   {"class", "", Align::left, true},
                   {"copies", ""},
                   {"action", "", Align::left},
                   {"energy", "pJ"},
                   {"per", "", Align::left},
                   {"area of one", "um2"},
                   {"source", "", Align::left, true}});
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const Node& node = architecture.nodes[i];
    if (node.class_name.empty()) continue;
    const auto* placed = node.as<Component>();
    const std::int64_t copies = architecture.instances(NodeId(i)) * (placed == nullptr ? 1 : placed->count);
    add_component(table, node, copies, tables.nodes[i]);
  }
  double area = 0;
  for (const double one : area_by_node_um2(architecture, tables)) area += one;
  return fmt::format("{}\narea of the whole chip: {}\n", table.render(style), format_with_unit(area, area_unit(area)));
}

}  // namespace ohmloop
