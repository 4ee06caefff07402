#pragma once

#include "ohmloop/mapper/exact/exact_search.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"

namespace ohmloop {

/// One choice of placements and spatial loops, with a bound on all mappings that have them.
struct SearchTask {
  std::size_t placement = 0;
  SpatialFactors factors;
  Score bound;
};

/// What became of a task.
struct TaskResult {
  NestSearchResult nests;
  ExactSearchStats stats;  ///< of this task
};

/// Works on one task at a time and keeps for the next ones what does not depend on the task. For one thread.
class SearchWorker {
 public:
  /// All of them outlive the worker. `placements`: as `placement_choices` lists them.
  SearchWorker(const Mapspace& space, const std::vector<std::vector<std::uint8_t>>& placements,
               const TrafficFactory& make_traffic);

  /// What no mapping with these choices gets below: every link brings every element once.
  [[nodiscard]] Score least(std::size_t placement, const SpatialFactors& factors);
  /// The best mapping of a task if it is better than `known`.
  [[nodiscard]] TaskResult work_on(const SearchTask& task, const std::optional<Score>& known,
                                   const NestSearchOptions& options);

 private:
  /// A decided placement.
  struct Placed {
    std::unique_ptr<Skeleton> skeleton;
    std::unique_ptr<TrafficModel> model;
  };

  Placed& placed(std::size_t placement);
  CostToGo& tables_of(std::size_t placement);

  Mapspace space_;  ///< with tile sizes of its own, which are remembered as they are asked for
  const std::vector<std::vector<std::uint8_t>>* placements_;
  const TrafficFactory* make_traffic_;
  std::vector<Placed> placed_;
  std::unique_ptr<CostToGo> tables_;
  std::size_t tabled_ = 0;  ///< the placement of the tables
};

}  // namespace ohmloop
