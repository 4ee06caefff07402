#include "ohmloop/network/evaluate_network.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/parallel.hpp"
#include "ohmloop/network/digital_layers.hpp"
#include "ohmloop/network/map_network_layer.hpp"
#include "ohmloop/network/residence.hpp"
#include "ohmloop/network/totals.hpp"
#include "ohmloop/network/unique_layers.hpp"

namespace ohmloop {
namespace {

/// One answer per unique layer, each written by its own call only.
std::vector<MappedNetworkLayer> map_all(const Network& network, const LayerTable& table,
                                        const Architecture& architecture, const ReferenceTables& tables,
                                        const NetworkOptions& options) {
  std::vector<MappedNetworkLayer> answers(table.unique.size());
  std::atomic<std::size_t> done = 0;
  parallel_for(answers.size(), options.threads, [&](std::size_t i) {
    const NetworkNode& node = network.nodes[table.unique[i]];
    const ReferenceTables& own = tables_of_layer(table.unique[i], tables, options);
    const auto map = [&] { return map_network_layer(node.name, *node.shape, architecture, own, options.mapper); };
    const bool common = &own == &tables;
    answers[i] = options.layer_answer && common ? options.layer_answer(*node.shape, map) : map();
    answers[i].einsum.name = node.name;
    const std::size_t finished = ++done;
    if (options.progress) options.progress(finished, answers.size());
  });
  return answers;
}

void collect(const Network& network, const LayerTable& table, std::vector<MappedNetworkLayer> answers,
             const NetworkOptions& options, NetworkEvaluation& evaluation) {
  evaluation.layers = table.layers;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const NetworkNode& node = network.nodes[table.unique[i]];
    if (answers[i].result.none) {
      evaluation.failed.push_back({node.name, *std::move(answers[i].result.none)});
      continue;
    }
    evaluation.unique.push_back(
        {*node.shape, std::move(answers[i].einsum), *std::move(answers[i].result.best), answers[i].chips});
    if (table.unique[i] < options.layer_tables.size()) {
      evaluation.unique.back().own_tables = options.layer_tables[table.unique[i]];
    }
  }
}

}  // namespace

NetworkEvaluation evaluate_network(const Network& network, const Architecture& architecture,
                                   const ReferenceTables& tables, const NetworkOptions& options, NetworkStats* stats) {
  const auto start = std::chrono::steady_clock::now();
  const LayerTable table = unique_layers(network, options);
  std::vector<MappedNetworkLayer> answers = map_all(network, table, architecture, tables, options);
  std::int64_t evaluated = 0;
  for (const MappedNetworkLayer& answer : answers) evaluated += answer.stats.evaluated;

  NetworkEvaluation evaluation;
  collect(network, table, std::move(answers), options, evaluation);
  if (evaluation.failed.empty()) place_weights(network, architecture, tables, evaluation);
  if (evaluation.failed.empty() && !evaluation.refused) {
    evaluation.digital = evaluate_digital(network, architecture, tables);
    add_totals(network, architecture, tables, evaluation);
  } else {
    // Without all layers there are no totals: the answer is "no".
    evaluation.layers.clear();
    evaluation.unique.clear();
  }
  if (stats != nullptr) {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    *stats = {evaluated, seconds.count()};
  }
  return evaluation;
}

}  // namespace ohmloop
