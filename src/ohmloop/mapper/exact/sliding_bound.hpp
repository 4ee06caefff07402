#pragma once

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "ohmloop/analysis/crossing_counter.hpp"
#include "ohmloop/mapper/exact/skeleton.hpp"

namespace ohmloop {

/// How many elements the tiles of a sliding tensor have altogether, and how many of them sliding may spare at most.
class SlidingBound {
 public:
  SlidingBound(const Skeleton& skeleton, Role role);

  [[nodiscard]] std::size_t axes() const { return axes_.size(); }
  /// Sum of the sizes, inside the tensor, of all tiles along an axis that span `extents` (by searched rank) of each of
  /// the axis's ranks.
  [[nodiscard]] double tile_sum(std::size_t axis, std::span<const std::int64_t> extents);
  /// Product over the axes and the ranks that move the tensor whole.
  [[nodiscard]] double all_tiles(std::span<const std::int64_t> extents);
  /// Elements of the tensor that the layer touches.
  [[nodiscard]] double touched();
  /// Number of tiles along an axis.
  [[nodiscard]] double tiles(std::size_t axis, std::span<const std::int64_t> extents) const;
  /// Size along an axis of one tile that padding does not cut.
  [[nodiscard]] double box(std::size_t axis, std::span<const std::int64_t> extents) const;
  /// Of each of these tiles, the most elements along the axis that stay when a sweep that has slid over it begins
  /// again; `more_outside`: loops along the axis may follow further out.
  [[nodiscard]] double most_kept(std::size_t axis, std::span<const std::int64_t> extents, bool more_outside) const;
  /// False if nothing is known about how tiles along the axis overlap.
  [[nodiscard]] bool regular(std::size_t axis) const { return !motion_->axes[axis].coefficients.empty(); }

 private:
  struct Known {
    std::unique_ptr<CrossingCounter> counter;
    std::vector<AxisGroup> groups;  ///< one
    std::unordered_map<std::int64_t, double> by_key;
  };

  [[nodiscard]] std::int64_t key(std::size_t axis, std::span<const std::int64_t> extents) const;

  const Mapspace* space_;
  const TensorMotion* motion_;
  std::vector<Known> axes_;
  double whole_ = 1;  ///< elements along the ranks that move the tensor whole
};

}  // namespace ohmloop
