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
  /// A temporal loop as it moves the data space.
  struct PathLoop {
    std::int64_t key = 0;       ///< of its move
    std::int64_t returned = 0;  ///< keys of the temporal loops inside, as far as those have gone when they return
    std::int64_t times = 0;     ///< that it advances, in all steps of the loops outside
    std::int64_t bound = 1;
    std::size_t loop = 0;  ///< in the flat nest
  };
  struct Moment {
    std::int64_t key = 0;  ///< of the tile's translation
    std::int64_t words = 0;
    std::int64_t times = 0;
  };

  void list_path(const FlatNest& flat);
  void start(const FlatNest& flat, std::size_t data_space, bool extrapolate);
  [[nodiscard]] std::int64_t volume() const;
  [[nodiscard]] std::int64_t overlap(const FlatNest& flat, std::size_t loop) const;
  bool grow(const FlatNest& flat, std::size_t begin, std::size_t end);
  void find_moments(const FlatNest& flat, std::size_t level, bool reuse, StrideRule rule);
  void fan_out(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t level,
               TileTraffic& tile);
  void count_level(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t level,
                   TileTraffic& tile);
  template <typename Visit>
  void visit_pairs(std::size_t level, bool extrapolate, Visit visit) const;

  // Of the nest:
  std::vector<PathLoop> path_;           ///< temporal loops, innermost first; keys are of the current data space
  std::vector<std::size_t> first_path_;  ///< by level, its innermost loop or the first outside in `path_`

  // Of the current data space:
  std::size_t data_space_ = 0;
  std::vector<std::int64_t> extents_;      ///< by axis, of the child's tile
  std::vector<std::int64_t> key_strides_;  ///< by axis: translations become one number each
  std::vector<std::int64_t> keys_;         ///< by loop, of its move; 0 only where it moves no axis
  std::int64_t tile_words_ = 1;            ///< of the child's tile

  // Of the current level:
  std::vector<Moment> moments_;  ///< innermost loop first
  std::int64_t entered_ = 0;     ///< words of all moments and the first visit
  std::vector<SpatialStep> steps_;
  FanoutGroups groups_;
};

}  // namespace ohmloop::timeloop
