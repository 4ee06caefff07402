#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapping/tile_image.hpp"

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

}  // namespace

std::vector<std::int64_t> largest_tile(const Einsum& einsum, const std::vector<Axis>& axes,
                                       const std::vector<std::int64_t>& extents) {
  std::vector<std::int64_t> sizes;
  for (const AxisGroup& group : axis_groups(einsum, axes)) {
    sizes.push_back(group.plain ? extents[group.ranks[0].index()] : LargestTile(einsum, group, extents).find());
  }
  return sizes;
}

}  // namespace ohmloop
