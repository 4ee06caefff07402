#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/timeloop/counting/fanout_groups.hpp"
#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {

/// The same numbers as `simulate_traffic` where all factors divide, from a handful of operations per loop.
///
/// A tile then keeps its shape, and its path is that of a mixed-radix counter: a *moment* is the advance of one
/// temporal loop while those inside return. Between two moments of outer loops every inner loop advances, so that
/// Timeloop's remembered stride is either unset or that of the innermost loop that moves the tile. Hence what enters at
/// a moment is nothing (the tile stays), the tile less its overlap with the last one (its translation is that stride),
/// or all of it.
class ClosedTraffic {
 public:
  void count(const Nest& nest, const FlatNest& flat, const CountingOptions& options, NestTraffic& traffic);

 private:
  struct Moment {
    std::int64_t key = 0;  ///< of the tile's translation
    std::int64_t words = 0;
    std::int64_t times = 0;
  };

  void start(const Nest& nest, const FlatNest& flat, std::size_t data_space);
  [[nodiscard]] std::int64_t volume() const;
  [[nodiscard]] std::int64_t overlap(const FlatNest& flat, std::size_t level, std::size_t advancing,
                                     bool extrapolate) const;
  void grow(const FlatNest& flat, std::size_t begin, std::size_t end);
  void find_moments(const FlatNest& flat, std::size_t level, bool reuse, const CountingOptions& options);
  void fan_out(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t level,
               TileTraffic& tile);
  template <typename Visit>
  void visit_pairs(const FlatNest& flat, std::size_t level, bool extrapolate, Visit visit) const;

  std::size_t data_space_ = 0;
  std::vector<std::int64_t> extents_;      ///< by axis, of the child's tile
  std::vector<std::int64_t> key_strides_;  ///< by axis: translations become one number each
  std::vector<std::int64_t> keys_;         ///< by loop, of its move
  std::vector<Moment> moments_;            ///< innermost loop first
  std::int64_t tile_words_ = 1;
  std::int64_t entered_ = 0;  ///< words of all moments and the first visit
  std::vector<SpatialStep> steps_;
  FanoutGroups groups_;
};

}  // namespace ohmloop::timeloop
