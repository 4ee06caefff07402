#include "ohmloop/analysis/gather.hpp"

#include <algorithm>
#include <numeric>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

std::size_t index_in(const AxisGroup& group, RankId rank) {
  return static_cast<std::size_t>(std::find(group.ranks.begin(), group.ranks.end(), rank) - group.ranks.begin());
}

std::int64_t length(const std::vector<Range>& ranges) {
  std::int64_t total = 0;
  for (const Range& range : ranges) total += range.end - range.begin;
  return total;
}

/// Values below `end` (>= 0) that are `phase` modulo `period`.
std::int64_t phase_count(std::int64_t end, std::int64_t phase, std::int64_t period) {
  return end <= phase ? 0 : (end - phase - 1) / period + 1;
}

/// Values of the ranges for which 0 <= base + coefficient x value < size.
std::int64_t count_in_axis(const std::vector<Range>& ranges, std::int64_t base, std::int64_t coefficient,
                           std::int64_t size) {
  const std::int64_t low = base >= 0 ? 0 : ceil_divide(-base, coefficient);
  const std::int64_t high = base >= size ? 0 : (size - 1 - base) / coefficient + 1;
  std::int64_t count = 0;
  for (const Range& range : ranges) {
    count += std::max<std::int64_t>(0, std::min(range.end, high) - std::max(range.begin, low));
  }
  return count;
}

}  // namespace

GatherCounter::GatherCounter(const Einsum& einsum, const AxisGroup& group)
    : group_(&group), point_(group.ranks.size()) {
  if (!group.clipped) return;
  for (std::size_t hub = 0; hub < group.ranks.size() && !wheel_; ++hub) {
    wheel_ = find_wheel(group, hub);
    if (wheel_) wheel_->period = find_period(*wheel_, einsum.rank(group.ranks[hub]).size);
  }
}

std::int64_t GatherCounter::count(const RankValues& values) {
  if (!group_->clipped) {
    std::int64_t points = 1;
    for (const auto& ranges : values) points = checked_multiply(points, length(ranges));
    return points;
  }
  return wheel_ ? count_on_wheel(values) : count_points(values, 0);
}

std::optional<GatherCounter::Wheel> GatherCounter::find_wheel(const AxisGroup& group, std::size_t hub) {
  Wheel wheel{hub, {}, 1};
  std::vector<int> uses(group.ranks.size(), 0);
  for (const Axis& axis : group.axes) {
    Spoke spoke{&axis, {}, std::nullopt, 0};
    for (const AxisTerm& term : axis.terms) {
      const std::size_t rank = index_in(group, term.rank);
      if (rank == hub) {
        spoke.hub.push_back(term);
      } else if (spoke.other || !is_whole(term) || ++uses[rank] > 1) {
        return std::nullopt;
      } else {
        spoke.other = term;
        spoke.other_rank = rank;
      }
    }
    wheel.spokes.push_back(std::move(spoke));
  }
  return wheel;
}

/// After how many values of the hub everything repeats that padding depends on; the rank's size if nothing does.
std::int64_t GatherCounter::find_period(const Wheel& wheel, std::int64_t size) {
  std::int64_t period = 1;
  for (const Spoke& spoke : wheel.spokes) {
    const bool never_outside =
        !spoke.other && spoke.hub.size() == 1 && spoke.axis->offset >= 0 &&
        spoke.axis->offset + spoke.hub[0].coefficient * largest_digit(spoke.hub[0], size) < spoke.axis->size;
    if (never_outside) continue;
    for (const AxisTerm& term : spoke.hub) {
      if (term.modulus == 0) return size;
      period = std::lcm(period, checked_multiply(term.divisor, term.modulus));
      if (period >= size) return size;
    }
  }
  return period;
}

std::int64_t GatherCounter::count_on_wheel(const RankValues& values) const {
  std::int64_t total = 0;
  for (std::int64_t phase = 0; phase < wheel_->period; ++phase) {
    std::int64_t count = 0;
    for (const Range& range : values[wheel_->hub]) {
      count += phase_count(range.end, phase, wheel_->period) - phase_count(range.begin, phase, wheel_->period);
    }
    for (const Spoke& spoke : wheel_->spokes) {
      if (count == 0) break;
      std::int64_t base = spoke.axis->offset;
      for (const AxisTerm& term : spoke.hub) base += term.coefficient * digit_of(term, phase);
      if (spoke.other) {
        count = checked_multiply(
            count, count_in_axis(values[spoke.other_rank], base, spoke.other->coefficient, spoke.axis->size));
      } else if (base < 0 || base >= spoke.axis->size) {
        count = 0;
      }
    }
    total = checked_add(total, count);
  }
  return total;
}

/// Any other group: point by point.
std::int64_t GatherCounter::count_points(const RankValues& values, std::size_t rank) {
  if (rank == point_.size()) return inside() ? 1 : 0;
  std::int64_t total = 0;
  for (const Range& range : values[rank]) {
    for (point_[rank] = range.begin; point_[rank] < range.end; ++point_[rank]) total += count_points(values, rank + 1);
  }
  return total;
}

bool GatherCounter::inside() const {
  return std::all_of(group_->axes.begin(), group_->axes.end(), [&](const Axis& axis) {
    std::int64_t position = axis.offset;
    for (const AxisTerm& term : axis.terms) {
      position += term.coefficient * digit_of(term, point_[index_in(*group_, term.rank)]);
    }
    return position >= 0 && position < axis.size;
  });
}

}  // namespace ohmloop
