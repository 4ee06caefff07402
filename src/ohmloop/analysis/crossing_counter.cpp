#include "ohmloop/analysis/crossing_counter.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {

CrossingCounter::CrossingCounter(const Einsum& einsum, const std::vector<AxisGroup>& groups,
                                 const std::vector<AxisGroup>* inside)
    : einsum_(&einsum), kinds_(einsum.ranks.size(), Kind::irrelevant), loops_(einsum.ranks.size()) {
  for (const AxisGroup& group : groups) {
    if (group.plain) {
      kinds_[group.ranks[0].index()] = Kind::plain;
      continue;
    }
    for (const RankId rank : group.ranks) kinds_[rank.index()] = Kind::shared;
    sets_.emplace_back(einsum, group);
    std::string& name = set_names_.emplace_back();
    for (const RankId rank : group.ranks) name += (name.empty() ? "" : ", ") + einsum.rank(rank).name;
  }
  if (inside != nullptr) find_gathered(*inside);
}

void CrossingCounter::find_gathered(const std::vector<AxisGroup>& inside) {
  OHM_CHECK(sets_.empty(), "window axes of " + einsum_->name + " are not one plain rank each");
  for (const AxisGroup& group : inside) {
    if (!group.clipped) continue;
    gathered_.push_back({&group, GatherCounter(*einsum_, group), RankValues(group.ranks.size()), 1});
    for (const RankId rank : group.ranks) {
      OHM_CHECK(kinds_[rank.index()] == Kind::plain, "a rank of the tensor is missing in the window axes");
      kinds_[rank.index()] = Kind::gathered;
    }
  }
}

void CrossingCounter::index_loops(const Crossing& crossing) {
  for (auto& own : loops_) own.clear();
  for (std::size_t nest = 0; nest < crossing.loops.size(); ++nest) {
    loops_[crossing.loops[nest].rank.index()].push_back(nest);
  }
  indexed_ = true;
}

void CrossingCounter::sort_ranks(const Crossing& crossing) {
  pinned_.assign(kinds_.size(), 0);
  iterates_.assign(kinds_.size(), 0);
  for (const WalkedLoop& loop : crossing.loops) {
    if (loop.walk == Walk::pin) pinned_[loop.rank.index()] = 1;
    if (loop.walk == Walk::time || loop.walk == Walk::sum) iterates_[loop.rank.index()] = 1;
  }
}

/// The factor of a rank while no loop has returned: most need no look at their loops.
std::int64_t CrossingCounter::first_factor(RankId rank) {
  switch (kinds_[rank.index()]) {
    case Kind::plain:
      return pinned_[rank.index()] == 0 ? einsum_->rank(rank).size : plain(rank);
    case Kind::irrelevant:
      return iterates_[rank.index()] == 0 ? 1 : irrelevant(rank);
    default:
      return 1;
  }
}

void CrossingCounter::start(const Crossing& crossing) {
  crossing_ = &crossing;
  if (!indexed_) index_loops(crossing);
  sort_ranks(crossing);
  returned_ = crossing.loops.size();
  factors_.resize(kinds_.size());
  for (std::size_t rank = 0; rank < kinds_.size(); ++rank) factors_[rank] = first_factor(RankId(rank));
  for (Gathered& g : gathered_) g.factor = gathered(g);
  for (SetGroup& group : sets_) group.start(crossing);
}

/// Writes a product down while its factors stand.
void CrossingCounter::note(std::optional<std::size_t> advancing, std::int64_t value) {
  CrossingProduct& product = trace_->products.emplace_back();
  product.advancing = advancing;
  product.value = value;
  for (std::size_t rank = 0; rank < factors_.size(); ++rank) {
    if (factors_[rank] != 1) product.factors.emplace_back(einsum_->ranks[rank].name, factors_[rank]);
  }
  for (const Gathered& one : gathered_) {
    std::string name;
    for (const RankId rank : one.group->ranks) name += (name.empty() ? "" : ", ") + einsum_->rank(rank).name;
    product.factors.emplace_back(std::move(name), one.factor);
  }
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    product.factors.emplace_back(set_names_[i], advancing ? sets_[i].held(*advancing) : sets_[i].walked());
  }
}

std::int64_t CrossingCounter::count(const Crossing& crossing) {
  start(crossing);
  std::int64_t all = product();
  for (SetGroup& group : sets_) all = all == 0 ? 0 : checked_multiply(all, group.walked());
  if (trace_ != nullptr) note(std::nullopt, all);
  if (!crossing.holds || all == 0) return all;
  std::int64_t entering = all;
  for (std::size_t nest = crossing.loops.size(); nest-- > 0;) {
    const WalkedLoop& loop = crossing.loops[nest];
    if (loop.walk != Walk::time || loop.bound == 1) continue;
    entering = checked_subtract(entering, held_as_advances(nest));
    // What holds nothing now holds nothing at any moment of a loop further out.
    if (nothing_held(loop.rank)) break;
  }
  return entering;
}

/// What is held when this loop advances; afterwards it has returned.
std::int64_t CrossingCounter::held_as_advances(std::size_t nest) {
  const RankId rank = crossing_->loops[nest].rank;
  const Kind kind = kinds_[rank.index()];
  std::int64_t held = 0;  // a plain rank that advances holds nothing
  const auto with_sets = [&](std::int64_t others) {
    for (SetGroup& group : sets_) others = others == 0 ? 0 : checked_multiply(others, group.held(nest));
    if (trace_ != nullptr && others != 0) note(nest, others);
    return others;
  };
  if (kind == Kind::shared) held = with_sets(product());
  std::int64_t& factor = factors_[rank.index()];
  const std::int64_t before = factor;
  returned_ = nest;
  refresh(rank);
  if (kind == Kind::irrelevant) {
    // All tuples but those that have the loop at 0.
    const std::int64_t after = factor;
    factor = before - after;
    held = with_sets(product());
    factor = after;
  }
  return held;
}

/// Takes the factors anew that depend on a rank.
void CrossingCounter::refresh(RankId rank) {
  const Kind kind = kinds_[rank.index()];
  if (kind == Kind::plain) factors_[rank.index()] = plain(rank);
  if (kind == Kind::irrelevant) factors_[rank.index()] = irrelevant(rank);
  if (kind != Kind::gathered) return;
  for (Gathered& g : gathered_) {
    const auto& ranks = g.group->ranks;
    if (std::find(ranks.begin(), ranks.end(), rank) != ranks.end()) g.factor = gathered(g);
  }
}

bool CrossingCounter::nothing_held(RankId rank) const {
  if (kinds_[rank.index()] == Kind::plain) return factors_[rank.index()] == 0;
  return std::any_of(gathered_.begin(), gathered_.end(), [](const Gathered& g) { return g.factor == 0; });
}

/// Digits of a rank's loops; those inside are part of the tile where the rank moves the tensor.
const std::vector<DigitLoop>& CrossingCounter::digits(RankId rank) {
  digits_.clear();
  const bool relevant = kinds_[rank.index()] != Kind::irrelevant;
  for (const std::size_t nest : loops_[rank.index()]) {
    const WalkedLoop& loop = crossing_->loops[nest];
    if (!relevant && loop.walk == Walk::inside) continue;
    const bool returned = loop.walk == Walk::time && nest >= returned_;
    digits_.push_back(
        {loop.bound, loop.step, returned || loop.walk == Walk::pin || (!relevant && loop.walk == Walk::merge)});
  }
  return digits_;
}

/// Smallest value that a plain rank's children hold over a moment. Tiles of a plain rank never overlap, so that a child
/// holds its tile only if the time loops that return to 0 have no other index that it takes part in.
std::int64_t CrossingCounter::first_held(RankId rank) const {
  std::int64_t first = 0;
  for (const Holder& holder : crossing_->holders) {
    std::int64_t step = 0;
    for (const std::size_t nest : loops_[rank.index()]) {
      const WalkedLoop& loop = crossing_->loops[nest];
      if (nest < returned_ || nest >= holder.loops_outside) continue;
      if (loop.walk == Walk::time && loop.bound > 1) step = loop.step;
    }
    if (step == 0) continue;
    const std::int64_t extent = holder.extents[rank.index()];
    first = std::max(first, ceil_divide(einsum_->rank(rank).size - step, extent) * extent);
  }
  return first;
}

std::int64_t CrossingCounter::plain(RankId rank) {
  const std::int64_t size = einsum_->rank(rank).size;
  if (loops_[rank.index()].empty()) return size;
  const std::vector<DigitLoop>& loops = digits(rank);
  const std::int64_t first = first_held(rank);
  const bool free = std::none_of(loops.begin(), loops.end(), [](const DigitLoop& loop) { return loop.zero; });
  if (free) return size - first;
  const std::int64_t all = cover_digits(size, loops).values;
  return first == 0 ? all : all - cover_digits(first, loops).values;
}

std::int64_t CrossingCounter::irrelevant(RankId rank) {
  if (loops_[rank.index()].empty()) return 1;
  const std::vector<DigitLoop>& loops = digits(rank);
  const bool still = std::all_of(loops.begin(), loops.end(), [](const DigitLoop& loop) { return loop.zero; });
  return still ? 1 : cover_digits(einsum_->rank(rank).size, loops).subtrees;
}

std::int64_t CrossingCounter::gathered(Gathered& one) {
  for (std::size_t i = 0; i < one.values.size(); ++i) {
    const RankId rank = one.group->ranks[i];
    find_covered_ranges(first_held(rank), einsum_->rank(rank).size, digits(rank), one.values[i]);
  }
  return one.counter.count(one.values);
}

std::int64_t CrossingCounter::product() const {
  std::int64_t result = 1;
  for (const std::int64_t factor : factors_) result = checked_multiply(result, factor);
  for (const Gathered& g : gathered_) result = checked_multiply(result, g.factor);
  return result;
}

}  // namespace ohmloop
