#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/mapper/exact/time_lattice.hpp"

namespace ohmloop {

/// The part of a lattice that some ranks span: many quantities depend on few ranks, and are worked out once for all
/// points that agree in those.
class SubLattice {
 public:
  /// `takes_part` by rank.
  SubLattice(const TimeLattice& lattice, const std::vector<bool>& takes_part) {
    std::size_t points = 1;
    std::vector<std::size_t> strides(lattice.ranks(), 0);
    for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) {
      if (!takes_part[rank]) continue;
      strides[rank] = points;
      points *= lattice.local_points(rank);
    }
    extents_.resize(points);
    part_of_.reserve(lattice.points());
    for (std::size_t p = 0; p < lattice.points(); ++p) {
      std::size_t part = 0;
      for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) {
        if (strides[rank] > 0) part += strides[rank] * lattice.local(p, rank);
      }
      part_of_.push_back(static_cast<std::uint32_t>(part));
      if (!extents_[part].empty()) continue;
      for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) extents_[part].push_back(lattice.extent(p, rank));
    }
  }

  [[nodiscard]] std::size_t points() const { return extents_.size(); }
  /// Its point for a point of the whole lattice.
  [[nodiscard]] std::size_t point(std::size_t of_lattice) const { return part_of_[of_lattice]; }
  /// Extents by rank of the first point of the lattice that has this point.
  [[nodiscard]] const std::vector<std::int64_t>& extents(std::size_t point) const { return extents_[point]; }

 private:
  std::vector<std::uint32_t> part_of_;
  std::vector<std::vector<std::int64_t>> extents_;
};

}  // namespace ohmloop
