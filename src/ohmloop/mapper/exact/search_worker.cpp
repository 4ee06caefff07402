#include "ohmloop/mapper/exact/search_worker.hpp"

#include <cmath>
#include <map>

namespace ohmloop {
namespace {

/// Entries of a task's tables at most, so that memory is bounded.
constexpr std::int64_t most_entries = 12'000'000;

/// A copy that shares nothing that changes.
Mapspace own_copy(const Mapspace& space) {
  Mapspace copy = space;
  std::map<const TileSizes*, std::shared_ptr<TileSizes>> copies;
  for (StoragePlace& storage : copy.storages) {
    for (std::shared_ptr<TileSizes>& tiles : storage.tiles) {
      std::shared_ptr<TileSizes>& own = copies[tiles.get()];
      if (own == nullptr) own = std::make_shared<TileSizes>(*tiles);
      tiles = own;
    }
  }
  return copy;
}

}  // namespace

SearchWorker::SearchWorker(const Mapspace& space, const std::vector<std::vector<std::uint8_t>>& placements,
                           const TrafficFactory& make_traffic)
    : space_(own_copy(space)), placements_(&placements), make_traffic_(&make_traffic), placed_(placements.size()) {}

SearchWorker::Placed& SearchWorker::placed(std::size_t placement) {
  Placed& one = placed_[placement];
  if (one.skeleton == nullptr) {
    one.skeleton = std::make_unique<Skeleton>(space_, (*placements_)[placement]);
    one.model = (*make_traffic_)(*one.skeleton);
  }
  return one;
}

/// Of the last placement alone, so that memory is bounded.
CostToGo& SearchWorker::tables_of(std::size_t placement) {
  if (tables_ == nullptr || tabled_ != placement) tables_ = std::make_unique<CostToGo>(*placed(placement).skeleton);
  tabled_ = placement;
  return *tables_;
}

Score SearchWorker::least(std::size_t placement, const SpatialFactors& factors) {
  const auto& [skeleton, model] = placed(placement);
  const Candidate candidate = spatial_candidate(space_, skeleton->keeps, factors);
  const SpatialLoops spatial(*skeleton, candidate);
  model->start(spatial, candidate);
  Amounts amounts = model->fixed();
  for (const Role role : all_roles) {
    const std::size_t links = skeleton->keepers[role_index(role)].size();
    // Tiles with gaps may have more words than smaller ones together: what counts is what they reach.
    const ReuseEnd end{Ending::slid_open, skeleton->blocks.size() - 1, 0};
    if (links > 1) amounts += model->charge(role, 1, links - 1, end, spatial.times());
  }
  return model->score(amounts);
}

TaskResult SearchWorker::work_on(const SearchTask& task, const std::optional<Score>& known,
                                 const NestSearchOptions& options) {
  TaskResult result;
  const auto& [skeleton, model] = placed(task.placement);
  const Candidate candidate = spatial_candidate(space_, skeleton->keeps, task.factors);
  const SpatialLoops spatial(*skeleton, candidate);
  model->start(spatial, candidate);
  const TimeLattice lattice(spatial.times());
  CostToGo& bounds = tables_of(task.placement);
  const std::int64_t entries = bounds.entries_per_amount(lattice);
  if (entries > most_entries) {
    result.stats.not_searched = 1;
    result.nests.complete = false;
    result.nests.open = task.bound;
    return result;
  }
  bounds.start(*model, spatial, lattice);
  for (std::size_t amount = 0; amount < model->amounts(); ++amount) {
    if (result.stats.table_entries + entries > most_entries) break;
    bounds.bound(amount);
    result.stats.table_entries += entries;
    const Amounts root = model->fixed() + bounds.at_start();
    if (!std::isfinite(root.energy_pj()) || (known && !is_better(model->score(root), *known))) {
      result.stats.cut_by_tables = 1;
      return result;
    }
  }
  NestSearch nests(*skeleton, *model, spatial, candidate, lattice, bounds);
  result.nests = nests.run(known, options, result.stats.nests);
  return result;
}

}  // namespace ohmloop
