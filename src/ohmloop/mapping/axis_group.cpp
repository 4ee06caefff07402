#include "ohmloop/mapping/axis_group.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

Axis simplified(const Einsum& einsum, const Axis& axis) {
  Axis result{.name = axis.name, .terms = {}, .offset = axis.offset, .size = axis.size};
  for (AxisTerm term : axis.terms) {
    const std::int64_t size = einsum.rank(term.rank).size;
    if (largest_digit(term, size) == 0 || term.coefficient == 0) continue;
    if (term.modulus > 0 && (size - 1) / term.divisor < term.modulus) term.modulus = 0;
    result.terms.push_back(term);
  }
  return result;
}

bool reaches_outside(const Einsum& einsum, const Axis& axis) {
  std::int64_t low = axis.offset;
  std::int64_t high = axis.offset;
  for (const AxisTerm& term : axis.terms) {
    const std::int64_t reach = checked_multiply(term.coefficient, largest_digit(term, einsum.rank(term.rank).size));
    (reach < 0 ? low : high) = checked_add(reach < 0 ? low : high, reach);
  }
  return low < 0 || high >= axis.size;
}

bool has_rank(const AxisGroup& group, RankId rank) {
  return std::find(group.ranks.begin(), group.ranks.end(), rank) != group.ranks.end();
}

bool shares_rank(const AxisGroup& group, const AxisGroup& other) {
  return std::any_of(other.ranks.begin(), other.ranks.end(), [&](RankId rank) { return has_rank(group, rank); });
}

void add_rank(AxisGroup& group, RankId rank) {
  if (!has_rank(group, rank)) group.ranks.push_back(rank);
}

void absorb(AxisGroup& group, AxisGroup&& other) {
  for (Axis& axis : other.axes) group.axes.push_back(std::move(axis));
  for (const RankId rank : other.ranks) add_rank(group, rank);
  group.clipped = group.clipped || other.clipped;
}

}  // namespace

std::int64_t largest_digit(const AxisTerm& term, std::int64_t size) {
  const std::int64_t largest = (size - 1) / term.divisor;
  return term.modulus == 0 ? largest : std::min(largest, term.modulus - 1);
}

std::vector<AxisGroup> axis_groups(const Einsum& einsum, const std::vector<Axis>& axes) {
  std::vector<AxisGroup> groups;
  groups.reserve(axes.size());
  for (const Axis& axis : axes) {
    AxisGroup group;
    group.axes.push_back(simplified(einsum, axis));
    group.clipped = reaches_outside(einsum, group.axes.front());
    for (const AxisTerm& term : group.axes.front().terms) add_rank(group, term.rank);
    if (group.ranks.empty() && !group.clipped) continue;
    for (std::size_t i = groups.size(); i-- > 0;) {
      if (!shares_rank(groups[i], group)) continue;
      AxisGroup met = std::move(groups[i]);
      groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
      absorb(met, std::move(group));
      group = std::move(met);
    }
    groups.push_back(std::move(group));
  }
  for (AxisGroup& group : groups) {
    group.plain =
        !group.clipped && group.axes.size() == 1 && group.axes[0].terms.size() == 1 && is_whole(group.axes[0].terms[0]);
  }
  return groups;
}

}  // namespace ohmloop
