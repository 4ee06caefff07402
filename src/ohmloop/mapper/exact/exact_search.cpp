#include "ohmloop/mapper/exact/exact_search.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/mapper/exact/search_worker.hpp"
#include "ohmloop/mapper/placement_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_placements = 4'096;
/// Tasks that are listed at most, so that memory is bounded.
constexpr std::size_t most_tasks = 400'000;
/// Tasks of one round at most; fewer in the first ones, so that what these find helps the others. All tasks of a round
/// know what the rounds before found, whatever the number of threads.
constexpr std::size_t most_in_a_round = 16;

/// States of the first task that are looked at even if the search is to stop, so that it has something to show.
constexpr std::int64_t states_at_least = 2'000;
/// Tasks that are listed in about the time of a state.
constexpr std::int64_t listed_per_state = 8;
/// Computes of a layer at most, so that no count leaves 64 bits, nor the whole numbers of doubles.
constexpr double most_points = 9'007'199'254'740'992.0;

/// Entries of tables that take about as long as a state.
constexpr std::int64_t entries_per_state = 2'000;

bool comes_first(const SearchTask& a, const SearchTask& b) { return a.bound < b.bound; }

class Search {
 public:
  Search(const Mapspace& space, const TrafficFactory& make_traffic, const ExactSearchOptions& options)
      : space_(space),
        make_traffic_(make_traffic),
        options_(options),
        placements_(placement_choices(space, most_placements)) {}

  ExactSearchResult run() {
    if (!placements_.complete) leave_open({});
    list_tasks();
    std::size_t done = 0;
    for (std::size_t size = 1; done < tasks_.size() && !stopped_ && states_left() >= 0; size = next_size(size)) {
      done = work_on_round(done, size);
    }
    if (stopped_ && !result_.best && !tasks_.empty()) look_at_the_first();
    for (; done < tasks_.size(); ++done) {
      if (is_hopeless(tasks_[done])) {
        ++stats_.cut_at_once;
        continue;
      }
      ++stats_.not_searched;
      leave_open(tasks_[done].bound);
    }
    // What is left open may be no better than what was found.
    if (result_.best && !result_.complete && !is_better(result_.bound, result_.best->score)) result_.complete = true;
    if (result_.best && result_.complete) result_.bound = result_.best->score;
    return std::move(result_);
  }
  [[nodiscard]] const ExactSearchStats& stats() const { return stats_; }

 private:
  static std::size_t next_size(std::size_t size) { return std::min(2 * size, most_in_a_round); }

  /// What a mapping has to beat.
  [[nodiscard]] std::optional<Score> known() const {
    return result_.best ? std::optional(result_.best->score) : options_.better_than;
  }

  [[nodiscard]] bool is_hopeless(const SearchTask& task) const {
    const std::optional<Score> known = this->known();
    return known && !is_better(task.bound, *known);
  }

  void leave_open(const Score& least) {
    if (result_.complete || least < result_.bound) result_.bound = least;
    result_.complete = false;
  }

  /// States that may still be looked at; negative: none, 0: as many as it takes.
  [[nodiscard]] std::int64_t states_left() const {
    if (options_.most_states == 0) return 0;
    const std::int64_t left = options_.most_states - stats_.nests.states - stats_.table_entries / entries_per_state;
    return left > 0 ? left : -1;
  }

  bool asks_to_stop() {
    if (!options_.stop) return false;
    const std::lock_guard<std::mutex> guard(asking_);
    if (!stopped_ && options_.stop()) stopped_ = true;
    return stopped_;
  }

  void list_tasks() {
    stats_.placements = static_cast<std::int64_t>(placements_.choices.size());
    std::unique_ptr<SearchWorker> worker = take_worker();
    bool listed_all = true;
    for (std::size_t placement = 0; placement < placements_.choices.size(); ++placement) {
      for_all_spatial_factors(space_, [&](const SpatialFactors& factors) {
        if (options_.spatial && !options_.spatial(factors)) {
          listed_all = !asks_to_stop();
          return listed_all;
        }
        tasks_.push_back({placement, factors, worker->least(placement, factors)});
        ++stats_.spatial;
        if (tasks_.size() == 2 * most_tasks) drop_the_worst();
        listed_all = stats_.spatial % 256 != 0 || (!asks_to_stop() && !lists_too_long());
        return listed_all;
      });
      if (!listed_all) {
        leave_open({});
        break;
      }
    }
    give_worker(std::move(worker));
    std::stable_sort(tasks_.begin(), tasks_.end(), comes_first);
  }

  [[nodiscard]] bool lists_too_long() const {
    return options_.most_states > 0 && stats_.spatial / listed_per_state > options_.most_states;
  }

  void drop_the_worst() {
    std::stable_sort(tasks_.begin(), tasks_.end(), comes_first);
    stats_.not_searched += static_cast<std::int64_t>(tasks_.size() - most_tasks);
    leave_open(tasks_[most_tasks].bound);
    tasks_.resize(most_tasks);
  }

  /// Works on the next tasks that are not hopeless; returns where those come that follow.
  std::size_t work_on_round(std::size_t next, std::size_t size) {
    std::vector<std::size_t> round;
    for (; next < tasks_.size() && round.size() < size; ++next) {
      if (is_hopeless(tasks_[next])) {
        ++stats_.cut_at_once;
      } else {
        round.push_back(next);
      }
    }
    const std::optional<Score> known = this->known();
    const NestSearchOptions options{states_left(), [this] { return asks_to_stop(); }, options_.not_stationary};
    std::vector<TaskResult> results(round.size());
    parallel_for(round.size(), options_.threads, [&](std::size_t i) {
      if (asks_to_stop()) {
        results[i].stats.not_searched = 1;
        results[i].nests.complete = false;
        results[i].nests.open = tasks_[round[i]].bound;
        return;
      }
      std::unique_ptr<SearchWorker> worker = take_worker();
      results[i] = worker->work_on(tasks_[round[i]], known, options);
      give_worker(std::move(worker));
    });
    for (TaskResult& result : results) add(std::move(result));
    return next;
  }

  void look_at_the_first() {
    const std::unique_ptr<SearchWorker> worker = take_worker();
    add(worker->work_on(tasks_.front(), known(), {states_at_least, {}, options_.not_stationary}));
  }

  void add(TaskResult result) {
    stats_.cut_by_tables += result.stats.cut_by_tables;
    stats_.not_searched += result.stats.not_searched;
    stats_.table_entries += result.stats.table_entries;
    stats_.nests += result.stats.nests;
    if (!result.nests.complete) leave_open(result.nests.open);
    std::optional<Found>& found = result.nests.found;
    if (found && (!result_.best || is_better(found->score, result_.best->score))) result_.best = std::move(found);
  }

  std::unique_ptr<SearchWorker> take_worker() {
    const std::lock_guard<std::mutex> guard(resting_);
    if (workers_.empty()) return std::make_unique<SearchWorker>(space_, placements_.choices, make_traffic_);
    std::unique_ptr<SearchWorker> worker = std::move(workers_.back());
    workers_.pop_back();
    return worker;
  }

  void give_worker(std::unique_ptr<SearchWorker> worker) {
    const std::lock_guard<std::mutex> guard(resting_);
    workers_.push_back(std::move(worker));
  }

  const Mapspace& space_;
  const TrafficFactory& make_traffic_;
  const ExactSearchOptions& options_;
  PlacementChoices placements_;
  std::vector<SearchTask> tasks_;
  std::mutex resting_;
  std::vector<std::unique_ptr<SearchWorker>> workers_;
  std::mutex asking_;
  std::atomic<bool> stopped_ = false;
  ExactSearchResult result_;
  ExactSearchStats stats_;
};

}  // namespace

bool has_room_for(const Mapspace& space) {
  const bool few_axes = std::all_of(all_roles.begin(), all_roles.end(),
                                    [&](Role role) { return tensor_motion(space, role).axes.size() <= 8; });
  double points = 1;
  for (const std::int64_t size : space.sizes) points *= static_cast<double>(size);
  return few_axes && space.storages.size() <= NestState::most_links && space.ranks.size() <= 32 &&
         points <= most_points;
}

ExactSearchResult exact_search(const Mapspace& space, const TrafficFactory& make_traffic,
                               const ExactSearchOptions& options, ExactSearchStats* stats) {
  Search search(space, make_traffic, options);
  ExactSearchResult result = search.run();
  if (stats != nullptr) *stats = search.stats();
  return result;
}

}  // namespace ohmloop
