#pragma once

#include <cstdint>
#include <vector>

namespace ohmloop {

/// A layer that wants arrays.
struct ArrayDemand {
  std::int64_t arrays = 1;
  std::int64_t elements = 0;  ///< storage elements to write if its weights do not stay
  bool always_written =
      false;  ///< its arrays are written in any case: an operand of attention, a layer larger than the chip
};

/// Which layers keep their weights in arrays of their own, and which take turns in the rest, written anew every time:
/// with the fewest storage elements written, ties to the fewest arrays kept. Arrays of the layers that stay and of the
/// largest that does not fit the chip together. Exact up to 50,000 arrays; with more, arrays are counted in bundles,
/// rounded up, and the choice may be short of the best. One entry per layer: true where it stays.
std::vector<bool> layers_that_stay(const std::vector<ArrayDemand>& layers, std::int64_t arrays);

}  // namespace ohmloop
