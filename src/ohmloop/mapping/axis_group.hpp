#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

/// Axes of a tensor that share ranks, and those ranks. The elements that a box of rank values touches are the product
/// of the groups' own sets, so that every count can be taken group by group.
struct AxisGroup {
  std::vector<Axis> axes;  ///< simplified: no digit that is always zero, no modulus that never wraps
  std::vector<RankId> ranks;
  bool clipped = false;  ///< some position lies outside an axis (padding)
  /// One axis of one plain rank without padding: its positions are the rank's values, one to one.
  bool plain = false;
};

/// The groups of `axes`. Axes that stand still inside the tensor are left out; one that always lies outside is a
/// clipped group without ranks.
std::vector<AxisGroup> axis_groups(const Einsum& einsum, const std::vector<Axis>& axes);

/// Largest value of the digit for rank values below `size`.
std::int64_t largest_digit(const AxisTerm& term, std::int64_t size);

/// The digit of a value.
inline std::int64_t digit_of(const AxisTerm& term, std::int64_t value) {
  const std::int64_t quotient = term.divisor == 1 ? value : value / term.divisor;
  return term.modulus == 0 ? quotient : quotient % term.modulus;
}

/// True if the term is the rank's value itself, times the coefficient.
inline bool is_whole(const AxisTerm& term) { return term.divisor == 1 && term.modulus == 0; }

}  // namespace ohmloop
