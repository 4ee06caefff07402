#include "ohmloop/study/sweep_evaluation.hpp"

#include <atomic>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/study/network_costs.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

Chip chip_at(const SweepInputs& inputs, std::size_t index) {
  Chip chip = read_chip(inputs.architecture, overrides_at(inputs.axes, choice_of(inputs.axes, index), inputs.set),
                        *inputs.registry);
  chip.warnings = at_written_places(std::move(chip.warnings), inputs.axes);
  return chip;
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
  SharedChips shared(std::vector<std::size_t>(chips, networks),
                     [&](std::size_t index) { return chip_at(inputs, index); });
  const CostOptions cost_options = {options.mapper, options.stop};
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
      CostOutcome outcome = evaluate_costs(inputs.networks[point.network], *shared.take(chip), cost_options);
      point.costs = outcome.costs;
      point.failure = std::move(outcome.failure);
      point.warnings = std::move(outcome.warnings);
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
