#pragma once

#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ohmloop/mapper/exact/nest_state.hpp"

namespace ohmloop {

/// A candidate with its score.
struct Found {
  Candidate candidate;
  Score score;
};

/// Whether a score is better than another by more than rounding may make it.
bool is_better(const Score& a, const Score& b);

struct NestSearchOptions {
  std::int64_t most_states = 0;             ///< decided inner parts looked at, at most
  std::function<bool()> stop = {};          ///< asked now and then
  std::optional<Role> not_stationary = {};  ///< only nests under which another tensor stands still longest
};

/// What became of the inner parts of nests that a search came to.
struct NestSearchStats {
  std::int64_t states = 0;     ///< looked at
  std::int64_t bounded = 0;    ///< what must follow is no better than what is known
  std::int64_t repeated = 0;   ///< another that can go on in the same ways is at least as good
  std::int64_t reordered = 0;  ///< the same loops in an order without a difference
  std::int64_t mappings = 0;   ///< decided to the end

  NestSearchStats& operator+=(const NestSearchStats& other);
};

struct NestSearchResult {
  std::optional<Found> found;  ///< the best nest, if it is better than what was known
  bool complete = true;        ///< nothing was left out for lack of time; else nothing left out is better than `open`
  Score open;
};

/// Finds the best temporal loops for one choice of placements and spatial loops: depth first from the compute
/// outwards, the most promising loop first, without what a bound or an earlier state makes pointless. docs/mapper.md
/// says why nothing better is lost.
class NestSearch {
 public:
  NestSearch(const Skeleton& skeleton, TrafficModel& model, const SpatialLoops& spatial, const Candidate& candidate,
             const TimeLattice& lattice, const CostToGo& bounds);

  NestSearchResult run(const std::optional<Score>& known, const NestSearchOptions& options, NestSearchStats& stats);

 private:
  struct Last {
    std::size_t rank = 0;
    NestState before;
  };
  struct Child {
    NestState state;
    Score bound;
    std::optional<PathLoop> loop;  ///< nothing: the block is left
  };
  struct KeyHash {
    std::size_t operator()(const std::pair<std::uint64_t, std::uint64_t>& key) const {
      return static_cast<std::size_t>(key.first);
    }
  };

  void visit(const NestState& state, const Score& least, const std::optional<Last>& last);
  [[nodiscard]] bool stops();
  void leave_open(const Score& least);
  void add_children(const NestState& state, const std::optional<Last>& last, std::vector<Child>& children);
  void add_child(const NestState& state, const std::optional<PathLoop>& loop, std::vector<Child>& children);
  [[nodiscard]] bool may_swap(const Last& last, std::size_t rank) const;
  [[nodiscard]] bool may_leave(const NestState& state) const;
  [[nodiscard]] bool may_follow(const NestState& state, std::size_t rank) const;
  [[nodiscard]] std::optional<Score> bound(const NestState& state);
  [[nodiscard]] bool repeats(const NestState& state);
  void end(NestState state);
  [[nodiscard]] bool pointless(const Score& score) const { return best_ && !is_better(score, *best_); }

  const Skeleton* skeleton_;
  TrafficModel* model_;
  const TimeLattice* lattice_;
  const CostToGo* bounds_;
  NestRules rules_;
  NestPath path_;
  std::optional<Score> best_;
  NestSearchResult result_;
  const NestSearchOptions* options_ = nullptr;
  NestSearchStats* stats_ = nullptr;
  std::int64_t states_ = 0;
  std::size_t remembered_ = 0;
  std::unordered_map<std::pair<std::uint64_t, std::uint64_t>, std::vector<Amounts>, KeyHash> seen_;
};

}  // namespace ohmloop
