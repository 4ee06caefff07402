#include "ohmloop/mapping/whole_digits.hpp"

#include <algorithm>

namespace ohmloop {
namespace {

using Terms = std::vector<AxisTerm>;

std::optional<RankId> flattened_rank(const std::vector<Axis>& axes) {
  for (const Axis& axis : axes) {
    for (const AxisTerm& term : axis.terms) {
      if (!is_whole(term)) return term.rank;
    }
  }
  return std::nullopt;
}

bool same_digit(const AxisTerm& a, const AxisTerm& b) { return a.divisor == b.divisor && a.modulus == b.modulus; }

/// The digits of a rank that the axes use, the fastest first.
Terms digits_of(const std::vector<Axis>& axes, RankId rank) {
  Terms digits;
  for (const Axis& axis : axes) {
    for (const AxisTerm& term : axis.terms) {
      const bool known =
          std::any_of(digits.begin(), digits.end(), [&](const AxisTerm& digit) { return same_digit(digit, term); });
      if (term.rank == rank && !known) digits.push_back(term);
    }
  }
  std::sort(digits.begin(), digits.end(), [](const AxisTerm& a, const AxisTerm& b) { return a.divisor < b.divisor; });
  return digits;
}

/// How many values each digit has; empty if the digits are not those of one mixed-radix number that fills the rank.
std::vector<std::int64_t> digit_sizes(const Terms& digits, std::int64_t size) {
  std::vector<std::int64_t> sizes;
  std::int64_t divisor = 1;
  for (const AxisTerm& digit : digits) {
    const bool last = &digit == &digits.back();
    if (digit.divisor != divisor || (digit.modulus == 0) != last) return {};
    sizes.push_back(last ? size / divisor : digit.modulus);
    divisor *= sizes.back();
  }
  if (divisor != size) return {};
  return sizes;
}

}  // namespace

std::optional<WholeDigits> whole_digits(const Einsum& einsum, const std::vector<AxisGroup>& groups) {
  std::vector<Axis> axes;
  for (const AxisGroup& group : groups) axes.insert(axes.end(), group.axes.begin(), group.axes.end());
  const std::optional<RankId> rank = flattened_rank(axes);
  if (!rank) return std::nullopt;
  const Terms digits = digits_of(axes, *rank);
  WholeDigits result{*rank, {}, digit_sizes(digits, einsum.rank(*rank).size), {}};
  if (result.sizes.empty()) return std::nullopt;
  result.space.name = einsum.name;
  result.space.ranks = einsum.ranks;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    result.space.ranks.push_back({einsum.rank(*rank).name + std::to_string(i), result.sizes[i]});
  }
  for (Axis& axis : axes) {
    for (AxisTerm& term : axis.terms) {
      if (term.rank != *rank) continue;
      const auto digit =
          std::find_if(digits.begin(), digits.end(), [&](const AxisTerm& other) { return same_digit(other, term); });
      term = {.rank = RankId(einsum.ranks.size() + static_cast<std::size_t>(digit - digits.begin())),
              .coefficient = term.coefficient};
    }
  }
  result.groups = axis_groups(result.space, axes);
  return result;
}

}  // namespace ohmloop
