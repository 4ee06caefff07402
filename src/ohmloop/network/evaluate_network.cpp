#include "ohmloop/network/evaluate_network.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/parallel.hpp"
#include "ohmloop/network/totals.hpp"
#include "ohmloop/network/unique_layers.hpp"

namespace ohmloop {
namespace {

struct Answer {
  Einsum einsum;
  MapperResult result;
  MapperStats stats;
};

/// One answer per unique layer, each written by its own call only.
std::vector<Answer> map_all(const Network& network, const LayerTable& table, const Architecture& architecture,
                            const ReferenceTables& tables, const NetworkOptions& options) {
  std::vector<Answer> answers(table.unique.size());
  std::atomic<std::size_t> done = 0;
  parallel_for(answers.size(), options.threads, [&](std::size_t i) {
    const NetworkNode& node = network.nodes[table.unique[i]];
    Answer& answer = answers[i];
    answer.einsum = lower(node.name, *node.shape, architecture);
    answer.result = options.map_layer
                        ? options.map_layer(*node.shape, answer.einsum, answer.stats)
                        : find_mapping(answer.einsum, architecture, tables, options.mapper, &answer.stats);
    const std::size_t finished = ++done;
    if (options.progress) options.progress(finished, answers.size());
  });
  return answers;
}

void collect(const Network& network, const LayerTable& table, std::vector<Answer> answers,
             NetworkEvaluation& evaluation) {
  evaluation.layers = table.layers;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const NetworkNode& node = network.nodes[table.unique[i]];
    if (answers[i].result.none) {
      evaluation.failed.push_back({node.name, *std::move(answers[i].result.none)});
      continue;
    }
    evaluation.unique.push_back({*node.shape, std::move(answers[i].einsum), *std::move(answers[i].result.best)});
  }
}

}  // namespace

NetworkEvaluation evaluate_network(const Network& network, const Architecture& architecture,
                                   const ReferenceTables& tables, const NetworkOptions& options, NetworkStats* stats) {
  const auto start = std::chrono::steady_clock::now();
  const LayerTable table = unique_layers(network);
  std::vector<Answer> answers = map_all(network, table, architecture, tables, options);
  std::int64_t evaluated = 0;
  for (const Answer& answer : answers) evaluated += answer.stats.evaluated;

  NetworkEvaluation evaluation;
  collect(network, table, std::move(answers), evaluation);
  if (evaluation.failed.empty()) {
    add_totals(architecture, evaluation);
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
