#include "ohmloop/network/layer_copies.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/node_times.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::string_view, 3> position_ranks = {"N", "E", "F"};

NodeId outermost_fanout(const Architecture& architecture) {
  const auto found = std::find_if(architecture.nodes.begin(), architecture.nodes.end(),
                                  [](const Node& node) { return node.as<Fanout>() != nullptr; });
  OHM_CHECK(found != architecture.nodes.end(), "an array has fan-outs");
  return NodeId(static_cast<std::size_t>(found - architecture.nodes.begin()));
}

/// The outermost temporal loop over a rank; null where there is none.
const Loop* outermost_loop(const Mapping& mapping, RankId rank) {
  for (const MappingStep& step : mapping.steps) {
    const auto* loop = std::get_if<Loop>(&step);
    if (loop != nullptr && loop->rank == rank && !loop->fanout) return loop;
  }
  return nullptr;
}

/// How a loop can be cut: parts that each make it shorter, ascending; 1 first.
std::vector<std::int64_t> part_counts(std::int64_t bound, std::int64_t most) {
  std::vector<std::int64_t> counts;
  for (std::int64_t parts = 1; parts <= std::min(bound, most);) {
    const std::int64_t trips = ceil_divide(bound, parts);
    counts.push_back(ceil_divide(bound, trips));
    if (trips == 1) break;
    // The smallest number with fewer trips.
    parts = ceil_divide(bound, trips - 1);
  }
  return counts;
}

struct Limits {
  double inside = 0;   ///< cycles that copies share
  double outside = 0;  ///< cycles that they do not
};

Limits limits_of(const Evaluation& evaluation, NodeId fanout) {
  Limits limits;
  for (const NodeTime& time : evaluation.times) {
    double& limit = time.node < fanout ? limits.outside : limits.inside;
    limit = std::max(limit, time.cycles);
  }
  return limits;
}

struct PositionLoop {
  RankId rank;
  std::int64_t bound = 1;
};

std::vector<PositionLoop> position_loops(const Einsum& einsum, const Mapping& mapping) {
  std::vector<PositionLoop> loops;
  for (std::size_t i = 0; i < einsum.ranks.size(); ++i) {
    const bool position =
        std::find(position_ranks.begin(), position_ranks.end(), einsum.ranks[i].name) != position_ranks.end();
    const Loop* loop = position ? outermost_loop(mapping, RankId(i)) : nullptr;
    if (loop != nullptr) loops.push_back({RankId(i), loop->bound});
  }
  return loops;
}

/// Every way to cut the loops with at most so many copies in all.
void add_choices(const std::vector<PositionLoop>& loops, std::size_t next, std::int64_t most, double share,
                 const Limits& limits, CopyChoice& partial, std::vector<CopyChoice>& choices) {
  if (next == loops.size()) {
    partial.cycles = whole_cycles(std::max(limits.inside * share, limits.outside));
    choices.push_back(partial);
    return;
  }
  const PositionLoop& loop = loops[next];
  for (const std::int64_t parts : part_counts(loop.bound, most)) {
    const std::int64_t before = partial.copies;
    if (parts > 1) partial.split.push_back({loop.rank, parts});
    partial.copies = checked_multiply(before, parts);
    const double trips = static_cast<double>(ceil_divide(loop.bound, parts)) / static_cast<double>(loop.bound);
    add_choices(loops, next + 1, most / parts, share * trips, limits, partial, choices);
    partial.copies = before;
    if (parts > 1) partial.split.pop_back();
  }
}

}  // namespace

std::vector<CopyChoice> copy_choices(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                                     const Evaluation& evaluation, std::int64_t most_copies) {
  CopyChoice one;
  one.cycles = evaluation.latency_cycles;
  if (einsum.weight_is_activation || most_copies <= 1) return {one};
  std::vector<CopyChoice> all;
  CopyChoice partial;
  const Limits limits = limits_of(evaluation, outermost_fanout(architecture));
  add_choices(position_loops(einsum, mapping), 0, most_copies, 1, limits, partial, all);
  std::stable_sort(all.begin(), all.end(), [](const CopyChoice& a, const CopyChoice& b) {
    return std::pair(a.copies, a.cycles) < std::pair(b.copies, b.cycles);
  });
  std::vector<CopyChoice> useful = {one};
  for (CopyChoice& choice : all) {
    if (choice.cycles < useful.back().cycles) useful.push_back(std::move(choice));
  }
  return useful;
}

Mapping spread_over_copies(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                           const CopyChoice& choice) {
  const NodeId fanout = outermost_fanout(architecture);
  std::vector<Loop> spatial;
  Mapping spread = mapping;
  for (const CopyChoice::Split& split : choice.split) {
    const auto found = std::find_if(spread.steps.begin(), spread.steps.end(), [&](const MappingStep& step) {
      const auto* loop = std::get_if<Loop>(&step);
      return loop != nullptr && loop->rank == split.rank && !loop->fanout;
    });
    OHM_CHECK(found != spread.steps.end(), einsum.name + " has no loop to spread over copies");
    auto& loop = std::get<Loop>(*found);
    loop.bound = ceil_divide(loop.bound, split.parts);
    spatial.push_back({split.rank, split.parts, fanout});
  }
  std::erase_if(spread.steps, [](const MappingStep& step) {
    const auto* loop = std::get_if<Loop>(&step);
    return loop != nullptr && !loop->fanout && loop->bound == 1;
  });
  // Below every memory above the fan-out and outside of everything that stands at or below it.
  const auto place = std::find_if(spread.steps.begin(), spread.steps.end(), [&](const MappingStep& step) {
    if (const auto* keep = std::get_if<Keep>(&step)) return fanout < keep->node;
    const auto& loop = std::get<Loop>(step);
    return loop.fanout && !(*loop.fanout < fanout);
  });
  spread.steps.insert(place, spatial.begin(), spatial.end());
  return spread;
}

}  // namespace ohmloop
