#include "ohmloop/network/balance_copies.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/network/layer_copies.hpp"

namespace ohmloop {
namespace {

/// A unique layer, as often as the network has it, with what copies can do for it.
struct Stage {
  std::int64_t layers = 0;
  std::int64_t arrays = 0;  ///< of one copy of one layer
  std::vector<CopyChoice> choices;
  std::size_t chosen = 0;

  [[nodiscard]] std::int64_t arrays_with(std::size_t choice) const {
    return checked_multiply(layers, checked_multiply(arrays, choices[choice].copies));
  }
};

std::vector<Stage> stages_of(const Architecture& architecture, const NetworkEvaluation& evaluation,
                             std::int64_t arrays) {
  std::vector<Stage> stages(evaluation.unique.size());
  for (const LayerEvaluation& layer : evaluation.layers) ++stages[layer.unique].layers;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const UniqueLayer& unique = evaluation.unique[i];
    stages[i].arrays = std::max<std::int64_t>(1, unique.mapped.evaluation.arrays_used.value_or(1));
    const std::int64_t most = arrays / checked_multiply(stages[i].arrays, stages[i].layers);
    stages[i].choices = copy_choices(unique.einsum, architecture, unique.mapped.mapping, unique.mapped.evaluation,
                                     unique.reloaded ? 1 : most);
  }
  return stages;
}

std::int64_t arrays_of(const std::vector<Stage>& stages) {
  std::int64_t sum = 0;
  for (const Stage& stage : stages) sum = checked_add(sum, stage.arrays_with(stage.chosen));
  return sum;
}

/// The fewest copies with which no layer takes more cycles; false if some layer cannot.
bool reach(std::int64_t cycles, std::vector<Stage>& stages) {
  for (Stage& stage : stages) {
    const auto found = std::find_if(stage.choices.begin(), stage.choices.end(),
                                    [&](const CopyChoice& choice) { return choice.cycles <= cycles; });
    if (found == stage.choices.end()) return false;
    stage.chosen = static_cast<std::size_t>(found - stage.choices.begin());
  }
  return true;
}

/// The smallest number of cycles that all layers reach with the arrays: more cycles never take more of them.
void balance_pipeline(std::int64_t arrays, std::vector<Stage>& stages) {
  std::vector<std::int64_t> cycles;
  for (const Stage& stage : stages) {
    for (const CopyChoice& choice : stage.choices) cycles.push_back(choice.cycles);
  }
  std::sort(cycles.begin(), cycles.end());
  const auto least = std::partition_point(cycles.begin(), cycles.end(), [&](std::int64_t limit) {
    return !reach(limit, stages) || arrays_of(stages) > arrays;
  });
  if (least == cycles.end() || !reach(*least, stages)) {
    for (Stage& stage : stages) stage.chosen = 0;
  }
}

/// Cycles that a step to another choice spares, per array.
double worth(const Stage& stage, std::size_t choice) {
  const CopyChoice& now = stage.choices[stage.chosen];
  const CopyChoice& then = stage.choices[choice];
  return static_cast<double>(now.cycles - then.cycles) /
         (static_cast<double>(stage.arrays) * static_cast<double>(then.copies - now.copies));
}

void spare_cycles(std::int64_t arrays, std::vector<Stage>& stages) {
  for (std::int64_t left = arrays - arrays_of(stages);;) {
    double most = 0;
    Stage* best = nullptr;
    std::size_t best_choice = 0;
    for (Stage& stage : stages) {
      for (std::size_t choice = stage.chosen + 1; choice < stage.choices.size(); ++choice) {
        if (stage.arrays_with(choice) - stage.arrays_with(stage.chosen) > left) break;
        if (worth(stage, choice) <= most) continue;
        most = worth(stage, choice);
        best = &stage;
        best_choice = choice;
      }
    }
    if (best == nullptr) return;
    left -= best->arrays_with(best_choice) - best->arrays_with(best->chosen);
    best->chosen = best_choice;
  }
}

void evaluate_with_copies(const CopyChoice& choice, const Architecture& architecture, const ReferenceTables& tables,
                          UniqueLayer& layer) {
  if (choice.copies == 1) return;
  layer.copies = choice.copies;
  layer.mapped.mapping = spread_over_copies(layer.einsum, architecture, layer.mapped.mapping, choice);
  layer.mapped.counts = count_actions(layer.einsum, architecture, layer.mapped.mapping);
  layer.mapped.evaluation = evaluate(layer.einsum, architecture, tables, layer.mapped.counts);
}

}  // namespace

void balance_copies(const Architecture& architecture, const ReferenceTables& tables, NetworkEvaluation& evaluation) {
  const std::int64_t arrays = checked_multiply(evaluation.residence->chips, evaluation.residence->arrays_of_chip);
  std::vector<Stage> stages = stages_of(architecture, evaluation, arrays);
  if (architecture.schedule.order == LayerOrder::pipelined) {
    balance_pipeline(arrays, stages);
  } else {
    spare_cycles(arrays, stages);
  }
  for (std::size_t i = 0; i < stages.size(); ++i) {
    evaluate_with_copies(stages[i].choices[stages[i].chosen], architecture, tables, evaluation.unique[i]);
  }
}

}  // namespace ohmloop
