#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ohmloop/analysis/crossing.hpp"
#include "ohmloop/analysis/line_sets.hpp"
#include "ohmloop/mapping/tile_image.hpp"

namespace ohmloop {

/// The share of one group of axes in a crossing, by sets of elements: for groups whose ranks share axes (a filter over
/// an image) or whose positions are cut off by padding.
///
/// Along a rank the sets look alike away from its ends and from padding. So iterations of a loop that only move the
/// sets are counted as one, and what is left is built once for all tuples that look alike.
class SetGroup {
 public:
  SetGroup(const Einsum& einsum, const AxisGroup& group);

  /// The crossing that the calls which follow ask about. Where it looks the same to this group as the one before, seen
  /// from another place, what was counted still holds.
  void start(const Crossing& crossing);
  /// A new mapping follows: nothing that was counted holds.
  void forget() { started_ = false; }

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

    friend bool operator==(const GroupLoop&, const GroupLoop&) = default;
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

  /// A count that was taken at some tuple, for others that look alike.
  struct Known {
    std::int64_t key;
    std::int64_t count;
  };

  std::int64_t total(std::optional<std::size_t> advancing);
  void find_probes(const Einsum& einsum);
  void find_own(const Crossing& crossing);
  void sort_loops();
  void add_summed(const GroupLoop& loop);
  void find_rests();
  void visit(std::size_t depth);
  [[nodiscard]] Range uniform(std::size_t depth, Range indices) const;
  [[nodiscard]] Range inside(const Probe& probe, std::size_t depth, Range indices) const;
  [[nodiscard]] std::int64_t first_index(const GroupLoop& loop) const { return advancing_ == loop.nest ? 1 : 0; }
  [[nodiscard]] std::int64_t count_at(std::size_t depth);
  [[nodiscard]] std::int64_t key();
  [[nodiscard]] std::int64_t measure();
  [[nodiscard]] std::optional<std::int64_t> measure_intervals();
  [[nodiscard]] std::int64_t measure_bits();
  bool add_union();
  void add_children(std::size_t depth);
  void add_child();
  [[nodiscard]] std::int64_t previous(std::size_t rank) const;

  const AxisGroup* group_;
  TileImage image_;
  LineSets line_;
  std::vector<std::int64_t> sizes_;    ///< by rank of the group
  std::vector<char> translates_;       ///< by rank of the group: moving along it moves the sets
  std::vector<std::size_t> in_group_;  ///< by rank of the einsum, its place in the group; the number of ranks if none
  std::vector<Probe> probes_;          ///< of the axes that have padding

  // Of the current crossing:
  const Crossing* crossing_ = nullptr;
  std::vector<GroupLoop> loops_;
  std::vector<std::int64_t> extents_;  ///< of the tile
  bool started_ = false;
  std::vector<std::size_t> own_;  ///< of the mapping's loops
  std::vector<GroupLoop> next_loops_;
  std::vector<std::int64_t> next_extents_;
  std::optional<std::int64_t> walked_;
  /// By own loop, what is held while it advances; by the number of own time loops that have returned, what is held
  /// while a loop of another rank does. -1: not counted yet.
  std::vector<std::int64_t> advancing_held_, standing_held_;

  // Of the current total:
  std::optional<std::size_t> advancing_;
  std::vector<GroupLoop> summed_, merged_, wrapping_;
  std::size_t moving_depth_ = 0;           ///< from here on, all summed loops are over ranks that move the sets
  std::vector<std::int64_t> rests_;        ///< how far the summed loops from a depth on go, by depth and rank
  std::vector<std::int64_t> tuples_;       ///< of the summed loops from a depth on, if all of them exist
  std::vector<std::int64_t> merge_reach_;  ///< how far children lie from the tuple's value, by rank
  std::vector<std::int64_t> wrap_reach_;   ///< how far time loops went before they returned to 0
  std::vector<std::int64_t> last_whole_;   ///< largest value from which all tiles are whole; -1 if the rank has none
  std::vector<Known> known_;               ///< the latest ones
  std::size_t oldest_known_ = 0;
  std::int64_t sum_ = 0;

  // Of the current tuple:
  std::vector<std::int64_t> values_;
  std::vector<char> moves_;  ///< by rank: moving it would change nothing
  std::vector<Range> now_, before_, boxes_;
  Bits all_, entering_, child_now_, child_before_;
};

}  // namespace ohmloop
