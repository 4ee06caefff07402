#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ohmloop/analysis/crossing.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

/// The share of one group of axes in a crossing, by sets of elements: for groups whose ranks share axes (a filter over
/// an image) or whose positions are cut off by padding.
///
/// Every index tuple of the loops is visited, but sets are built once for all tuples that only move them: along a rank
/// they look alike away from its ends and from padding.
class SetGroup {
 public:
  SetGroup(const Crossing& crossing, const AxisGroup& group);

  /// Sum of the sizes of the unions over the merged loops.
  std::int64_t walked();
  /// The part of it that every child held already when loop `advancing` (an index in the crossing's loops) moves on by
  /// one and the time loops inside it return from their last index to 0.
  std::int64_t held(std::size_t advancing);

 private:
  struct GroupLoop {
    std::size_t nest;
    std::size_t rank;  ///< in the group
    std::int64_t bound;
    std::int64_t step;
    Walk walk;
  };

  /// What the positions on one axis depend on.
  struct Reach {
    std::size_t rank;
    std::int64_t coefficient;
    bool whole;
    std::int64_t largest;  ///< of the digit, where it is not the whole value
  };
  struct Probe {
    std::int64_t offset;
    std::int64_t size;
    std::vector<Reach> terms;
  };

  std::int64_t total(std::optional<std::size_t> advancing);
  void visit(std::size_t depth);
  [[nodiscard]] std::int64_t key();
  std::int64_t measure();
  void add_children(std::size_t depth);
  void add_child();
  [[nodiscard]] std::int64_t previous(std::size_t rank) const;

  const Crossing& crossing_;
  const AxisGroup& group_;
  TileImage image_;
  std::vector<GroupLoop> loops_;
  std::vector<std::int64_t> sizes_;    ///< by rank of the group
  std::vector<std::int64_t> extents_;  ///< of the tile
  std::vector<Probe> probes_;          ///< of the axes that have padding
  std::optional<std::int64_t> walked_;

  // Of the current total:
  std::optional<std::size_t> advancing_;
  std::vector<GroupLoop> summed_, merged_, wrapping_;
  std::vector<std::int64_t> merge_reach_;  ///< how far children lie from the tuple's value, by rank
  std::vector<std::int64_t> wrap_reach_;   ///< how far time loops went before they returned to 0
  std::vector<std::int64_t> last_whole_;   ///< largest value from which all tiles are whole; -1 if the rank has none
  std::unordered_map<std::int64_t, std::int64_t> known_;
  std::int64_t last_key_ = -1;
  std::int64_t last_count_ = 0;
  std::int64_t sum_ = 0;

  // Of the current tuple:
  std::vector<std::int64_t> values_;
  std::vector<char> moves_;  ///< by rank: moving it would change nothing
  std::vector<Range> now_, before_, boxes_;
  Bits all_, entering_, child_now_, child_before_;
};

}  // namespace ohmloop
