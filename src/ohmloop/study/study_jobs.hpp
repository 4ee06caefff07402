#pragma once

#include <functional>

#include "ohmloop/study/study_plan.hpp"

namespace ohmloop {

struct JobOptions {
  std::size_t threads = 0;  ///< 0: all cores
  /// Of one kind of work, from any thread.
  std::function<void(std::size_t done, std::size_t all)> progress = {};
  /// True once nothing more is wanted.
  std::function<bool()> stop = {};
};

/// Evaluates networks on chips, a job per thread, and puts each result as it comes. What was not reached when `stop`
/// said so is left out.
void run_cost_jobs(const StudyPlan& plan, const std::vector<CostJob>& jobs, const Registry& registry,
                   ResultStore& store, const JobOptions& options = {});

/// Measures on images: distortions of one network share passes over them. Progress counts images.
void run_accuracy_jobs(const StudyPlan& plan, const std::vector<AccuracyJob>& jobs, ResultStore& store,
                       const JobOptions& options = {});

}  // namespace ohmloop
