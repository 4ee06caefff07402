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
  SubLattice(const TimeLattice& lattice, const std::vector<bool>& takes_part) : lattice_(&lattice) {
    for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) {
      if (!takes_part[rank] || lattice.local_points(rank) == 1) continue;
      ranks_.push_back(rank);
      points_ *= lattice.local_points(rank);
    }
  }

  [[nodiscard]] std::size_t points() const { return points_; }
  [[nodiscard]] std::size_t point(std::size_t of_lattice) const {
    std::size_t point = 0;
    for (const std::size_t rank : ranks_)
      point = point * lattice_->local_points(rank) + lattice_->local(of_lattice, rank);
    return point;
  }

  /// Calls set(point of the lattice, value) for all points, with value = make(extents by rank), made once for points
  /// that agree.
  template <class Value, class Make, class Set>
  void for_all(const Make& make, const Set& set) const {
    std::vector<Value> values(points_);
    std::vector<char> known(points_, 0);
    std::vector<std::int64_t> extents(lattice_->ranks());
    for (std::size_t p = 0; p < lattice_->points(); ++p) {
      const std::size_t sub = point(p);
      if (known[sub] == 0) {
        for (std::size_t rank = 0; rank < extents.size(); ++rank) extents[rank] = lattice_->extent(p, rank);
        values[sub] = make(extents);
        known[sub] = 1;
      }
      set(p, values[sub]);
    }
  }

 private:
  const TimeLattice* lattice_;
  std::vector<std::size_t> ranks_;
  std::size_t points_ = 1;
};

}  // namespace ohmloop
