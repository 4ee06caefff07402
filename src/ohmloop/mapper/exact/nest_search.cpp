#include "ohmloop/mapper/exact/nest_search.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/mapper/dataflow.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"

namespace ohmloop {
namespace {

/// Sums of the same numbers in another order differ by less, by far.
constexpr double rounding = 1e-12;

/// States between two questions whether to stop.
constexpr std::int64_t states_between_questions = 64;

/// States remembered at most, so that memory is bounded: later ones are looked up but not added.
constexpr std::size_t most_remembered = 400'000;

bool less(double a, double b) { return a < b - rounding * std::abs(b); }

/// Two independent hashes of a state's description: that two descriptions agree in both by chance has a probability of
/// 1e-26 for a million states.
class StateKey {
 public:
  void add(std::uint64_t value) {
    a_ = mix(a_ ^ value, 0x9e3779b97f4a7c15U);
    b_ = mix(b_ + value, 0xc2b2ae3d27d4eb4fU);
  }
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> key() const { return {a_, b_}; }

 private:
  static std::uint64_t mix(std::uint64_t value, std::uint64_t odd) {
    value = (value ^ (value >> 32U)) * odd;
    value = (value ^ (value >> 29U)) * 0xbf58476d1ce4e5b9U;
    return value ^ (value >> 32U);
  }

  std::uint64_t a_ = 0x243f6a8885a308d3U;
  std::uint64_t b_ = 0x13198a2e03707344U;
};

}  // namespace

bool is_better(const Score& a, const Score& b) {
  if (less(a.value, b.value)) return true;
  return !less(b.value, a.value) && less(a.tie, b.tie);
}

NestSearch::NestSearch(const Skeleton& skeleton, TrafficModel& model, const SpatialLoops& spatial,
                       const Candidate& candidate, const TimeLattice& lattice, const CostToGo& bounds)
    : skeleton_(&skeleton), model_(&model), lattice_(&lattice), bounds_(&bounds), rules_(skeleton, model, lattice) {
  path_.spatial = &candidate;
  path_.times = &spatial.times();
}

NestSearchStats& NestSearchStats::operator+=(const NestSearchStats& other) {
  states += other.states;
  bounded += other.bounded;
  repeated += other.repeated;
  reordered += other.reordered;
  mappings += other.mappings;
  return *this;
}

NestSearchResult NestSearch::run(const std::optional<Score>& known, const NestSearchOptions& options,
                                 NestSearchStats& stats) {
  best_ = known;
  result_ = {};
  options_ = &options;
  stats_ = &stats;
  states_ = 0;
  remembered_ = 0;
  seen_.clear();
  path_.loops.clear();
  const NestState start = rules_.start();
  if (const std::optional<Score> least = bound(start)) visit(start, *least, std::nullopt);
  return std::move(result_);
}

bool NestSearch::stops() {
  if (!result_.complete) return true;
  ++states_;
  const bool out_of_room = options_->most_states > 0 && states_ > options_->most_states;
  return out_of_room || (options_->stop && states_ % states_between_questions == 0 && options_->stop());
}

/// What is left undone is no better than its bound.
void NestSearch::leave_open(const Score& least) {
  if (result_.complete || least < result_.open) result_.open = least;
  result_.complete = false;
}

void NestSearch::visit(const NestState& state, const Score& least, const std::optional<Last>& last) {
  if (stops()) return leave_open(least);
  ++stats_->states;
  std::vector<Child> children;
  add_children(state, last, children);
  std::stable_sort(children.begin(), children.end(), [](const Child& a, const Child& b) { return a.bound < b.bound; });
  for (const Child& child : children) {
    if (pointless(child.bound)) {
      ++stats_->bounded;
      continue;
    }
    if (!child.loop) {
      visit(child.state, child.bound, std::nullopt);
      continue;
    }
    path_.loops.push_back(*child.loop);
    visit(child.state, child.bound, Last{child.loop->rank, state});
    path_.loops.pop_back();
  }
}

void NestSearch::add_children(const NestState& state, const std::optional<Last>& last, std::vector<Child>& children) {
  if (may_leave(state)) {
    if (state.block + 1 == skeleton_->blocks.size()) {
      if (state.point == lattice_->full()) end(state);
    } else {
      NestState outside = state;
      rules_.leave_block(outside);
      add_child(outside, std::nullopt, children);
    }
  }
  const LoopPlace& place = skeleton_->space->places[skeleton_->blocks[state.block].place];
  for (std::size_t rank = 0; rank < skeleton_->ranks(); ++rank) {
    if ((state.used >> rank & 1U) != 0 || place.ranges[rank].most == 1 || !may_follow(state, rank)) continue;
    if (last && may_swap(*last, rank)) {
      ++stats_->reordered;
      continue;
    }
    for (const TimeLattice::Factor& factor : lattice_->factors(state.point, rank)) {
      if (factor.bound < place.ranges[rank].least || factor.bound > place.ranges[rank].most) continue;
      NestState next = state;
      rules_.add_loop(next, rank, factor, path_);
      add_child(next, path_.loops.back(), children);
      path_.loops.pop_back();
    }
  }
}

void NestSearch::add_child(const NestState& state, const std::optional<PathLoop>& loop, std::vector<Child>& children) {
  const std::optional<Score> least = bound(state);
  if (!least || pointless(*least)) {
    ++stats_->bounded;
    return;
  }
  if (repeats(state)) {
    ++stats_->repeated;
    return;
  }
  children.push_back({state, *least, loop});
}

/// Of two neighbouring loops whose order makes no difference, the rank that comes first stands inside.
bool NestSearch::may_swap(const Last& last, std::size_t rank) const {
  if (last.rank < rank || !rules_.commute(last.before, last.rank, rank) || !may_follow(last.before, rank)) return false;
  NestState swapped = last.before;
  swapped.used |= 1U << rank;
  return may_follow(swapped, last.rank);
}

/// Loops that the file asks for have to be there.
bool NestSearch::may_leave(const NestState& state) const {
  const LoopPlace& place = skeleton_->space->places[skeleton_->blocks[state.block].place];
  if (!bounds_->holds(state.block, state.point)) return false;
  for (std::size_t rank = 0; rank < place.ranges.size(); ++rank) {
    if (place.ranges[rank].least > 1 && (state.used >> rank & 1U) == 0) return false;
  }
  return true;
}

/// Ranks whose order the file fixes stand innermost, in that order.
bool NestSearch::may_follow(const NestState& state, std::size_t rank) const {
  const std::vector<std::size_t>& fixed = skeleton_->space->places[skeleton_->blocks[state.block].place].last_ranks;
  const auto at = std::find(fixed.begin(), fixed.end(), rank);
  if (at == fixed.end()) return true;
  for (std::size_t used = 0; used < skeleton_->ranks(); ++used) {
    if ((state.used >> used & 1U) == 0) continue;
    // Listed outer to inner: what is there already has to stand further back in the list.
    if (std::find(at, fixed.end(), used) == fixed.end()) return false;
  }
  return true;
}

/// Nothing if no mapping can follow.
std::optional<Score> NestSearch::bound(const NestState& state) {
  ByRole<OpenLinks> open = rules_.outlook(state);
  Amounts all = state.amounts + bounds_->at(state.block, open, state.point);
  if (!std::isfinite(all.energy_pj())) return std::nullopt;
  const Score first = model_->score(all);
  if (pointless(first)) return first;
  // The tables know little of links that have slid: the loops themselves say more, but take longer to count.
  const std::optional<Amounts> least = rules_.counted_least(state, path_, open);
  if (!least) return first;
  all = larger(all, *least + bounds_->at(state.block, open, state.point));
  return model_->score(all);
}

/// States that can go on in the same ways: the same place, the same left to do, the same links open in the same way.
bool NestSearch::repeats(const NestState& state) {
  StateKey key;
  key.add(state.block << 32U | state.used);
  key.add(state.point);
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    const NestState::Links& links = state.links[r];
    key.add(static_cast<std::uint64_t>(links.begun) << 9U | static_cast<std::uint64_t>(links.ended) << 1U |
            (links.counted ? 1U : 0U));
    if (!model_->counts(role) || (!links.any_open() && links.counted)) continue;
    // How windows overlap from here on depends on the loops since the innermost open link's tile.
    const std::size_t keeper = links.ended < links.begun ? skeleton_->keepers[r][links.ended] : 0;
    for (const PathLoop& loop : path_.loops) {
      if (links.counted && (loop.block <= keeper || skeleton_->motions[r].motions[loop.rank] == Motion::whole))
        continue;
      key.add(loop.block << 52U | loop.rank << 44U | static_cast<std::uint64_t>(loop.bound));
    }
    key.add(keeper);
  }
  if (options_->not_stationary) {
    for (const double steps : steps_standing_still(*skeleton_, path_)) key.add(static_cast<std::uint64_t>(steps));
  }
  const auto known = seen_.find(key.key());
  if (known != seen_.end()) {
    for (const Amounts& amounts : known->second) {
      if (covers(amounts, state.amounts)) return true;
    }
  }
  if (remembered_ >= most_remembered) return false;
  ++remembered_;
  seen_[key.key()].push_back(state.amounts);
  return false;
}

void NestSearch::end(NestState state) {
  const std::optional<Role>& excluded = options_->not_stationary;
  if (excluded && stationary_tensor(steps_standing_still(*skeleton_, path_)) == *excluded) return;
  rules_.finish(state, path_);
  ++stats_->mappings;
  const Score score = model_->score(state.amounts);
  if (pointless(score)) return;
  best_ = score;
  result_.found = Found{path_candidate(*skeleton_, path_), score};
}

}  // namespace ohmloop
