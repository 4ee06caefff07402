#pragma once

#include <optional>
#include <unordered_set>

#include "ohmloop/mapper/candidate.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {

/// Evaluates candidates exactly, counts them, and remembers the best legal one: the earlier of equals.
class Scorer {
 public:
  Scorer(const Mapspace& space, const ReferenceTables& tables, const MapperOptions& options)
      : space_(&space), tables_(&tables), options_(&options) {}

  /// Nothing if the candidate is illegal or the budget is spent.
  std::optional<Score> score(Candidate candidate);
  /// The same, but nothing either if the candidate was scored before.
  std::optional<Score> score_new(const Candidate& candidate);

  [[nodiscard]] bool exhausted() const { return evaluated_ >= options_->max_evaluations; }
  [[nodiscard]] std::int64_t evaluated() const { return evaluated_; }
  [[nodiscard]] std::int64_t illegal() const { return illegal_; }
  [[nodiscard]] const std::optional<Candidate>& best() const { return best_; }
  [[nodiscard]] const Score& best_score() const { return best_score_; }

 private:
  bool remember(const Candidate& candidate, const Mapping& mapping, const Score& score);

  const Mapspace* space_;
  const ReferenceTables* tables_;
  const MapperOptions* options_;
  std::unordered_set<std::uint64_t> seen_;
  std::optional<Candidate> best_;
  Score best_score_;
  std::int64_t evaluated_ = 0;
  std::int64_t illegal_ = 0;
};

}  // namespace ohmloop
