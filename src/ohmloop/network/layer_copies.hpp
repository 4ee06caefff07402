#pragma once

#include <vector>

#include "ohmloop/cost/evaluation.hpp"
#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// Copies of a layer's weights that share its positions: `split` says over how many each rank of N, E, F is divided.
struct CopyChoice {
  struct Split {
    RankId rank;
    std::int64_t parts = 1;
  };
  std::vector<Split> split;
  std::int64_t copies = 1;  ///< product of the parts
  std::int64_t cycles = 0;  ///< of the layer with so many copies, as the arrays and what stands beside them limit it
};

/// What copies of the weights can do for a mapped layer, from one copy up: of the numbers that each rank's outermost
/// temporal loop can be cut into, those with which more copies take fewer cycles. What limits the layer outside of the
/// outermost fan-out (a buffer's bandwidth) is not made faster by copies. Layers whose weight is an activation have
/// one.
std::vector<CopyChoice> copy_choices(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                                     const Evaluation& evaluation, std::int64_t most_copies);

/// The mapping with its positions spread over copies at the outermost fan-out (whatever that has room for): a spatial
/// loop beside every temporal loop that became shorter.
Mapping spread_over_copies(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                           const CopyChoice& choice);

}  // namespace ohmloop
