#include "ohmloop/network/residence.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/network/balance_copies.hpp"
#include "ohmloop/network/link_traffic.hpp"
#include "ohmloop/network/map_network_layer.hpp"
#include "ohmloop/network/reload_choice.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t weight = role_index(Role::weight);

std::int64_t written_elements(const UniqueLayer& layer, const Architecture& architecture) {
  return layer.mapped.counts.memories[architecture.array->cells.index()].total[weight].fills;
}

/// Written while the network runs: an operand of attention, or weights that take turns.
bool is_written(const UniqueLayer& layer) { return layer.reloaded || layer.shape.weight_is_activation; }

std::int64_t arrays_needed(const UniqueLayer& layer, const Architecture& architecture) {
  const std::int64_t used = layer.mapped.evaluation.arrays_used.value_or(0);
  return layer.reloaded ? std::max(used, fewest_arrays(layer.einsum, *architecture.array)) : used;
}

void mark_layers_too_large(const Architecture& architecture, NetworkEvaluation& evaluation) {
  for (UniqueLayer& layer : evaluation.unique) {
    layer.reloaded =
        !layer.shape.weight_is_activation && !weights_stay(layer.einsum, architecture, layer.mapped.counts);
  }
}

void refuse(const Architecture& architecture, const std::string& reason, const std::string& suggestion,
            NetworkEvaluation& evaluation) {
  evaluation.refused = NoMapping{reason, suggestion, architecture.schedule.where};
}

void need_one_chip(const Architecture& architecture, NetworkEvaluation& evaluation) {
  const Residence& residence = *evaluation.residence;
  if (residence.arrays_needed <= residence.arrays_of_chip) return;
  const std::int64_t chips = ceil_divide(residence.arrays_needed, residence.arrays_of_chip);
  refuse(architecture,
         fmt::format("the network needs {} arrays for all its layers, the chip has {}", residence.arrays_needed,
                     residence.arrays_of_chip),
         fmt::format("weights: more_chips ({} of them), weights: reload, or more arrays", chips), evaluation);
}

void take_chips(const Architecture& architecture, NetworkEvaluation& evaluation) {
  Residence& residence = *evaluation.residence;
  const std::int64_t needed = std::max<std::int64_t>(1, ceil_divide(residence.arrays_needed, residence.arrays_of_chip));
  const std::optional<std::int64_t>& chips = architecture.schedule.chips;
  residence.chips = chips.value_or(needed);
  if (residence.chips >= needed) return;
  refuse(architecture,
         fmt::format("the network needs {} arrays for all its layers, {} chips have {}", residence.arrays_needed,
                     residence.chips, checked_multiply(residence.chips, residence.arrays_of_chip)),
         fmt::format("chips: {}, or weights: reload", needed), evaluation);
}

/// The layer as it is when its weights are written during the run.
UniqueLayer written_anew(const UniqueLayer& layer, const Architecture& architecture, const ReferenceTables& tables) {
  UniqueLayer written = layer;
  written.reloaded = true;
  written.mapped.evaluation =
      evaluate(layer.einsum, architecture, tables, layer.mapped.counts, {.weights_written = true});
  return written;
}

void choose_reloads(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation) {
  std::vector<ArrayDemand> demands;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const UniqueLayer& unique = evaluation.unique[layer.unique];
    demands.push_back(
        {unique.mapped.evaluation.arrays_used.value_or(0), written_elements(unique, architecture), is_written(unique)});
  }
  const std::vector<bool> stays = layers_that_stay(demands, evaluation.residence->arrays_of_chip);
  std::map<std::size_t, std::size_t> written;  // unique layer -> the same, written anew
  for (std::size_t i = 0; i < evaluation.layers.size(); ++i) {
    std::size_t& unique = evaluation.layers[i].unique;
    if (stays[i] || demands[i].always_written) continue;
    const auto [found, first] = written.try_emplace(unique, evaluation.unique.size());
    if (first) evaluation.unique.push_back(written_anew(evaluation.unique[unique], architecture, tables));
    unique = found->second;
  }
}

/// Unique layers that no layer is any more, because all of its kind are written anew.
void drop_unused(NetworkEvaluation& evaluation) {
  std::vector<std::size_t> place(evaluation.unique.size(), 0);
  std::vector<bool> used(evaluation.unique.size(), false);
  for (const LayerEvaluation& layer : evaluation.layers) used[layer.unique] = true;
  std::vector<UniqueLayer> kept;
  for (std::size_t i = 0; i < evaluation.unique.size(); ++i) {
    place[i] = kept.size();
    if (used[i]) kept.push_back(std::move(evaluation.unique[i]));
  }
  for (LayerEvaluation& layer : evaluation.layers) layer.unique = place[layer.unique];
  evaluation.unique = std::move(kept);
}

/// Arrays of the layers that stay, and of the largest of those that take turns.
std::int64_t arrays_taken(const NetworkEvaluation& evaluation, bool turns) {
  std::int64_t sum = 0;
  std::int64_t largest = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const UniqueLayer& unique = evaluation.unique[layer.unique];
    const std::int64_t arrays = unique.mapped.evaluation.arrays_used.value_or(0);
    if (turns && is_written(unique)) {
      largest = std::max(largest, arrays);
    } else {
      sum = checked_add(sum, arrays);
    }
  }
  return checked_add(sum, largest);
}

void count_writes(const Architecture& architecture, NetworkEvaluation& evaluation) {
  Residence& residence = *evaluation.residence;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const UniqueLayer& unique = evaluation.unique[layer.unique];
    if (unique.reloaded) ++residence.reloaded_layers;
    if (!is_written(unique)) continue;
    residence.written_elements = checked_add(residence.written_elements, written_elements(unique, architecture));
  }
}

}  // namespace

void place_weights(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                   NetworkEvaluation& evaluation) {
  if (!keeps_weights(architecture)) return;
  Residence& residence = evaluation.residence.emplace();
  residence.arrays_of_chip = *arrays_of_chip(architecture);
  mark_layers_too_large(architecture, evaluation);
  for (const LayerEvaluation& layer : evaluation.layers) {
    residence.arrays_needed =
        checked_add(residence.arrays_needed, arrays_needed(evaluation.unique[layer.unique], architecture));
  }
  const WeightResidence policy = architecture.schedule.weights;
  if (policy == WeightResidence::one_chip) need_one_chip(architecture, evaluation);
  if (policy == WeightResidence::more_chips) take_chips(architecture, evaluation);
  if (evaluation.refused) return;
  if (policy == WeightResidence::reload) {
    choose_reloads(architecture, tables, evaluation);
    drop_unused(evaluation);
  }
  if (architecture.schedule.copies == LayerCopies::balanced) balance_copies(architecture, tables, evaluation);
  residence.arrays_taken = arrays_taken(evaluation, policy == WeightResidence::reload);
  count_writes(architecture, evaluation);
  add_link_traffic(network, architecture, tables, residence, evaluation);
}

}  // namespace ohmloop
