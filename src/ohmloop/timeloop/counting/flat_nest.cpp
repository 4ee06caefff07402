#include "ohmloop/timeloop/counting/flat_nest.hpp"

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

void FlatNest::assign_moves(const Problem& problem) {
  axes_.clear();
  offsets_.clear();
  moves_.clear();
  for (const DataSpace& data_space : problem.data_spaces) {
    axes_.push_back(data_space.axes.size());
    offsets_.push_back(moves_.size());
    for (const FlatLoop& loop : loops) {
      for (const auto& axis : data_space.axes) {
        std::int64_t move = 0;
        for (const ProjectionTerm& term : axis) {
          if (term.dimension == loop.dimension) move += checked_multiply(term.coefficient, loop.step);
        }
        moves_.push_back(move);
      }
    }
  }
}

}  // namespace ohmloop::timeloop
