#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/analysis/digit_cover.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/nest.hpp"

namespace ohmloop {

/// Index tuples of the loops that `accept` takes for which the iteration space has points. A rank's values whose other
/// digits are 0 are one for each of its tuples, and ranks are independent, so that it is a product over the ranks.
/// `digits` is room that is used again.
template <class Accept>
std::int64_t valid_tuples(const Einsum& einsum, const std::vector<NestLoop>& loops, std::vector<DigitLoop>& digits,
                          const Accept& accept) {
  std::int64_t product = 1;
  for (std::size_t rank = 0; rank < einsum.ranks.size(); ++rank) {
    digits.clear();
    bool any = false;
    for (const NestLoop& loop : loops) {
      if (loop.rank != RankId(rank)) continue;
      const bool taken = accept(loop);
      any = any || taken;
      digits.push_back({loop.bound, loop.step, !taken});
    }
    if (any) product = checked_multiply(product, cover_digits(einsum.ranks[rank].size, digits).subtrees);
  }
  return product;
}

}  // namespace ohmloop
