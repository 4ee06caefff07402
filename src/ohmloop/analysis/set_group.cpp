#include "ohmloop/analysis/set_group.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// Tuples that look alike follow each other closely: a few counts, searched one by one, find nearly all of them.
constexpr std::size_t most_known = 64;

}  // namespace

SetGroup::SetGroup(const Einsum& einsum, const AxisGroup& group) : group_(&group), image_(einsum, group), line_(group) {
  // Keys are numbers in the mixed radix of the sizes: they must not wrap around.
  std::int64_t keys = 1;
  for (const RankId rank : group.ranks) {
    sizes_.push_back(einsum.rank(rank).size);
    keys = checked_multiply(keys, checked_add(sizes_.back(), 1));
    translates_.push_back(image_.translates(translates_.size()) ? 1 : 0);
  }
  in_group_.assign(einsum.ranks.size(), group.ranks.size());
  for (std::size_t i = 0; i < group.ranks.size(); ++i) in_group_[group.ranks[i].index()] = i;
  if (group.clipped) find_probes(einsum);
}

void SetGroup::find_probes(const Einsum& einsum) {
  for (const Axis& axis : group_->axes) {
    Probe probe{axis.offset, axis.size, {}};
    for (const AxisTerm& term : axis.terms) {
      const auto found = std::find(group_->ranks.begin(), group_->ranks.end(), term.rank);
      const std::int64_t largest = largest_digit(term, einsum.rank(term.rank).size);
      const auto rank = static_cast<std::size_t>(found - group_->ranks.begin());
      probe.terms.push_back({rank, term.coefficient, is_whole(term), largest});
    }
    probes_.push_back(std::move(probe));
  }
}

/// Which of a mapping's loops concern the group.
void SetGroup::find_own(const Crossing& crossing) {
  own_.clear();
  for (std::size_t nest = 0; nest < crossing.loops.size(); ++nest) {
    const WalkedLoop& loop = crossing.loops[nest];
    if (loop.bound > 1 && in_group_[loop.rank.index()] < sizes_.size()) own_.push_back(nest);
  }
}

void SetGroup::start(const Crossing& crossing) {
  crossing_ = &crossing;
  next_extents_.clear();
  for (const RankId rank : group_->ranks) next_extents_.push_back(crossing.extents()[rank.index()]);
  if (!started_) find_own(crossing);
  next_loops_.clear();
  for (const std::size_t nest : own_) {
    const WalkedLoop& loop = crossing.loops[nest];
    if (loop.walk == Walk::inside) continue;
    next_loops_.push_back({nest, in_group_[loop.rank.index()], loop.bound, loop.step, loop.walk});
  }
  if (started_ && next_loops_ == loops_ && next_extents_ == extents_) return;
  started_ = true;
  loops_.swap(next_loops_);
  extents_.swap(next_extents_);
  walked_.reset();
  advancing_held_.assign(loops_.size(), -1);
  standing_held_.assign(loops_.size() + 1, -1);
}

std::int64_t SetGroup::walked() {
  if (!walked_) walked_ = total(std::nullopt);
  return *walked_;
}

std::int64_t SetGroup::held(std::size_t advancing) {
  std::size_t returned = 0;
  for (std::size_t i = 0; i < loops_.size(); ++i) {
    if (loops_[i].walk != Walk::time) continue;
    if (loops_[i].nest == advancing) {
      if (advancing_held_[i] < 0) advancing_held_[i] = total(advancing);
      return advancing_held_[i];
    }
    if (loops_[i].nest > advancing) ++returned;
  }
  if (returned == 0) return walked();
  // While loops of other ranks advance, nothing changes here.
  if (standing_held_[returned] < 0) standing_held_[returned] = total(advancing);
  return standing_held_[returned];
}

std::int64_t SetGroup::total(std::optional<std::size_t> advancing) {
  advancing_ = advancing;
  sort_loops();
  last_whole_.clear();
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    const bool advances = advancing && crossing_->loops[*advancing].rank == group_->ranks[rank];
    const std::int64_t reach = merge_reach_[rank] + (advances ? 0 : wrap_reach_[rank]) + extents_[rank];
    last_whole_.push_back(translates_[rank] != 0 ? sizes_[rank] - reach : -1);
  }
  find_rests();
  known_.clear();
  oldest_known_ = 0;
  moves_.assign(sizes_.size(), 0);
  values_.assign(sizes_.size(), 0);
  sum_ = 0;
  visit(0);
  return sum_;
}

/// Loops over ranks that move the sets come last; among themselves loops stay in order.
void SetGroup::add_summed(const GroupLoop& loop) {
  if (translates_[loop.rank] != 0) {
    summed_.push_back(loop);
    return;
  }
  summed_.insert(summed_.begin() + static_cast<std::ptrdiff_t>(moving_depth_), loop);
  ++moving_depth_;
}

/// What the loops do at this moment, and how far they reach.
void SetGroup::sort_loops() {
  summed_.clear();
  moving_depth_ = 0;
  merged_.clear();
  wrapping_.clear();
  merge_reach_.assign(sizes_.size(), 0);
  wrap_reach_.assign(sizes_.size(), 0);
  for (const GroupLoop& loop : loops_) {
    if (loop.walk == Walk::merge) {
      merged_.push_back(loop);
      merge_reach_[loop.rank] += (loop.bound - 1) * loop.step;
    } else if (loop.walk == Walk::time && advancing_ && loop.nest > *advancing_) {
      wrapping_.push_back(loop);
      wrap_reach_[loop.rank] += (loop.bound - 1) * loop.step;
    } else if (loop.walk == Walk::time || loop.walk == Walk::sum) {
      add_summed(loop);
    }
  }
}

void SetGroup::find_rests() {
  const std::size_t ranks = sizes_.size();
  rests_.assign((summed_.size() + 1) * ranks, 0);
  tuples_.assign(summed_.size() + 1, 1);
  for (std::size_t depth = summed_.size(); depth-- > moving_depth_;) {
    const GroupLoop& loop = summed_[depth];
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      rests_[depth * ranks + rank] = rests_[(depth + 1) * ranks + rank];
    }
    rests_[depth * ranks + loop.rank] += (loop.bound - 1) * loop.step;
    tuples_[depth] = checked_multiply(tuples_[depth + 1], loop.bound - first_index(loop));
  }
}

void SetGroup::visit(std::size_t depth) {
  if (depth == summed_.size()) {
    sum_ = checked_add(sum_, count_at(depth));
    return;
  }
  const GroupLoop& loop = summed_[depth];
  std::int64_t& value = values_[loop.rank];
  const std::int64_t outer = value;
  const Range indices{first_index(loop), std::min(loop.bound, ceil_divide(sizes_[loop.rank] - outer, loop.step))};
  const Range alike = depth >= moving_depth_ ? uniform(depth, indices) : Range{};
  for (std::int64_t i = indices.begin; i < indices.end; ++i) {
    value = outer + i * loop.step;
    if (i != alike.begin || alike.end <= alike.begin) {
      visit(depth + 1);
      continue;
    }
    const std::int64_t tuples = checked_multiply(alike.end - alike.begin, tuples_[depth + 1]);
    if (tuples > 0) sum_ = checked_add(sum_, checked_multiply(tuples, count_at(depth + 1)));
    i = alike.end - 1;
  }
  value = outer;
}

/// The iterations among `indices` below which all tuples exist and have the same count.
Range SetGroup::uniform(std::size_t depth, Range indices) const {
  const GroupLoop& loop = summed_[depth];
  const std::int64_t* rest = rests_.data() + (depth + 1) * sizes_.size();
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    const std::int64_t room = last_whole_[rank] - values_[rank] - rest[rank];
    if (rank == loop.rank) {
      indices.end = std::min(indices.end, room < 0 ? 0 : room / loop.step + 1);
    } else if (rest[rank] > 0 && room < 0) {
      return {};
    }
  }
  for (const Probe& probe : probes_) indices = inside(probe, depth, indices);
  return indices;
}

/// The iterations below which no padding cuts the sets on an axis, if the loops have anything to do with it.
Range SetGroup::inside(const Probe& probe, std::size_t depth, Range indices) const {
  const GroupLoop& loop = summed_[depth];
  const std::int64_t* rest = rests_.data() + (depth + 1) * sizes_.size();
  std::int64_t low = probe.offset;
  std::int64_t high = probe.offset;
  std::int64_t stride = 0;
  bool concerned = false;
  for (const Reach& term : probe.terms) {
    // Without the loop's own index: that one is looked for.
    const std::int64_t first = term.whole ? values_[term.rank] : 0;
    const std::int64_t last = first + rest[term.rank] + merge_reach_[term.rank] + extents_[term.rank] - 1;
    low += term.coefficient * first;
    high += term.coefficient * (term.whole ? last : term.largest);
    if (term.rank == loop.rank) stride += term.coefficient * loop.step;
    concerned = concerned || term.rank == loop.rank || rest[term.rank] > 0;
  }
  if (!concerned) return indices;
  if (stride == 0) return low >= 0 && high < probe.size ? indices : Range{};
  if (high >= probe.size) return {};
  indices.begin = std::max(indices.begin, low >= 0 ? 0 : ceil_divide(-low, stride));
  indices.end = std::min(indices.end, (probe.size - 1 - high) / stride + 1);
  return indices;
}

/// The count at the current tuple of the summed loops outside `depth`; those inside stand at their first index.
std::int64_t SetGroup::count_at(std::size_t depth) {
  for (std::size_t i = depth; i < summed_.size(); ++i) {
    values_[summed_[i].rank] += first_index(summed_[i]) * summed_[i].step;
  }
  const std::int64_t now = key();
  auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& k) { return k.key == now; });
  if (known == known_.end()) {
    const Known fresh{now, measure()};
    if (known_.size() < most_known) {
      known = known_.insert(known_.end(), fresh);
    } else {
      known = known_.begin() + static_cast<std::ptrdiff_t>(oldest_known_);
      *known = fresh;
      oldest_known_ = (oldest_known_ + 1) % most_known;
    }
  }
  for (std::size_t i = depth; i < summed_.size(); ++i) {
    values_[summed_[i].rank] -= first_index(summed_[i]) * summed_[i].step;
  }
  return known->count;
}

/// Tuples with the same key have the same count. A rank's value is left out of the key where moving the rank only moves
/// the sets: all tiles are whole, and no padding cuts them on the rank's axes.
std::int64_t SetGroup::key() {
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) moves_[rank] = values_[rank] <= last_whole_[rank] ? 1 : 0;
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
  if (advancing_ || !add_union()) add_children(0);
  if (const auto count = measure_intervals()) return *count;
  return measure_bits();
}

std::optional<std::int64_t> SetGroup::measure_intervals() {
  line_.clear();
  const std::size_t ranks = sizes_.size();
  for (std::size_t i = 0; i < now_.size(); i += ranks) {
    const auto now = line_.interval({now_.data() + i, ranks});
    if (!now) return std::nullopt;
    const auto before = advancing_ ? line_.interval({before_.data() + i, ranks}) : Range{};
    if (!before) return std::nullopt;
    line_.add(*now, *before);
  }
  if (ranks == 0) return std::nullopt;
  return advancing_ ? line_.all() - line_.entering() : line_.all();
}

std::int64_t SetGroup::measure_bits() {
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

/// Tiles that lie side by side on every rank are one box together. Says whether they do.
bool SetGroup::add_union() {
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) {
    now_.push_back({values_[rank], values_[rank] + extents_[rank]});
  }
  for (std::size_t i = merged_.size(); i-- > 0;) {  // inner loops first: theirs are the smaller steps
    const GroupLoop& loop = merged_[i];
    Range& range = now_[loop.rank];
    if (loop.step > range.end - range.begin) {
      now_.clear();
      return false;
    }
    range.end += (loop.bound - 1) * loop.step;
  }
  for (std::size_t rank = 0; rank < sizes_.size(); ++rank) now_[rank].end = std::min(now_[rank].end, sizes_[rank]);
  return true;
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
  const WalkedLoop& advancing = crossing_->loops[*advancing_];
  std::int64_t value = values_[rank];
  if (advancing.rank == group_->ranks[rank]) value -= advancing.step;
  for (const GroupLoop& loop : wrapping_) {
    if (loop.rank == rank) value += std::min(loop.bound - 1, (sizes_[rank] - 1 - value) / loop.step) * loop.step;
  }
  return value;
}

}  // namespace ohmloop
