#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ohmloop/mapping/axis_group.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

/// Values of each rank of a group: ranges in order.
using RankValues = std::vector<std::vector<Range>>;

/// Counts points of a product of value sets that lie inside all axes of a group. What depends on the group alone is
/// made once; the group must outlive it.
class GatherCounter {
 public:
  GatherCounter(const Einsum& einsum, const AxisGroup& group);

  /// `values` by rank of the group. Throws OverflowError.
  std::int64_t count(const RankValues& values);

 private:
  /// One axis as seen from a hub rank: the hub's digits, and at most one other rank, whole.
  struct Spoke {
    const Axis* axis;
    std::vector<AxisTerm> hub;
    std::optional<AxisTerm> other;
    std::size_t other_rank = 0;
  };
  /// A group as a hub with spokes: given the hub's value, the axes are independent. The filter's rank of a flattened
  /// convolution is one, and any rank of a group of one axis.
  struct Wheel {
    std::size_t hub = 0;
    std::vector<Spoke> spokes;
    std::int64_t period = 1;  ///< values of the hub after which everything repeats that padding depends on
  };

  static std::optional<Wheel> find_wheel(const AxisGroup& group, std::size_t hub);
  static std::int64_t find_period(const Wheel& wheel, std::int64_t size);
  [[nodiscard]] std::int64_t count_on_wheel(const RankValues& values) const;
  std::int64_t count_points(const RankValues& values, std::size_t rank);
  [[nodiscard]] bool inside() const;

  const AxisGroup* group_;
  std::optional<Wheel> wheel_;
  std::vector<std::int64_t> point_;  ///< of a group that is no wheel
};

}  // namespace ohmloop
