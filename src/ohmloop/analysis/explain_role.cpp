#include <fmt/format.h>

#include "ohmloop/analysis/role_counts.hpp"

namespace ohmloop {

const std::string& RoleCounts::name_of(std::size_t level) const { return architecture_.node(levels_[level].node).name; }

template <class Count>
void RoleCounts::explain_one(std::vector<CountedCrossing>& crossings, bool subtracted, std::string what,
                             const Count& count) {
  CountedCrossing one{subtracted, std::move(what), {}, {}, 0};
  const auto trace_into = [&](CrossingTrace* trace) {
    tensor_.set_trace(trace);
    if (windows_) windows_->set_trace(trace);
    if (gather_) gather_->set_trace(trace);
    if (whole_) whole_->set_trace(trace);
  };
  known_.clear();
  trace_into(&one.trace);
  one.count = count();
  trace_into(nullptr);
  one.loops = walked_;
  crossings.push_back(std::move(one));
}

/// zero_starts(), crossing by crossing.
void RoleCounts::explain_starts(std::vector<CountedCrossing>& crossings, std::size_t level, NodeId pinned_above,
                                bool subtracted) {
  explain_one(crossings, subtracted, fmt::format("sums that begin at {}", name_of(level)),
              [&] { return entries(level, pinned_above); });
  if (level > 0) explain_reloads(crossings, level, pinned_above, !subtracted);
}

/// reloads(), crossing by crossing.
void RoleCounts::explain_reloads(std::vector<CountedCrossing>& crossings, std::size_t level, NodeId pinned_above,
                                 bool subtracted) {
  explain_one(crossings, subtracted,
              fmt::format("sums that {} asks {} for, once for all its instances", name_of(level), name_of(level - 1)),
              [&] { return handed_down(level, pinned_above); });
  explain_starts(crossings, level - 1, pinned_above, !subtracted);
}

std::vector<CountedCrossing> RoleCounts::explain(const Mapping& mapping, const std::vector<NestLoop>& loops,
                                                 CountedAction action, NodeId node, bool busiest) {
  begin(mapping, loops);
  std::vector<CountedCrossing> crossings;
  for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
    if (levels_[level].node != node) continue;
    const Scope scope = busiest ? Scope::first : Scope::all;
    const NodeId pinned = busiest ? node : NodeId(0);
    const bool output = role_ == Role::output;
    const bool below = (action == CountedAction::reads) || (action == CountedAction::updates && output);
    if (below) {
      explain_one(crossings, false,
                  fmt::format("words that cross between {} and {}, as {} sees them", name_of(level), name_of(level + 1),
                              name_of(level)),
                  [&] { return cross(level + 1, node, scope); });
      if (output && action == CountedAction::reads) explain_starts(crossings, level, pinned, true);
    } else if (level > 0 && (action == CountedAction::drains) == output && action != CountedAction::updates) {
      explain_one(crossings, false,
                  output ? fmt::format("sums that leave {}", name_of(level))
                         : fmt::format("words that enter {}", name_of(level)),
                  [&] { return entries(level, pinned); });
    } else if (level > 0 && output && action == CountedAction::fills) {
      explain_reloads(crossings, level, pinned, false);
    }
  }
  return crossings;
}

}  // namespace ohmloop
