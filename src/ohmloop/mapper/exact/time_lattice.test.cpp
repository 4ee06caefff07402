#include "ohmloop/mapper/exact/time_lattice.hpp"

#include <set>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(TimeLattice, HasOnePointPerChoiceOfDivisors) {
  const TimeLattice lattice({12, 1, 5});
  EXPECT_EQ(lattice.points(), 6U * 1 * 2);
  std::set<std::vector<std::int64_t>> extents;
  for (std::size_t p = 0; p < lattice.points(); ++p) {
    extents.insert({lattice.extent(p, 0), lattice.extent(p, 1), lattice.extent(p, 2)});
  }
  EXPECT_EQ(extents.size(), lattice.points());
  EXPECT_EQ(lattice.extent(lattice.full(), 0), 12);
  EXPECT_EQ(lattice.extent(0, 2), 1);
}

TEST(TimeLattice, LoopsAddToAPointWhatTheyWalkOver) {
  const TimeLattice lattice({12, 7, 5});
  for (std::size_t p = 0; p < lattice.points(); ++p) {
    for (std::size_t rank = 0; rank < lattice.ranks(); ++rank) {
      std::int64_t before = 1;
      for (const TimeLattice::Factor& factor : lattice.factors(p, rank)) {
        EXPECT_GT(factor.bound, before);
        before = factor.bound;
        EXPECT_EQ(lattice.extent(p + factor.offset, rank), lattice.extent(p, rank) * factor.bound);
        for (std::size_t other = 0; other < lattice.ranks(); ++other) {
          if (other != rank) EXPECT_EQ(lattice.local(p + factor.offset, other), lattice.local(p, other));
        }
      }
      EXPECT_EQ(lattice.extent(lattice.completed(p, rank), rank), lattice.iterations(rank));
    }
  }
}

TEST(TimeLattice, DirectionsLeadFromPointToPoint) {
  const TimeLattice lattice({12, 9});
  ASSERT_EQ(lattice.directions().size(), 3U);  // 2 and 3 of the first, 3 of the second
  std::size_t points = 1;
  for (const TimeLattice::Direction& direction : lattice.directions()) {
    EXPECT_EQ(direction.stride, points);
    points *= direction.length;
  }
  EXPECT_EQ(points, lattice.points());
}

}  // namespace
}  // namespace ohmloop
