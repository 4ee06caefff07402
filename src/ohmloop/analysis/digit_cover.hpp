#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/analysis/crossing.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

struct DigitLoop {
  std::int64_t bound = 1;
  std::int64_t step = 1;
  bool zero = false;  ///< only index 0; else all indices
};

/// The values below `size` of a rank whose digits are as asked, for loops outer to inner. Loops that are not listed are
/// below the last one; their digits are free.
///
/// Below each loop all subtrees are full but the last one, so that a count needs two numbers per loop.
struct DigitCover {
  std::int64_t subtrees = 0;  ///< index tuples of the listed loops that have values
  std::int64_t values = 0;
};
DigitCover cover_digits(std::int64_t size, const std::vector<DigitLoop>& loops);

/// The same values from `begin` on as ranges, in order, none of them adjacent; `ranges` is emptied first.
void find_covered_ranges(std::int64_t begin, std::int64_t size, const std::vector<DigitLoop>& loops,
                         std::vector<Range>& ranges);

}  // namespace ohmloop
