#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/least_need.hpp"

namespace ohmloop {
namespace {

/// Of a memory or a fan-out.
LoopConstraints& constraints_of(Node& node) {
  auto* memory = std::get_if<Memory>(&node.body);
  return memory != nullptr ? memory->loops : std::get<Fanout>(node.body).loops;
}

const char* asked(Relation relation) {
  if (relation == Relation::equal) return "exactly";
  return relation == Relation::at_most ? "at most" : "at least";
}

/// As a file writes it.
std::string written(const std::string& rank, Relation relation, std::int64_t bound) {
  const char* sign = relation == Relation::equal ? "" : relation == Relation::at_most ? "<= " : ">= ";
  return fmt::format("{}: {}{}", rank, sign, bound);
}

class RankExplanation {
 public:
  RankExplanation(const Mapspace& space, std::size_t rank)
      : space_(space),
        rank_(rank),
        name_(space.einsum->rank(space.ranks[rank]).name),
        size_(space.sizes[rank]),
        covered_(coverage()) {}

  NoMapping explain() {
    if (auto factor = change_a_factor()) return *factor;
    if (auto ranks = allow_the_rank()) return *ranks;
    for (const LoopPlace& place : space_.places) {
      if (place.ranges[rank_].closed_by) return keep_it_above(*place.ranges[rank_].closed_by);
    }
    if (auto copies = add_copies()) return *copies;
    return drop_all_bounds();
  }

 private:
  /// Most iterations of the rank that all places together can take.
  [[nodiscard]] std::int64_t coverage() const {
    const Candidate everything = blank_candidate(space_);
    std::int64_t covered = 1;
    for (std::size_t p = 0; p < space_.places.size(); ++p) {
      if (!has_loops(space_, everything, p)) continue;
      const LoopPlace& place = space_.places[p];
      const std::int64_t most = std::min({place.ranges[rank_].most, place.spatial ? place.copies : size_, size_});
      covered = most > size_ / covered ? size_ : covered * most;
    }
    return covered;
  }

  [[nodiscard]] std::string lack() const {
    if (covered_ < size_)
      return fmt::format("there is room for {} of the {} iterations of rank {}", covered_, size_, name_);
    return fmt::format("no factors that the constraints allow make the {} iterations of rank {}", size_, name_);
  }

  /// Whether the rank has factors on the architecture after a change to one node's constraints.
  template <class Change>
  [[nodiscard]] bool helps(std::size_t node, Change&& change) const {
    Architecture changed = *space_.architecture;
    change(constraints_of(changed.nodes[node]));
    const Mapspace space = make_mapspace(*space_.einsum, changed, {.imperfect = space_.imperfect_temporal});
    return rank_has_factors(space, rank_);
  }

  /// Bounds to try instead of one, the nearest first.
  [[nodiscard]] std::vector<std::int64_t> other_bounds(const FactorConstraint& factor) const {
    constexpr std::int64_t few = 4'096;
    const bool imperfect = space_.imperfect_spatial || space_.imperfect_temporal;
    const std::int64_t bound = std::min(factor.bound, size_);
    std::vector<std::int64_t> bounds = divisors(size_);
    for (std::int64_t b = 1; imperfect && b <= std::min(size_, few); ++b) bounds.push_back(b);
    bounds.erase(std::remove_if(bounds.begin(), bounds.end(),
                                [&](std::int64_t b) {
                                  return b == bound || (factor.relation == Relation::at_least && b > bound) ||
                                         (factor.relation == Relation::at_most && b < bound);
                                }),
                 bounds.end());
    std::sort(bounds.begin(), bounds.end());
    std::stable_sort(bounds.begin(), bounds.end(),
                     [&](std::int64_t a, std::int64_t b) { return std::abs(a - bound) < std::abs(b - bound); });
    bounds.resize(std::min<std::size_t>(bounds.size(), 64));
    return bounds;
  }

  [[nodiscard]] std::optional<std::int64_t> nearest_bound(std::size_t node, std::size_t index,
                                                          const FactorConstraint& factor) const {
    for (const std::int64_t bound : other_bounds(factor)) {
      if (helps(node, [&](LoopConstraints& loops) { loops.factors[index].bound = bound; })) return bound;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<NoMapping> change_a_factor() const {
    std::optional<NoMapping> best;
    std::int64_t least_change = 0;
    for (const LoopPlace& place : space_.places) {
      Node node = space_.architecture->node(place.node);
      const std::vector<FactorConstraint>& factors = constraints_of(node).factors;
      for (std::size_t i = 0; i < factors.size(); ++i) {
        if (factors[i].rank != name_) continue;
        const std::optional<std::int64_t> bound = nearest_bound(place.node.index(), i, factors[i]);
        if (!bound) continue;
        const std::int64_t change = std::abs(*bound - std::min(factors[i].bound, size_));
        if (best && change >= least_change) continue;
        least_change = change;
        best = NoMapping{
            fmt::format("'{}' asks for {} {} iterations of rank {}, which the other loops can't complete to "
                        "{}",
                        node.name, asked(factors[i].relation), factors[i].bound, name_, size_),
            fmt::format("{} at '{}'", written(name_, factors[i].relation, *bound), node.name), factors[i].where};
      }
    }
    return best;
  }

  [[nodiscard]] std::optional<NoMapping> allow_the_rank() const {
    for (const LoopPlace& place : space_.places) {
      Node node = space_.architecture->node(place.node);
      const auto& ranks = constraints_of(node).ranks;
      if (!ranks || std::find(ranks->begin(), ranks->end(), name_) != ranks->end()) continue;
      if (!helps(place.node.index(), [&](LoopConstraints& loops) { loops.ranks->push_back(name_); })) continue;
      return NoMapping{lack() + " within the constraints",
                       fmt::format("allow loops over {} {} '{}'", name_, place.spatial ? "across" : "below", node.name),
                       node.where};
    }
    return std::nullopt;
  }

  [[nodiscard]] NoMapping keep_it_above(Role role) const {
    const Node& keeper = outermost_memory(space_, role);
    std::string change = fmt::format("a memory above '{}' that keeps the {}", keeper.name, to_string(role));
    if (const auto copies = add_copies()) change = copies->suggestion + ", or " + change;
    return {fmt::format("{}: the {} has to fit into '{}' at once, as no memory above keeps it", lack(), to_string(role),
                        keeper.name),
            change, keeper.where};
  }

  [[nodiscard]] std::optional<NoMapping> add_copies() const {
    for (const LoopPlace& place : space_.places) {
      if (!place.spatial) continue;
      const Node& node = space_.architecture->node(place.node);
      const std::optional<std::int64_t> copies = least_copies(space_, place.node.index());
      if (!copies) continue;
      return NoMapping{lack() + " within the constraints", fmt::format("fanout >= {} at '{}'", *copies, node.name),
                       node.where};
    }
    return std::nullopt;
  }

  /// No change of one number helps: several bounds are in each other's way.
  [[nodiscard]] NoMapping drop_all_bounds() const {
    std::string nodes;
    SourceSpan where = space_.architecture->node(space_.places.front().node).where;
    for (const LoopPlace& place : space_.places) {
      Node node = space_.architecture->node(place.node);
      for (const FactorConstraint& factor : constraints_of(node).factors) {
        if (factor.rank != name_) continue;
        if (nodes.empty()) where = factor.where;
        nodes += fmt::format("{}'{}'", nodes.empty() ? "" : " and ", node.name);
        break;
      }
    }
    return {lack(), fmt::format("loosen the constraints on {}{}{}", name_, nodes.empty() ? "" : " at ", nodes), where};
  }

  const Mapspace& space_;
  std::size_t rank_;
  std::string name_;
  std::int64_t size_;
  std::int64_t covered_;
};

}  // namespace

NoMapping explain_rank(const Mapspace& space, std::size_t rank) { return RankExplanation(space, rank).explain(); }

}  // namespace ohmloop
