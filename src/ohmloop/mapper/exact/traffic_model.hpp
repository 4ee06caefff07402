#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ohmloop/mapper/exact/amounts.hpp"
#include "ohmloop/mapper/exact/skeleton.hpp"
#include "ohmloop/mapper/exact/time_lattice.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {

/// A loop that a search has put around those before it.
struct PathLoop {
  std::size_t block = 0;
  std::size_t rank = 0;
  std::int64_t bound = 1;
};

/// A nest whose inner part is decided: `loops`, innermost first, and the spatial loops. What is left of the ranks runs
/// in time, somewhere outside.
struct NestPath {
  const Candidate* spatial = nullptr;
  const std::vector<std::int64_t>* times = nullptr;  ///< iterations of each rank in time
  std::vector<PathLoop> loops;
};

/// How the reuse of a tensor's tile came to an end.
enum class Ending {
  moved,        ///< by a loop that changes all of the tile, or by the end of the nest
  slid_moved,   ///< the same, after loops along one axis
  slid_turned,  ///< by a loop along a second axis, after loops along one
  slid_stood,   ///< by a loop that moves nothing, after loops along one axis: they begin again
  slid_open     ///< not yet, after loops along one axis; `extents` are all of the ranks'
};

struct ReuseEnd {
  Ending ending = Ending::moved;
  std::size_t block = 0;  ///< in which the loop stands that ends it
  std::size_t axis = 0;   ///< along which the tile has slid
};

/// Counts and prices the traffic of one tensor at a time, for a search that decides loop after loop from the compute
/// outwards.
///
/// Link k of a tensor leads from its keeper k (innermost 0) to the level inside it: link 0 to the compute, link k to
/// keeper k - 1. While loops that do not move the tensor are put around a keeper, its tile stays; the first loop that
/// does ends this reuse, and from then on every loop further out multiplies what crosses the link. So a link's counts
/// follow from what has been walked over when its reuse ends. Two kinds of tensors:
/// - most: `charge` is exact;
/// - those with sliding windows, and others without a closed form: `charge` is a lower bound, and `exact` counts once
///   the loops are known.
class TrafficModel {
 public:
  TrafficModel() = default;
  TrafficModel(const TrafficModel&) = delete;
  TrafficModel& operator=(const TrafficModel&) = delete;
  virtual ~TrafficModel() = default;

  /// The spatial loops of all calls that follow.
  virtual void start(const SpatialLoops& spatial, const Candidate& candidate) = 0;

  /// Entries of the amounts in use.
  [[nodiscard]] virtual std::size_t amounts() const = 0;
  /// What no temporal loop changes: the computes, and link 0 of all tensors.
  [[nodiscard]] virtual const Amounts& fixed() const = 0;
  /// The part of it that is link 0 of one tensor.
  [[nodiscard]] virtual const Amounts& fixed_of(Role role) const = 0;
  /// False for a tensor whose link 0 depends on temporal loops after all: fixed_of() is a lower bound then.
  [[nodiscard]] virtual bool fixed_is_exact(Role role) const = 0;
  /// Whether a tensor is one of those that exact() counts.
  [[nodiscard]] virtual bool counts(Role role) const = 0;

  /// Links first .. last of a tensor (first >= 1) whose reuse ends together in a block, after `extents` of each rank
  /// in time.
  [[nodiscard]] virtual Amounts charge(Role role, std::size_t first, std::size_t last, const ReuseEnd& end,
                                       std::span<const std::int64_t> extents) = 0;
  /// Links first .. last of a counted tensor (first may be 0), if whatever follows the path ends their reuse.
  [[nodiscard]] virtual Amounts exact(Role role, std::size_t first, std::size_t last, const NestPath& path) = 0;
  /// A lower bound for the same, whatever follows; all of them but link 0 have slid along loops of the path.
  [[nodiscard]] virtual Amounts least(Role role, std::size_t first, std::size_t last, const NestPath& path) = 0;
  /// Whether computes take words from each other from step to step: then link 0 of a tensor whose fixed_of() is a lower
  /// bound depends on the order of loops, and least() knows it.
  [[nodiscard]] virtual bool computes_pass_words() const = 0;
  /// Whether link 0 of such a tensor is decided once a loop in a block moves the tensor whole.
  [[nodiscard]] virtual bool decides_computes(Role role, std::size_t block) const = 0;
  /// Whether sliding along two axes ends the reuse for good.
  [[nodiscard]] virtual bool ends_at_second_axis() const = 0;
  /// Whether a rank's extent matters to charge().
  [[nodiscard]] virtual bool depends_on(Role role, std::size_t rank) const = 0;

  /// What amounts are worth; smaller is better. Never smaller for larger amounts.
  [[nodiscard]] virtual Score score(const Amounts& amounts) const = 0;
};

}  // namespace ohmloop
