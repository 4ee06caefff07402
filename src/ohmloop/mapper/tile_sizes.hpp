#pragma once

#include <unordered_map>
#include <vector>

#include "ohmloop/mapping/axis_group.hpp"
#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

/// Elements of the largest tiles of one tensor, as check_mapping counts them; groups of axes that share ranks (sliding
/// windows) are computed once per extents and remembered. Not for several threads at once.
class TileSizes {
 public:
  /// With `boxes`, a tile is the smallest box around its elements, gaps included.
  TileSizes(const Einsum& einsum, const std::vector<Axis>& axes, bool boxes = false);

  /// No tile of these extents has more; cheap. The smaller of the box around it and of what the points reach.
  [[nodiscard]] std::int64_t bound(const std::vector<std::int64_t>& extents) const;
  /// Of the tile that spans `extents` values of each of the einsum's ranks. Throws OverflowError.
  std::int64_t elements(const std::vector<std::int64_t>& extents);

 private:
  [[nodiscard]] std::int64_t box(const std::vector<std::int64_t>& extents) const;

  struct Hash {
    std::size_t operator()(const std::vector<std::int64_t>& key) const;
  };

  const Einsum* einsum_;
  const std::vector<Axis>* axes_;
  bool boxes_ = false;
  std::vector<RankId> plain_;   ///< ranks of axes that have a rank of their own
  std::vector<RankId> shared_;  ///< ranks of all other axes
  std::unordered_map<std::vector<std::int64_t>, std::int64_t, Hash> known_;
  std::vector<std::int64_t> key_;
};

}  // namespace ohmloop
