#include <algorithm>
#include <optional>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"
#include "ohmloop/mapping/whole_digits.hpp"

namespace ohmloop {
namespace {

std::int64_t image_size(TileImage& image, std::span<const Range> box) {
  image.frame(box);
  Bits bits;
  image.clear(bits);
  image.mark(box, bits);
  return image.count(bits);
}

/// Tiles of one rank that may differ in size, a middle one first: it is the least likely to be cut off by padding.
std::vector<Range> candidates(std::int64_t size, std::int64_t extent, std::int64_t period) {
  const std::int64_t tiles = ceil_divide(size, extent);
  std::vector<Range> ranges;
  std::vector<std::pair<std::int64_t, std::int64_t>> seen;
  for (std::int64_t i = 0; i < tiles; ++i) {
    const std::int64_t begin = (i + tiles / 2) % tiles * extent;
    const Range range{begin, std::min(begin + extent, size)};
    const std::pair looks{begin % period, range.end - range.begin};
    if (period < size && std::find(seen.begin(), seen.end(), looks) != seen.end()) continue;
    if (period < size) seen.push_back(looks);
    ranges.push_back(range);
  }
  return ranges;
}

class LargestTile {
 public:
  LargestTile(const Einsum& einsum, const AxisGroup& group, const std::vector<std::int64_t>& extents)
      : clipped_(einsum, group), endless_(einsum, group, false), box_(group.ranks.size()) {
    for (std::size_t i = 0; i < group.ranks.size(); ++i) {
      const std::int64_t size = einsum.rank(group.ranks[i]).size;
      const auto& channels = clipped_.channels();
      const std::int64_t period = channels && channels->rank == i ? channels->period : size;
      ranges_.push_back(candidates(size, extents[group.ranks[i].index()], period));
    }
    // Ranks that do not move the image as a whole come first: for each of their tiles the others stop at the first
    // tile that padding leaves whole.
    for (std::size_t i = 0; i < ranges_.size(); ++i) order_.push_back(i);
    std::stable_partition(order_.begin(), order_.end(), [&](std::size_t rank) { return !clipped_.translates(rank); });
  }

  std::int64_t find() {
    search(0);
    return best_;
  }

 private:
  /// True if the tiles of the ranks that only move the image need no further search.
  bool search(std::size_t depth) {
    if (depth == order_.size()) {
      const std::int64_t size = image_size(clipped_, box_);
      best_ = std::max(best_, size);
      return size >= bound_;
    }
    const std::size_t rank = order_[depth];
    const bool moves = clipped_.translates(rank);
    if (moves && (depth == 0 || !clipped_.translates(order_[depth - 1]))) bound_ = unclipped_bound(depth);
    for (const Range& range : ranges_[rank]) {
      box_[rank] = range;
      if (search(depth + 1) && moves) return true;
    }
    return false;
  }

  std::int64_t unclipped_bound(std::size_t depth) {
    for (std::size_t i = depth; i < order_.size(); ++i) {
      const std::vector<Range>& ranges = ranges_[order_[i]];
      box_[order_[i]] = *std::max_element(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) {
        return a.end - a.begin < b.end - b.begin;
      });
    }
    return image_size(endless_, box_);
  }

  TileImage clipped_;
  TileImage endless_;
  std::vector<std::vector<Range>> ranges_;
  std::vector<std::size_t> order_;
  std::vector<Range> box_;
  std::int64_t bound_ = INT64_MAX;
  std::int64_t best_ = 0;
};

/// Values in the middle tile of a rank: the least likely to be cut off.
Range middle_tile(std::int64_t size, std::int64_t extent) {
  const std::int64_t begin = size / extent / 2 * extent;
  return {begin, begin + extent};
}

/// The largest of a few tiles on one axis without gaps: each is an interval that padding may cut off. Nothing where the
/// tiles are many or have gaps.
std::optional<std::int64_t> largest_interval(const Einsum& einsum, const AxisGroup& group,
                                             const std::vector<std::int64_t>& extents) {
  constexpr std::int64_t most_tiles = 64;
  const Axis& axis = group.axes[0];
  const auto [fine, coarse] = std::minmax(
      axis.terms[0], axis.terms[1], [](const AxisTerm& a, const AxisTerm& b) { return a.coefficient < b.coefficient; });
  const std::int64_t fine_size = einsum.rank(fine.rank).size;
  const std::int64_t coarse_size = einsum.rank(coarse.rank).size;
  const std::int64_t fine_extent = extents[fine.rank.index()];
  const std::int64_t coarse_extent = extents[coarse.rank.index()];
  // The last tile of the fine rank may be smaller than the others, and leave gaps.
  const std::int64_t least = fine_size % fine_extent == 0 ? fine_extent : fine_size % fine_extent;
  const std::int64_t tiles = ceil_divide(fine_size, fine_extent) * ceil_divide(coarse_size, coarse_extent);
  const bool gaps = fine.coefficient != 1 || (coarse_extent > 1 && coarse.coefficient > least);
  if (gaps || tiles > most_tiles) return std::nullopt;
  std::int64_t largest = 0;
  for (std::int64_t f = 0; f < fine_size; f += fine_extent) {
    for (std::int64_t c = 0; c < coarse_size; c += coarse_extent) {
      const std::int64_t low = axis.offset + f + coarse.coefficient * c;
      const std::int64_t last = axis.offset + std::min(f + fine_extent, fine_size) - 1 +
                                coarse.coefficient * (std::min(c + coarse_extent, coarse_size) - 1);
      largest = std::max(largest, std::min(last, axis.size - 1) - std::max<std::int64_t>(low, 0) + 1);
    }
  }
  return largest;
}

/// The elements of a window over an image, one term running over the output and one over the filter, if its middle tile
/// is whole: no other tile is larger then.
std::optional<std::int64_t> whole_window(const Einsum& einsum, const AxisGroup& group,
                                         const std::vector<std::int64_t>& extents) {
  if (group.axes.size() != 1 || group.axes[0].terms.size() != 2 || group.ranks.size() != 2) return std::nullopt;
  const Axis& axis = group.axes[0];
  std::int64_t low = axis.offset;
  std::int64_t high = axis.offset;
  for (const AxisTerm& term : axis.terms) {
    if (!is_whole(term)) return std::nullopt;
    const Range values = middle_tile(einsum.rank(term.rank).size, extents[term.rank.index()]);
    low += term.coefficient * values.begin;
    high += term.coefficient * (values.end - 1);
  }
  if (low < 0 || high >= axis.size) return largest_interval(einsum, group, extents);
  const auto [fine, coarse] = std::minmax(
      axis.terms[0], axis.terms[1], [](const AxisTerm& a, const AxisTerm& b) { return a.coefficient < b.coefficient; });
  if (coarse.coefficient % fine.coefficient != 0) return std::nullopt;
  const std::int64_t fine_values = extents[fine.rank.index()];
  const std::int64_t coarse_values = extents[coarse.rank.index()];
  // Either the fine term fills the gaps of the coarse one, or no two points meet.
  const std::int64_t gap = coarse.coefficient / fine.coefficient;
  return gap <= fine_values ? (coarse_values - 1) * gap + fine_values : coarse_values * fine_values;
}

std::int64_t largest_of_group(const Einsum& einsum, const AxisGroup& group, const std::vector<std::int64_t>& extents) {
  if (group.plain) return extents[group.ranks[0].index()];
  if (const auto elements = whole_window(einsum, group, extents)) return *elements;
  return LargestTile(einsum, group, extents).find();
}

bool holds_whole(const Einsum& einsum, const WholeDigits& digits, const std::vector<std::int64_t>& extents) {
  return extents[digits.rank.index()] == einsum.rank(digits.rank).size;
}

}  // namespace

std::vector<std::int64_t> largest_tile(const Einsum& einsum, const std::vector<Axis>& axes,
                                       const std::vector<std::int64_t>& extents) {
  const std::vector<AxisGroup> groups = axis_groups(einsum, axes);
  std::vector<std::int64_t> sizes;
  if (const auto digits = whole_digits(einsum, groups); digits && holds_whole(einsum, *digits, extents)) {
    std::vector<std::int64_t> with_digits = extents;
    with_digits.insert(with_digits.end(), digits->sizes.begin(), digits->sizes.end());
    for (const AxisGroup& group : digits->groups) {
      sizes.push_back(largest_of_group(digits->space, group, with_digits));
    }
    return sizes;
  }
  for (const AxisGroup& group : groups) sizes.push_back(largest_of_group(einsum, group, extents));
  return sizes;
}

std::int64_t largest_tile_elements(const Einsum& einsum, const std::vector<AxisGroup>& groups,
                                   const std::vector<std::int64_t>& extents) {
  std::int64_t elements = 1;
  for (const AxisGroup& group : groups) elements = checked_multiply(elements, largest_of_group(einsum, group, extents));
  return elements;
}

}  // namespace ohmloop
