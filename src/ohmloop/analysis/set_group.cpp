#include "ohmloop/analysis/set_group.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

SetGroup::SetGroup(const Crossing& crossing, const AxisGroup& group)
    : crossing_(crossing), group_(group), image_(*crossing.einsum, group) {
  for (std::size_t rank = 0; rank < group.ranks.size(); ++rank) {
    sizes_.push_back(crossing.einsum->rank(group.ranks[rank]).size);
    extents_.push_back(crossing.extents()[group.ranks[rank].index()]);
    for (std::size_t nest = 0; nest < crossing.loops.size(); ++nest) {
      const WalkedLoop& loop = crossing.loops[nest];
      if (loop.rank != group.ranks[rank] || loop.walk == Walk::inside) continue;
      loops_.push_back({nest, rank, loop.bound, loop.step, loop.walk});
    }
  }
  for (const Axis& axis : group.axes) {
    if (!group.clipped) break;
    Probe probe{axis.offset, axis.size, {}};
    for (const AxisTerm& term : axis.terms) {
      const auto found = std::find(group.ranks.begin(), group.ranks.end(), term.rank);
      const std::int64_t largest = largest_digit(term, crossing.einsum->rank(term.rank).size);
      const auto rank = static_cast<std::size_t>(found - group.ranks.begin());
      probe.terms.push_back({rank, term.coefficient, is_whole(term), largest});
    }
    probes_.push_back(std::move(probe));
  }
  // Keys are numbers in the mixed radix of the sizes: they must not wrap around.
  std::int64_t keys = 1;
  for (const std::int64_t size : sizes_) keys = checked_multiply(keys, checked_add(size, 1));
  std::sort(loops_.begin(), loops_.end(), [](const GroupLoop& a, const GroupLoop& b) { return a.nest < b.nest; });
}

std::int64_t SetGroup::walked() {
  if (!walked_) walked_ = total(std::nullopt);
  return *walked_;
}

std::int64_t SetGroup::held(std::size_t advancing) {
  const bool moves = std::any_of(loops_.begin(), loops_.end(), [&](const GroupLoop& loop) {
    return loop.walk == Walk::time && loop.nest >= advancing && loop.bound > 1;
  });
  return moves ? total(advancing) : walked();
}

std::int64_t SetGroup::total(std::optional<std::size_t> advancing) {
  advancing_ = advancing;
  summed_.clear();
  merged_.clear();
  wrapping_.clear();
  merge_reach_.assign(sizes_.size(), 0);
  wrap_reach_.assign(sizes_.size(), 0);
  for (const GroupLoop& loop : loops_) {
    if (loop.walk == Walk::merge) {
      merged_.push_back(loop);
      merge_reach_[loop.rank] += (loop.bound - 1) * loop.step;
    } else if (loop.walk == Walk::time && advancing && loop.nest > *advancing) {
      wrapping_.push_back(loop);
      wrap_reach_[loop.rank] += (loop.bound - 1) * loop.step;
    } else if (loop.walk == Walk::time || loop.walk == Walk::sum) {
      summed_.push_back(loop);
    }
  }
  last_whole_.clear();
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    const bool advances = advancing && crossing_.loops[*advancing].rank == group_.ranks[rank];
    const std::int64_t reach = merge_reach_[rank] + (advances ? 0 : wrap_reach_[rank]) + extents_[rank];
    last_whole_.push_back(image_.translates(rank) ? sizes_[rank] - reach : -1);
  }
  known_.clear();
  last_key_ = -1;
  moves_.assign(sizes_.size(), 0);
  values_.assign(sizes_.size(), 0);
  sum_ = 0;
  visit(0);
  return sum_;
}

void SetGroup::visit(std::size_t depth) {
  if (depth < summed_.size()) {
    const GroupLoop& loop = summed_[depth];
    std::int64_t& value = values_[loop.rank];
    const std::int64_t outer = value;
    for (std::int64_t i = advancing_ == loop.nest ? 1 : 0; i < loop.bound; ++i) {
      value = outer + i * loop.step;
      if (value >= sizes_[loop.rank]) break;
      visit(depth + 1);
    }
    value = outer;
    return;
  }
  const std::int64_t now = key();
  if (now != last_key_) {
    const auto [entry, fresh] = known_.try_emplace(now, 0);
    if (fresh) entry->second = measure();
    last_key_ = now;
    last_count_ = entry->second;
  }
  sum_ = checked_add(sum_, last_count_);
}

/// Tuples with the same key have the same count. A rank's value is left out of the key where moving the rank only moves
/// the sets: all tiles are whole, and no padding cuts them on the rank's axes.
std::int64_t SetGroup::key() {
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) moves_[rank] = values_[rank] <= last_whole_[rank];
  for (const Probe& probe : probes_) {
    std::int64_t low = probe.offset;
    std::int64_t high = probe.offset;
    for (const Reach& term : probe.terms) {
      const std::int64_t first = term.whole ? values_[term.rank] : 0;
      const std::int64_t last = values_[term.rank] + merge_reach_[term.rank] + extents_[term.rank] - 1;
      low += term.coefficient * first;
      high += term.coefficient * (term.whole ? last : term.largest);
    }
    if (low >= 0 && high < probe.size) continue;
    for (const Reach& term : probe.terms) moves_[term.rank] = false;
  }
  std::int64_t key = 0;
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    key = key * (sizes_[rank] + 1) + (moves_[rank] ? sizes_[rank] : values_[rank]);
  }
  return key;
}

std::int64_t SetGroup::measure() {
  now_.clear();
  before_.clear();
  add_children(0);
  boxes_ = now_;
  boxes_.insert(boxes_.end(), before_.begin(), before_.end());
  image_.frame(boxes_);
  const std::size_t ranks = sizes_.size();
  image_.clear(all_);
  if (!advancing_) {
    for (std::size_t i = 0; i < now_.size(); i += ranks) image_.mark({now_.data() + i, ranks}, all_);
    if (ranks == 0) image_.mark({}, all_);
    return image_.count(all_);
  }
  image_.clear(entering_);
  for (std::size_t i = 0; i < now_.size(); i += ranks) {
    image_.clear(child_now_);
    image_.clear(child_before_);
    image_.mark({now_.data() + i, ranks}, child_now_);
    image_.mark({before_.data() + i, ranks}, child_before_);
    for (std::size_t word = 0; word < all_.size(); ++word) {
      all_[word] |= child_now_[word];
      entering_[word] |= child_now_[word] & ~child_before_[word];
    }
  }
  return image_.count(all_) - image_.count(entering_);
}

void SetGroup::add_children(std::size_t depth) {
  if (depth == merged_.size()) {
    add_child();
    return;
  }
  const GroupLoop& loop = merged_[depth];
  const std::int64_t outer = values_[loop.rank];
  for (std::int64_t i = 0; i < loop.bound; ++i) {
    values_[loop.rank] = outer + i * loop.step;
    if (values_[loop.rank] >= sizes_[loop.rank]) break;
    add_children(depth + 1);
  }
  values_[loop.rank] = outer;
}

void SetGroup::add_child() {
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    const std::int64_t value = values_[rank];
    now_.push_back({value, std::min(value + extents_[rank], sizes_[rank])});
    if (!advancing_) continue;
    const std::int64_t old = previous(rank);
    before_.push_back({old, std::min(old + extents_[rank], sizes_[rank])});
  }
}

/// Where the child's tile began before the step: one index less of the advancing loop, the last one of each time loop
/// inside it that still has values.
std::int64_t SetGroup::previous(std::size_t rank) const {
  const WalkedLoop& advancing = crossing_.loops[*advancing_];
  std::int64_t value = values_[rank];
  if (advancing.rank == group_.ranks[rank]) value -= advancing.step;
  for (const GroupLoop& loop : wrapping_) {
    if (loop.rank == rank) value += std::min(loop.bound - 1, (sizes_[rank] - 1 - value) / loop.step) * loop.step;
  }
  return value;
}

}  // namespace ohmloop
