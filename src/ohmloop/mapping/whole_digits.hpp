#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ohmloop/mapping/axis_group.hpp"

namespace ohmloop {

/// A flattened rank (a filter K = C*R*S) as tiles see it that hold all of its values: its digits run on their own, each
/// like a rank. The axes that only it tied together come apart.
struct WholeDigits {
  RankId rank;
  Einsum space;                     ///< ranks only: the einsum's, then one for each digit
  std::vector<std::int64_t> sizes;  ///< of the digits
  std::vector<AxisGroup> groups;    ///< the tensor's, with digits for the rank
};

/// Nothing if no rank of the groups is flattened, or if its digits do not make up the rank.
std::optional<WholeDigits> whole_digits(const Einsum& einsum, const std::vector<AxisGroup>& groups);

}  // namespace ohmloop
