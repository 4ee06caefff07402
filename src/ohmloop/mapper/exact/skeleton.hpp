#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// What advancing a rank does to a tensor's tile.
enum class Motion : std::uint8_t {
  still,   ///< nothing: the tile stays
  whole,   ///< all of it is new: no two positions share an element
  sliding  ///< it moves along an axis, and what overlaps may stay
};

/// How the searched ranks move one tensor.
struct TensorMotion {
  /// Ranks that move the tensor along one axis (or several that can't be told apart), such as E and R.
  struct Axis {
    std::vector<std::size_t> ranks;
    std::vector<std::int64_t> coefficients;  ///< by rank, all positive; empty if a position is no plain sum
  };
  std::vector<Motion> motions;       ///< by searched rank
  std::vector<std::size_t> axis_of;  ///< by searched rank, index into `axes`; only for those that slide
  std::vector<Axis> axes;

  [[nodiscard]] bool slides() const { return !axes.empty(); }
};

TensorMotion tensor_motion(const Mapspace& space, Role role);

/// The temporal loops of one place, which stand inside the place's memory.
struct Block {
  std::size_t place = 0;
  std::optional<std::size_t> storage;  ///< keeps tensors outside of these loops; nothing where it keeps none
};

/// A mapspace with decided placements, seen from the compute outwards.
struct Skeleton {
  Skeleton(const Mapspace& space, const std::vector<std::uint8_t>& keeps);

  const Mapspace* space;
  std::vector<std::uint8_t> keeps;           ///< by storage
  std::vector<Block> blocks;                 ///< innermost first
  ByRole<std::vector<std::size_t>> keepers;  ///< blocks whose memory keeps the tensor, innermost first
  ByRole<TensorMotion> motions;

  [[nodiscard]] std::size_t ranks() const { return space->ranks.size(); }
  /// Keepers of a tensor among the innermost `blocks` ones.
  [[nodiscard]] std::size_t keepers_below(Role role, std::size_t blocks_inside) const;
};

/// The spatial loops of a candidate, seen from the blocks of a skeleton.
class SpatialLoops {
 public:
  SpatialLoops(const Skeleton& skeleton, const Candidate& candidate);

  struct Fanout {
    std::size_t place = 0;
    NodeId node;
    std::vector<std::int64_t> factors;  ///< by searched rank
  };
  /// Outermost first.
  [[nodiscard]] const std::vector<Fanout>& fanouts() const { return fanouts_; }
  /// Product of the factors of a rank at fan-outs inside a block.
  [[nodiscard]] std::int64_t inside(std::size_t block, std::size_t rank) const {
    return inside_[block * ranks_ + rank];
  }
  /// Of all fan-outs.
  [[nodiscard]] std::int64_t all(std::size_t rank) const { return all_[rank]; }
  /// Copies of the compute in use.
  [[nodiscard]] std::int64_t copies() const { return copies_; }
  /// Iterations of every rank that are left to time.
  [[nodiscard]] const std::vector<std::int64_t>& times() const { return times_; }

 private:
  std::size_t ranks_;
  std::vector<Fanout> fanouts_;
  std::vector<std::int64_t> inside_;
  std::vector<std::int64_t> all_;
  std::vector<std::int64_t> times_;
  std::int64_t copies_ = 1;
};

}  // namespace ohmloop
