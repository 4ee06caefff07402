#pragma once

#include <functional>
#include <string>

#include "ohmloop/study/study_jobs.hpp"

namespace ohmloop {

struct StudyOptions {
  std::size_t threads = 0;  ///< 0: all cores
  std::uint64_t shard = 0;  ///< only points whose number is this modulo `shards`
  std::uint64_t shards = 1;
  /// Called before each kind of work; what it gives is called as the work goes on, from any thread.
  std::function<std::function<void(std::size_t done, std::size_t all)>(const std::string& what)> begin = {};
  /// True once nothing more is wanted: what was found is in the store.
  std::function<bool()> stop = {};
};

struct StudyRun {
  std::uint64_t points = 0;     ///< of this run's shard
  std::uint64_t evaluated = 0;  ///< results that were missing
  bool was_interrupted = false;
};

/// What is wrong with the values of the axes: every one is tried once on its chip. So a typing error is told before
/// the work.
std::vector<Diagnostic> check_study_values(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                           const StudyOptions& options = {});

/// Evaluates what the store does not have yet. Points without a result are results, too: they say why. The store's
/// contents depend on neither threads nor timing nor interruptions.
StudyRun run_study(const Study& study, const StudyInputs& inputs, const Registry& registry, ResultStore& store,
                   const StudyOptions& options = {});

/// About how long all of the study's points would take, by a few of them; in seconds.
double estimate_seconds(const Study& study, const StudyInputs& inputs, const Registry& registry,
                        const StudyOptions& options = {});

}  // namespace ohmloop
