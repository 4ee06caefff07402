#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

/// Sets on one axis without gaps are intervals; sizes of their unions take no bits.
class LineSets {
 public:
  explicit LineSets(const AxisGroup& group);

  /// The positions of a box (one range per rank of the group) inside the axis, possibly none; nothing if they have gaps
  /// or the group has more than one axis.
  [[nodiscard]] std::optional<Range> interval(std::span<const Range> box) const;

  /// Starts over with empty sets.
  void clear();
  /// Adds what a child's tile is now and was before.
  void add(Range now, Range before);
  /// Size of the union of all tiles, and of all that was not in the same child before.
  [[nodiscard]] std::int64_t all() { return united(all_); }
  [[nodiscard]] std::int64_t entering() { return united(entering_); }

 private:
  static std::int64_t united(std::vector<Range>& ranges);

  const AxisGroup* group_;
  bool usable_ = false;
  std::vector<std::size_t> order_;          ///< ranks, the finest step first
  std::vector<std::int64_t> coefficients_;  ///< by rank
  std::vector<Range> all_, entering_;
};

}  // namespace ohmloop
