#pragma once

#include <cstdint>
#include <vector>

namespace ohmloop {

/// All ways in which temporal loops can have walked over a part of each rank: one divisor of every rank's iterations.
/// A point is one number, so that tables over the lattice are plain arrays; multiplying a rank by a factor adds a
/// constant to the point.
class TimeLattice {
 public:
  /// `iterations` by rank, each at least 1.
  explicit TimeLattice(const std::vector<std::int64_t>& iterations);

  /// One prime of one rank: points along it lie `stride` apart.
  struct Direction {
    std::size_t rank = 0;
    std::size_t stride = 1;
    std::size_t length = 1;  ///< points along it: the prime's exponent + 1
  };
  /// A loop over a rank that can follow a point: its bound and what it adds to the point.
  struct Factor {
    std::int64_t bound = 1;
    std::size_t offset = 0;
  };

  [[nodiscard]] std::size_t points() const { return points_; }
  /// Nothing walked over yet is point 0; everything walked over is the last point.
  [[nodiscard]] std::size_t full() const { return points_ - 1; }
  [[nodiscard]] std::size_t ranks() const { return ranks_.size(); }
  [[nodiscard]] const std::vector<Direction>& directions() const { return directions_; }
  [[nodiscard]] std::int64_t iterations(std::size_t rank) const { return ranks_[rank].extents.back(); }
  /// What has been walked over of a rank.
  [[nodiscard]] std::int64_t extent(std::size_t point, std::size_t rank) const {
    return ranks_[rank].extents[local(point, rank)];
  }
  /// Loops over a rank that can follow: all bounds > 1 that divide what is left, ascending.
  [[nodiscard]] const std::vector<Factor>& factors(std::size_t point, std::size_t rank) const {
    return ranks_[rank].factors[local(point, rank)];
  }
  /// The rank's share of a point: points that differ in other ranks alone have the same.
  [[nodiscard]] std::size_t local(std::size_t point, std::size_t rank) const {
    return point / ranks_[rank].stride % ranks_[rank].extents.size();
  }
  [[nodiscard]] std::size_t local_points(std::size_t rank) const { return ranks_[rank].extents.size(); }
  /// The point with a rank walked over completely.
  [[nodiscard]] std::size_t completed(std::size_t point, std::size_t rank) const {
    return point + (ranks_[rank].extents.size() - 1 - local(point, rank)) * ranks_[rank].stride;
  }

 private:
  struct RankPoints {
    std::size_t stride = 1;
    std::vector<std::int64_t> extents;         ///< by local point
    std::vector<std::vector<Factor>> factors;  ///< by local point
  };

  std::size_t points_ = 1;
  std::vector<RankPoints> ranks_;
  std::vector<Direction> directions_;
};

}  // namespace ohmloop
