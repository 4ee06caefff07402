#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ohmloop/mapping/axis_group.hpp"

namespace ohmloop {

/// Values begin .. end - 1 of a rank.
struct Range {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  friend bool operator==(const Range&, const Range&) = default;
};

using Bits = std::vector<std::uint64_t>;

/// Exact sets of elements of one axis group as bits. A box has one range per rank of the group, in the group's order.
///
/// Channels that no box boundary separates look alike (a flattened filter K = C*R*S walks over the same window in
/// each), so that one of them stands for all, with a weight.
class TileImage {
 public:
  /// With `clip`, positions outside the axes are no elements; without, the axes have no ends.
  TileImage(const Einsum& einsum, const AxisGroup& group, bool clip = true);

  /// Lays out bits for sets within these boxes (one after the other in one list) and nothing else.
  void frame(std::span<const Range> boxes);

  /// Makes `bits` the empty set.
  void clear(Bits& bits) const { bits.assign(rows_ * row_words_, 0); }
  /// Adds the elements that a box touches.
  void mark(std::span<const Range> box, Bits& bits);
  /// Number of elements of a set.
  [[nodiscard]] std::int64_t count(const Bits& bits) const;

  /// The rank whose values repeat the same window, and after how many; nothing if there is none.
  struct Channels {
    std::size_t rank = 0;  ///< index in the group's ranks
    std::size_t axis = 0;
    std::int64_t period = 1;
  };
  [[nodiscard]] const std::optional<Channels>& channels() const { return channels_; }
  /// True if the rank occurs whole in every term: moving a box along it moves the image.
  [[nodiscard]] bool translates(std::size_t rank) const;

 private:
  struct Term {
    std::size_t axis;
    AxisTerm term;
  };
  void find_channels(const Einsum& einsum);
  void compress(std::span<const Range> boxes);
  [[nodiscard]] Range compressed(Range range) const;
  void frame_axis(std::size_t axis, std::span<const Range> boxes);
  void fill_pattern(std::int64_t coefficient, std::int64_t count);
  void mark_from(std::size_t depth, std::span<const Range> box, Bits& bits);
  void mark_row(Bits& bits);
  [[nodiscard]] std::int64_t position(const Term& term, std::int64_t value) const;

  const AxisGroup* group_;
  bool clip_;
  std::vector<std::vector<Term>> terms_;  ///< by rank
  std::optional<Channels> channels_;
  std::optional<std::size_t> row_rank_;  ///< its values are marked together, a row at a time
  std::size_t row_axis_ = 0;
  std::vector<std::size_t> outer_ranks_;

  std::vector<std::int64_t> breaks_;  ///< first channel of each class, and the end
  std::vector<Range> hull_;           ///< by axis: positions that have bits
  std::size_t rows_ = 1;
  std::size_t row_words_ = 1;
  std::vector<std::int64_t> base_;  ///< by axis: position of the current point
  Bits pattern_;                    ///< the row rank's positions, the first at bit 0
};

/// Number of elements in the largest tile, group by group (their product is the tile): boxes of `extents` values (by
/// rank of the einsum) that start at multiples of the extents, the last of them cut off by the rank's end.
std::vector<std::int64_t> largest_tile(const Einsum& einsum, const std::vector<Axis>& axes,
                                       const std::vector<std::int64_t>& extents);

/// Their product, for groups that are made already. `extents` may list more ranks than the einsum has.
std::int64_t largest_tile_elements(const Einsum& einsum, const std::vector<AxisGroup>& groups,
                                   const std::vector<std::int64_t>& extents);

}  // namespace ohmloop
