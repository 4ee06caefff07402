#pragma once

#include <exception>
#include <optional>
#include <unordered_set>

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/candidate_counts.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {

/// Evaluates candidates exactly, counts them, and remembers the best legal one: the earlier of equals.
class Scorer {
 public:
  Scorer(const Mapspace& space, const ReferenceTables& tables, const MapperOptions& options)
      : space_(&space), options_(&options), model_(*space.einsum, *space.architecture, tables), counts_(space) {}

  /// Nothing if the candidate is illegal or the budget is spent.
  std::optional<Score> score(Candidate candidate);
  /// The same, but nothing either if the candidate was scored before.
  std::optional<Score> score_new(const Candidate& candidate);

  [[nodiscard]] bool exhausted() const { return evaluated_ >= options_->max_evaluations; }
  [[nodiscard]] std::int64_t evaluated() const { return evaluated_; }
  [[nodiscard]] std::int64_t illegal() const { return illegal_; }
  /// The last candidate whose counts leave 64 bits; null if there was none.
  [[nodiscard]] const std::exception_ptr& overflow() const { return overflow_; }
  [[nodiscard]] const CostModel& model() const { return model_; }
  [[nodiscard]] const std::optional<Candidate>& best() const { return best_; }
  [[nodiscard]] const Score& best_score() const { return best_score_; }

 private:
  bool remember(const Candidate& candidate, const Score& score);

  const Mapspace* space_;
  const MapperOptions* options_;
  CostModel model_;
  CandidateCounts counts_;
  std::exception_ptr overflow_;
  std::unordered_set<std::uint64_t> seen_;
  std::optional<Candidate> best_;
  Score best_score_;
  std::int64_t evaluated_ = 0;
  std::int64_t illegal_ = 0;
};

}  // namespace ohmloop
