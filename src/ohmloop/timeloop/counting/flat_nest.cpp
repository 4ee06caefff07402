#include "ohmloop/timeloop/counting/flat_nest.hpp"

#include <cstdlib>

#include "ohmloop/base/checked.hpp"

namespace ohmloop::timeloop {

void FlatNest::assign(const Nest& nest) {
  loops.clear();
  first.clear();
  first_temporal.clear();
  fanout.clear();
  perfect = true;
  steps_.assign(nest.problem.dimensions.size(), 1);
  for (std::size_t level = 0; level < nest.levels.size(); ++level) {
    first.push_back(loops.size());
    std::int64_t children = 1;
    for (const bool spatial : {true, false}) {
      if (!spatial) first_temporal.push_back(loops.size());
      for (const Loop& loop : nest.levels[level].loops) {
        if ((loop.kind != LoopKind::temporal) != spatial || loop.bound == 1) continue;
        std::int64_t& step = steps_[loop.dimension];
        loops.push_back({loop.dimension, loop.bound, loop.last_bound, step, level, loop.kind});
        step = checked_multiply(step, loop.bound);
        perfect = perfect && loop.bound == loop.last_bound;
        if (spatial) children = checked_multiply(children, loop.bound);
      }
    }
    fanout.push_back(children);
  }
  first.push_back(loops.size());

  instances.assign(nest.levels.size(), 1);
  std::int64_t in_use = 1;
  for (std::size_t level = nest.levels.size(); level-- > 0;) {
    instances[level] = in_use;
    in_use = checked_multiply(in_use, fanout[level]);
  }
  arithmetic_instances = in_use;
  assign_moves(nest.problem);
}

/// Most loops move most axes by nothing: only what a term names is worked out.
void FlatNest::assign_moves(const Problem& problem) {
  axes_.clear();
  offsets_.clear();
  first_axes_.clear();
  std::size_t size = 0;
  std::size_t all_axes = 0;
  for (const DataSpace& data_space : problem.data_spaces) {
    axes_.push_back(data_space.axes.size());
    offsets_.push_back(size);
    first_axes_.push_back(all_axes);
    size += loops.size() * data_space.axes.size();
    all_axes += data_space.axes.size();
  }
  moves_.assign(size, 0);
  reaches_.assign(all_axes, 1);
  for (std::size_t d = 0; d < axes_.size(); ++d) {
    for (std::size_t axis = 0; axis < axes_[d]; ++axis) {
      for (const ProjectionTerm& term : problem.data_spaces[d].axes[axis]) add_term(d, axis, term);
    }
  }
}

void FlatNest::add_term(std::size_t data_space, std::size_t axis, const ProjectionTerm& term) {
  std::size_t place = offsets_[data_space] + axis;
  std::int64_t& reach = reaches_[first_axes_[data_space] + axis];
  for (const FlatLoop& loop : loops) {
    if (loop.dimension == term.dimension) {
      const std::int64_t move = checked_multiply(term.coefficient, loop.step);
      moves_[place] += move;
      reach = checked_add(reach, checked_multiply(std::abs(move), loop.bound - 1));
    }
    place += axes_[data_space];
  }
}

}  // namespace ohmloop::timeloop
