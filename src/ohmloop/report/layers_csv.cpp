#include "ohmloop/report/layers_csv.hpp"

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/breakdown.hpp"

namespace ohmloop {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + '"';
}

namespace {

void add_rows(const RunReport& report, std::size_t network_node, const std::vector<EnergyItem>& items,
              std::string& text) {
  const std::string name = csv_field(report.network.nodes[network_node].name);
  for (const EnergyItem& item : items) {
    const Node& node = report.architecture.node(item.node);
    text +=
        fmt::format("{},{},{},{},{},{},{}\n", name, csv_field(node.name), csv_field(node.class_name), tensor_name(item),
                    csv_field(item.action), shortest_double(item.count), shortest_double(item.energy_pj));
  }
}

}  // namespace

std::string layers_csv(const RunReport& report) {
  std::string text = "layer,component,class,tensor,action,count,energy_pj\n";
  for (const LayerEvaluation& layer : report.evaluation.layers) {
    add_rows(report, layer.network_node, report.evaluation.unique[layer.unique].mapped.evaluation.items, text);
  }
  for (const DigitalEvaluation& one : report.evaluation.digital) {
    add_rows(report, one.network_node, one.cost.items, text);
  }
  return text;
}

}  // namespace ohmloop
