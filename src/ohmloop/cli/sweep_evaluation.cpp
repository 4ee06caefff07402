#include "ohmloop/cli/sweep_evaluation.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/parallel.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/cli/run_settings.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// A chip at one choice of values, or why there is none.
struct Chip {
  std::optional<EstimatedArchitecture> description;
  std::vector<Diagnostic> warnings;
  std::string failure;
};

Chip read_chip(const SweepInputs& inputs, const std::vector<std::size_t>& choice) {
  Chip chip;
  Diagnostics diagnostics;
  try {
    chip.description = estimate_architecture(inputs.architecture, overrides_at(inputs.axes, choice, inputs.set),
                                             *inputs.registry, diagnostics);
    chip.warnings = at_written_places(diagnostics.warnings(), inputs.axes);
  } catch (const InputError& error) {
    chip.failure = error.diagnostics().front().message;
  }
  return chip;
}

/// The chips that networks share: each is read by the first who needs it and goes with the last.
class Chips {
 public:
  explicit Chips(const SweepInputs& inputs) : inputs_(inputs), slots_(chips_of(inputs.axes)) {
    for (Slot& slot : slots_) slot.waiting = inputs.networks.size();
  }

  std::shared_ptr<const Chip> take(std::size_t index) {
    Slot& slot = slots_[index];
    const std::lock_guard lock(slot.mutex);
    if (!slot.chip) slot.chip = std::make_shared<const Chip>(read_chip(inputs_, choice_of(inputs_.axes, index)));
    std::shared_ptr<const Chip> chip = slot.chip;
    if (--slot.waiting == 0) slot.chip.reset();
    return chip;
  }

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const Chip> chip;
    std::size_t waiting = 0;
  };
  const SweepInputs& inputs_;
  std::vector<Slot> slots_;
};

/// Ends the evaluation of a network between two of its layers.
struct Stopped {};

std::string why_not(const std::vector<FailedLayer>& failed) {
  const NoMapping& reason = failed.front().reason;
  std::string text = fmt::format("no legal mapping of {}: {}", failed.front().layer, reason.reason);
  if (!reason.suggestion.empty()) text += fmt::format("; what would help: {}", reason.suggestion);
  return text;
}

SweepCosts costs_of(const NetworkEvaluation& evaluation, const EstimatedArchitecture& chip) {
  const std::vector<double> area = area_by_node_um2(chip.architecture, chip.tables);
  const auto chips = static_cast<double>(evaluation.residence ? evaluation.residence->chips : 1);
  return {.energy_pj = evaluation.energy_pj,
          .leakage_pj = evaluation.leakage_pj,
          .latency_cycles = evaluation.latency_cycles,
          .latency_s = evaluation.latency_s,
          .interval_s = evaluation.throughput.interval_s,
          .area_um2 = std::accumulate(area.begin(), area.end(), 0.0) * chips,
          .utilisation = evaluation.utilisation,
          .array_utilisation = evaluation.array_utilisation,
          .arrays_used = evaluation.arrays_used,
          .work = network_work(evaluation, chip.architecture)};
}

void evaluate_point(const Network& network, const Chip& chip, const SweepOptions& options, SweepPoint& point) {
  if (!chip.description) {
    point.failure = chip.failure;
    return;
  }
  NetworkOptions network_options;
  network_options.mapper = options.mapper;
  network_options.threads = 1;
  network_options.progress = [&](std::size_t, std::size_t) {
    if (options.stop && options.stop()) throw Stopped();
  };
  const auto& [architecture, tables] = *chip.description;
  try {
    const NetworkEvaluation evaluation = evaluate_network(network, architecture, tables, network_options);
    point.warnings = without_uncharged(chip.warnings, evaluation, architecture, tables);
    point.warnings.insert(point.warnings.end(), evaluation.warnings.begin(), evaluation.warnings.end());
    if (evaluation.refused) {
      point.failure =
          fmt::format("{}; what would help: {}", evaluation.refused->reason, evaluation.refused->suggestion);
    } else if (evaluation.failed.empty()) {
      point.costs = costs_of(evaluation, *chip.description);
    } else {
      point.failure = why_not(evaluation.failed);
    }
  } catch (const OverflowError&) {
    point.failure = "a count leaves 64 bits";
  }
}

std::vector<Diagnostic> errors_at(const SweepInputs& inputs, const std::vector<std::size_t>& choice) {
  Diagnostics diagnostics;
  try {
    estimate_architecture(inputs.architecture, overrides_at(inputs.axes, choice, inputs.set), *inputs.registry,
                          diagnostics);
  } catch (const InputError& error) {
    return at_written_places(error.diagnostics(), inputs.axes);
  }
  return {};
}

/// Says at which value of an axis the file is wrong, where the place does not.
void add_value(const SweepInputs& inputs, const std::vector<std::size_t>& choice, std::vector<Diagnostic>& errors) {
  for (std::size_t i = 0; i < choice.size(); ++i) {
    const SweepAxis& axis = inputs.axes[i].axis;
    const bool told = choice[i] != 0 || choice.size() == 1;
    if (!told) continue;
    for (Diagnostic& error : errors) {
      if (!error.where.empty() && error.where.file == inputs.axes[i].where.file) continue;
      error.notes.push_back(fmt::format("at {}={}", fmt::join(axis.keys, ","), to_string(axis.values[choice[i]])));
    }
  }
}

}  // namespace

std::vector<Diagnostic> check_values(const SweepInputs& inputs, const SweepOptions& options) {
  std::vector<std::vector<std::size_t>> choices = {std::vector<std::size_t>(inputs.axes.size(), 0)};
  for (std::size_t axis = 0; axis < inputs.axes.size(); ++axis) {
    for (std::size_t value = 1; value < inputs.axes[axis].axis.values.size(); ++value) {
      choices.emplace_back(inputs.axes.size(), 0).at(axis) = value;
    }
  }
  constexpr std::size_t enough = 100;
  // What is wrong whatever the values needs no further ones to be told.
  if (choices.size() > enough && !errors_at(inputs, choices.front()).empty()) choices.resize(enough);
  std::vector<std::vector<Diagnostic>> found(choices.size());
  parallel_for(choices.size(), options.threads, [&](std::size_t i) {
    if (!options.stop || !options.stop()) found[i] = errors_at(inputs, choices[i]);
  });
  std::vector<Diagnostic> all;
  for (std::size_t i = 0; i < found.size() && all.size() < enough; ++i) {
    std::erase_if(found[i], [&](const Diagnostic& error) { return is_among(error, all); });
    add_value(inputs, choices[i], found[i]);
    all.insert(all.end(), found[i].begin(), found[i].end());
  }
  return all;
}

std::vector<SweepPoint> evaluate_sweep(const SweepInputs& inputs, const SweepOptions& options) {
  const std::size_t networks = inputs.networks.size();
  const std::size_t chips = chips_of(inputs.axes);
  Chips readers(inputs);
  std::vector<std::optional<SweepPoint>> points(networks * chips);
  std::atomic<std::size_t> done = 0;
  // Chip after chip, so that few of them are held at a time; the result is network after network.
  parallel_for(points.size(), options.threads, [&](std::size_t task) {
    if (options.stop && options.stop()) return;
    const std::size_t chip = task / networks;
    SweepPoint point;
    point.network = task % networks;
    point.choice = choice_of(inputs.axes, chip);
    try {
      evaluate_point(inputs.networks[point.network], *readers.take(chip), options, point);
    } catch (const Stopped&) {
      return;
    }
    points[point.network * chips + chip] = std::move(point);
    const std::size_t finished = ++done;
    if (options.progress) options.progress(finished, networks * chips);
  });
  std::vector<SweepPoint> reached;
  for (std::optional<SweepPoint>& point : points) {
    if (point) reached.push_back(*std::move(point));
  }
  return reached;
}

}  // namespace ohmloop
