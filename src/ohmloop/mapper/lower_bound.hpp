#pragma once

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/candidate.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {

/// What no mapping with a candidate's spatial factors and placements gets below, whatever its loops in time:
/// - latency: all points over the copies in use;
/// - energy: all multiplications; every element once through each memory that keeps it; and at the innermost memory of
///   each tensor one access for as many points as its fan-outs serve together.
/// For chips without arrays.
class LowerBound {
 public:
  LowerBound(const Mapspace& space, const CostModel& model, const Objective& objective);

  [[nodiscard]] Score of(const Candidate& candidate) const;

 private:
  [[nodiscard]] double energy_pj(const Candidate& candidate, Role role) const;
  [[nodiscard]] double served_together(const Candidate& candidate, Role role, std::size_t innermost_place) const;

  const Mapspace* space_;
  const CostModel* model_;
  Objective objective_;
  double points_ = 0;
  ByRole<double> elements_{};
  ByRole<double> accesses_{};  ///< of compute, if nothing were served together
  bool sums_meet_ = false;     ///< some converter adds partial sums
};

}  // namespace ohmloop
