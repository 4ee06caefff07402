#include "ohmloop/study/run_study.hpp"

#include <algorithm>
#include <chrono>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/study/network_costs.hpp"
#include "ohmloop/study/sweep_evaluation.hpp"

namespace ohmloop {

namespace {

/// So many points are planned at a time: huge studies don't have to fit in memory.
constexpr std::uint64_t block_points = std::uint64_t{1} << 20U;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

JobOptions job_options(const StudyOptions& options, const std::string& what, bool is_needed) {
  JobOptions job;
  job.threads = options.threads;
  job.stop = options.stop;
  if (options.begin && is_needed) job.progress = options.begin(what);
  return job;
}

/// Seconds of one point's costs on one thread.
double time_costs(const StudyPlan& plan, std::size_t part, const PointSpace::Choice& choice, const Registry& registry) {
  const auto start = Clock::now();
  const PointSpace& space = plan.space(part);
  const PartInputs& inputs = plan.inputs().parts[part];
  ChipInUse chip;
  chip.chip = read_chip(inputs.architectures[space.value_index(choice, AxisKind::architecture)],
                        space.overrides(choice), registry);
  CostOptions options;
  options.mapper.objective = plan.study().parts[part].objective;
  evaluate_costs(inputs.networks[space.value_index(choice, AxisKind::network)], chip, options);
  return seconds_since(start);
}

/// Seconds of one point's measurement on all threads.
double time_accuracy(const StudyPlan& plan, std::size_t part, const PointSpace::Choice& choice, std::size_t threads) {
  constexpr std::size_t few_images = 32;
  const std::size_t network = plan.space(part).value_index(choice, AxisKind::network);
  const DataSet& data = *plan.inputs().parts[part].images[network].data;
  AccuracySettings settings = plan.settings(part, choice);
  const std::size_t images = std::min(data.size(), settings.images.value_or(data.size()));
  settings.images = std::min(images, few_images);
  settings.calibration_images = *settings.images;
  settings.seeds.resize(1);
  const TrainedNetwork trained = open_trained_network({plan.inputs().parts[part].trained_names[network], {}});
  AccuracyOptions options;
  options.threads = threads;
  const AccuracyResult result = measure_accuracy(trained.graph, data, settings, options);
  const double seeds = static_cast<double>(plan.settings(part, choice).seeds.size());
  return result.images_per_second > 0 ? static_cast<double>(images) * seeds / result.images_per_second : 0;
}

}  // namespace

std::vector<Diagnostic> check_study_values(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                           const StudyOptions& options) {
  std::vector<Diagnostic> all;
  SweepOptions sweep_options;
  sweep_options.threads = options.threads;
  sweep_options.stop = options.stop;
  for (std::size_t part = 0; part < study.parts.size(); ++part) {
    const PointSpace space(study.parts[part]);
    for (const SourceFilePtr& architecture : inputs.parts[part].architectures) {
      SweepInputs sweep;
      sweep.architecture = architecture;
      sweep.axes = space.chip_axes();
      sweep.registry = &registry;
      for (Diagnostic& each : check_values(sweep, sweep_options)) {
        if (!is_among(each, all)) all.push_back(std::move(each));
      }
    }
  }
  return all;
}

StudyRun run_study(const Study& study, const StudyInputs& inputs, const Registry& registry, ResultStore& store,
                   const StudyOptions& options) {
  const StudyPlan plan(study, inputs, options.threads);
  StudyRun run;
  const auto stopped = [&] { return options.stop && options.stop(); };
  plan.put_networks(store);
  for (std::uint64_t begin = 0; begin < plan.points() && !stopped(); begin += block_points) {
    const std::uint64_t end = std::min(plan.points(), begin + block_points);
    const PlannedPoints planned = plan.plan(begin, end, options.shard, options.shards, store);
    for (std::size_t part = 0; part < planned.keys.size(); ++part) {
      run.points += planned.keys[part].size();
      if (!planned.keys[part].empty()) store.put_points(part, planned.keys[part]);
    }
    run.evaluated += planned.costs.size() + planned.accuracies.size();
    run_cost_jobs(plan, planned.costs, registry, store,
                  job_options(options, "evaluating points", !planned.costs.empty()));
    run_accuracy_jobs(plan, planned.accuracies, store,
                      job_options(options, "measuring on images", !planned.accuracies.empty()));
  }
  store.commit();
  run.was_interrupted = stopped();
  return run;
}

double estimate_seconds(const Study& study, const StudyInputs& inputs, const Registry& registry,
                        const StudyOptions& options) {
  constexpr std::uint64_t tried = 5;
  constexpr double long_enough_s = 5;
  const StudyPlan plan(study, inputs, options.threads);
  const std::size_t threads = options.threads == 0 ? available_threads() : options.threads;
  const auto start = Clock::now();
  double seconds = 0;
  double samples = 0;
  for (std::uint64_t i = 0; i < tried && (i == 0 || seconds_since(start) < long_enough_s); ++i) {
    const auto [part, point] = plan.place(i * (plan.points() / tried));
    const PointSpace::Choice choice = plan.space(part).choice(point);
    if (study.parts[part].wants(MetricKind::cost)) {
      seconds += time_costs(plan, part, choice, registry) / static_cast<double>(threads);
    }
    if (study.parts[part].wants(MetricKind::accuracy)) seconds += time_accuracy(plan, part, choice, options.threads);
    ++samples;
  }
  return seconds / samples * static_cast<double>(plan.points()) / static_cast<double>(options.shards);
}

}  // namespace ohmloop
