#include "ohmloop/analysis/line_sets.hpp"

#include <algorithm>

namespace ohmloop {

LineSets::LineSets(const AxisGroup& group) : group_(&group), coefficients_(group.ranks.size(), 0) {
  usable_ = group.axes.size() == 1 && group.axes[0].terms.size() == group.ranks.size();
  if (!usable_) return;
  for (const AxisTerm& term : group.axes[0].terms) {
    const auto rank = std::find(group.ranks.begin(), group.ranks.end(), term.rank) - group.ranks.begin();
    usable_ = usable_ && is_whole(term) && coefficients_[static_cast<std::size_t>(rank)] == 0;
    coefficients_[static_cast<std::size_t>(rank)] = term.coefficient;
    order_.push_back(static_cast<std::size_t>(rank));
  }
  std::sort(order_.begin(), order_.end(),
            [&](std::size_t a, std::size_t b) { return coefficients_[a] < coefficients_[b]; });
}

std::optional<Range> LineSets::interval(std::span<const Range> box) const {
  if (!usable_) return std::nullopt;
  const Axis& axis = group_->axes[0];
  std::int64_t begin = axis.offset;
  std::int64_t length = 1;
  for (const std::size_t rank : order_) {
    const std::int64_t values = box[rank].end - box[rank].begin;
    if (values <= 0) return Range{};
    // A step longer than what the finer ranks fill leaves a gap.
    if (values > 1 && coefficients_[rank] > length) return std::nullopt;
    begin += coefficients_[rank] * box[rank].begin;
    length += coefficients_[rank] * (values - 1);
  }
  return Range{std::max<std::int64_t>(begin, 0), std::min(begin + length, axis.size)};
}

void LineSets::clear() {
  all_.clear();
  entering_.clear();
}

void LineSets::add(Range now, Range before) {
  if (now.end <= now.begin) return;
  all_.push_back(now);
  const Range left{now.begin, std::min(now.end, before.begin)};
  const Range right{std::max(now.begin, before.end), now.end};
  if (before.end <= before.begin) {
    entering_.push_back(now);
    return;
  }
  if (left.begin < left.end) entering_.push_back(left);
  if (right.begin < right.end) entering_.push_back(right);
}

std::int64_t LineSets::united(std::vector<Range>& ranges) {
  const auto earlier = [](const Range& a, const Range& b) { return a.begin < b.begin; };
  if (!std::is_sorted(ranges.begin(), ranges.end(), earlier)) std::sort(ranges.begin(), ranges.end(), earlier);
  std::int64_t size = 0;
  std::int64_t end = ranges.empty() ? 0 : ranges.front().begin;
  for (const Range& range : ranges) {
    size += std::max<std::int64_t>(0, range.end - std::max(range.begin, end));
    end = std::max(end, range.end);
  }
  return size;
}

}  // namespace ohmloop
