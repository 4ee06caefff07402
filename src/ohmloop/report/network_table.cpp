#include "ohmloop/report/network_table.hpp"

#include <fmt/format.h>

#include "ohmloop/report/breakdown.hpp"
#include "ohmloop/report/table_cells.hpp"

namespace ohmloop {

namespace {

std::string operator_lines(const Network& network) {
  std::string text = "not charged:";
  const std::vector<UnchargedOperator> operators = uncharged_operators(network);
  for (const UnchargedOperator& one : operators) {
    text += fmt::format("{} {} {}", &one == &operators.front() ? "" : ",", one.operation, one.count);
    if (!one.supported) text += " (unknown)";
  }
  return operators.empty() ? text + " nothing\n" : text + "\n";
}

}  // namespace

std::string network_table(const Network& network, const TableStyle& style) {
  TextTable table({{"layer", "", Align::left, true},
                   {"operation", "", Align::left},
                   {"shape", "", Align::left, true},
                   {"MACs", ""},
                   {"weights", ""},
                   {"activations", ""}});
  std::int64_t layers = 0;
  for (const NetworkNode& node : network.nodes) {
    if (!node.shape) continue;
    ++layers;
    table.add_row({node.name, node.operation, describe(*node.shape), count_cell(node.shape->macs()),
                   count_cell(node.shape->weights()), count_cell(node.shape->output_activations())});
  }
  table.add_rule();
  table.add_row({"total", "", counted(layers, "layer"), count_cell(network.macs()), count_cell(network.weights()),
                 count_cell(network.activations())});
  return fmt::format(
      "{} ({}): {} parameters\n\n{}\nactivations: outputs of layers with weights; products of two activations "
      "are not in the total\n{}",
      network.name, network.source, format_count(network.parameters()), table.render(style), operator_lines(network));
}

}  // namespace ohmloop
