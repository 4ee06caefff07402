#include <atomic>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/study/network_costs.hpp"
#include "ohmloop/study/study_jobs.hpp"

namespace ohmloop {

namespace {

StoredResult stored(const CostOutcome& outcome) {
  StoredResult result;
  result.failure = outcome.failure;
  for (const Diagnostic& warning : outcome.warnings) result.warnings.push_back(warning.message);
  if (outcome.costs) result.values = metric_values(*outcome.costs);
  return result;
}

}  // namespace

void run_cost_jobs(const StudyPlan& plan, const std::vector<CostJob>& jobs, const Registry& registry,
                   ResultStore& store, const JobOptions& options) {
  // Jobs of one chip stand together.
  std::vector<std::size_t> chip_of_job;
  std::vector<std::size_t> first_job;
  std::vector<std::size_t> users;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (i == 0 || jobs[i].part != jobs[i - 1].part || jobs[i].chip != jobs[i - 1].chip) {
      first_job.push_back(i);
      users.push_back(0);
    }
    ++users.back();
    chip_of_job.push_back(users.size() - 1);
  }
  SharedChips chips(users, [&](std::size_t index) {
    const CostJob& job = jobs[first_job[index]];
    const PointSpace& space = plan.space(job.part);
    const std::size_t architecture = space.value_index(job.choice, AxisKind::architecture);
    return read_chip(plan.inputs().parts[job.part].architectures[architecture], space.overrides(job.choice), registry);
  });
  std::atomic<std::size_t> done = 0;
  parallel_for(jobs.size(), options.threads, [&](std::size_t i) {
    if (options.stop && options.stop()) return;
    CostOptions cost_options;
    cost_options.mapper.objective = plan.study().parts[jobs[i].part].objective;
    cost_options.stop = options.stop;
    const Network& network = plan.inputs().parts[jobs[i].part].networks[jobs[i].network];
    try {
      const CostOutcome outcome = evaluate_costs(network, *chips.take(chip_of_job[i]), cost_options);
      store.put(MetricKind::cost, jobs[i].key, stored(outcome));
    } catch (const Stopped&) {
      return;
    }
    const std::size_t finished = ++done;
    if (options.progress) options.progress(finished, jobs.size());
  });
}

}  // namespace ohmloop
