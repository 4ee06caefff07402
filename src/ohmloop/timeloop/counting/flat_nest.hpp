#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ohmloop/timeloop/counting/nest.hpp"

namespace ohmloop::timeloop {

/// A loop that iterates at all.
struct FlatLoop {
  std::size_t dimension = 0;
  std::int64_t bound = 1;
  std::int64_t last_bound = 1;
  std::int64_t step = 1;  ///< of the dimension, per iteration
  std::size_t level = 0;
  LoopKind kind = LoopKind::temporal;

  [[nodiscard]] bool spatial() const { return kind != LoopKind::temporal; }
};

/// The nest as one list, and how each loop moves each data space. Buffers are used again from nest to nest.
class FlatNest {
 public:
  void assign(const Nest& nest);

  std::vector<FlatLoop> loops;              ///< innermost first; unit loops are left out
  std::vector<std::size_t> first;           ///< by level, its innermost loop; one entry more at the end
  std::vector<std::size_t> first_temporal;  ///< by level, its innermost temporal loop
  std::vector<std::int64_t> fanout;         ///< by level, children of an instance in use
  std::vector<std::int64_t> instances;      ///< by level, in use; 64-bit checked
  std::int64_t arithmetic_instances = 1;
  bool perfect = true;  ///< every factor divides

  /// Number of axes of the data space.
  [[nodiscard]] std::size_t axes(std::size_t data_space) const { return axes_[data_space]; }
  /// What one iteration of the loop adds to the axis.
  [[nodiscard]] std::int64_t move(std::size_t data_space, std::size_t loop, std::size_t axis) const {
    return moves_[offsets_[data_space] + loop * axes_[data_space] + axis];
  }
  /// The same for all axes.
  [[nodiscard]] std::span<const std::int64_t> moves(std::size_t data_space, std::size_t loop) const {
    return {moves_.data() + offsets_[data_space] + loop * axes_[data_space], axes_[data_space]};
  }
  /// At least what all loops together walk over on the axis.
  [[nodiscard]] std::int64_t reach(std::size_t data_space, std::size_t axis) const {
    return reaches_[first_axes_[data_space] + axis];
  }

 private:
  void assign_moves(const Problem& problem);
  void add_term(std::size_t data_space, std::size_t axis, const ProjectionTerm& term);

  std::vector<std::size_t> axes_;
  std::vector<std::size_t> offsets_;
  std::vector<std::size_t> first_axes_;
  std::vector<std::int64_t> reaches_;
  std::vector<std::int64_t> moves_;
  std::vector<std::int64_t> steps_;
};

}  // namespace ohmloop::timeloop
