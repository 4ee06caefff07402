#include "ohmloop/mapper/exact/exact_search.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/placement_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_placements = 4'096;

/// One choice of placements and spatial loops.
struct Task {
  std::size_t skeleton = 0;
  SpatialFactors factors;
  Score bound;
};

class Search {
 public:
  Search(const Mapspace& space, const TrafficFactory& make_traffic, const ExactSearchOptions& options)
      : space_(space), make_traffic_(make_traffic), options_(options) {}

  ExactSearchResult run() {
    list_tasks();
    for (const Task& task : tasks_) {
      if (result_.best && !is_better(task.bound, result_.best->score)) {
        ++stats_.cut_at_once;
        continue;
      }
      work_on(task);
    }
    return std::move(result_);
  }
  [[nodiscard]] const ExactSearchStats& stats() const { return stats_; }

 private:
  void list_tasks() {
    for (const std::vector<std::uint8_t>& keeps : placement_choices(space_, most_placements).choices) {
      skeletons_.push_back(std::make_unique<Skeleton>(space_, keeps));
      models_.push_back(make_traffic_(*skeletons_.back()));
      for_all_spatial_factors(space_, [&](const SpatialFactors& factors) {
        tasks_.push_back({skeletons_.size() - 1, factors, least(*skeletons_.back(), *models_.back(), factors)});
        return true;
      });
    }
    stats_.placements = static_cast<std::int64_t>(skeletons_.size());
    stats_.spatial = static_cast<std::int64_t>(tasks_.size());
    std::stable_sort(tasks_.begin(), tasks_.end(), [](const Task& a, const Task& b) { return a.bound < b.bound; });
  }

  /// Every link brings every element once.
  Score least(const Skeleton& skeleton, TrafficModel& model, const SpatialFactors& factors) {
    const Candidate candidate = spatial_candidate(space_, skeleton.keeps, factors);
    const SpatialLoops spatial(skeleton, candidate);
    model.start(spatial, candidate);
    Amounts amounts = model.fixed();
    for (const Role role : all_roles) {
      const std::size_t links = skeleton.keepers[role_index(role)].size();
      const ReuseEnd end{Ending::moved, skeleton.blocks.size() - 1, 0};
      if (links > 1) amounts += model.charge(role, 1, links - 1, end, spatial.times());
    }
    return model.score(amounts);
  }

  void work_on(const Task& task) {
    const Skeleton& skeleton = *skeletons_[task.skeleton];
    TrafficModel& model = *models_[task.skeleton];
    const Candidate candidate = spatial_candidate(space_, skeleton.keeps, task.factors);
    const SpatialLoops spatial(skeleton, candidate);
    model.start(spatial, candidate);
    const TimeLattice lattice(spatial.times());
    CostToGo bounds(skeleton);
    std::vector<std::size_t> amounts;
    for (std::size_t i = 0; i < model.amounts(); ++i) amounts.push_back(i);
    bounds.fill(model, spatial, lattice, amounts);
    stats_.table_entries += bounds.entries();
    const Amounts root = model.fixed() + bounds.at_start();
    if (!std::isfinite(root.energy_pj())) return;
    if (result_.best && !is_better(model.score(root), result_.best->score)) {
      ++stats_.cut_by_tables;
      return;
    }
    NestSearch nests(skeleton, model, spatial, candidate, lattice, bounds);
    const std::optional<Score> known = result_.best ? std::optional(result_.best->score) : std::nullopt;
    if (auto found = nests.run(known, {}, stats_.nests)) result_.best = std::move(found);
  }

  const Mapspace& space_;
  const TrafficFactory& make_traffic_;
  const ExactSearchOptions& options_;
  std::vector<std::unique_ptr<Skeleton>> skeletons_;
  std::vector<std::unique_ptr<TrafficModel>> models_;
  std::vector<Task> tasks_;
  ExactSearchResult result_;
  ExactSearchStats stats_;
};

}  // namespace

ExactSearchResult exact_search(const Mapspace& space, const TrafficFactory& make_traffic,
                               const ExactSearchOptions& options, ExactSearchStats* stats) {
  Search search(space, make_traffic, options);
  ExactSearchResult result = search.run();
  if (stats != nullptr) *stats = search.stats();
  return result;
}

}  // namespace ohmloop
