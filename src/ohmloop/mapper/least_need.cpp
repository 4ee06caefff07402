#include "ohmloop/mapper/least_need.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/placement_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_placements = 64;

/// Factors of one rank, by place.
using Split = std::vector<std::int64_t>;

/// The splits of one rank that no other beats: smaller tiles below every memory and fewer copies at every fan-out.
class Splits {
 public:
  Splits(const Mapspace& space, const Candidate& keeps, std::size_t rank)
      : space_(space), keeps_(keeps), rank_(rank), current_(space.places.size(), 1) {
    at_place(space.places.size(), space.sizes[rank]);
  }

  [[nodiscard]] std::vector<Split> take() { return std::move(found_); }

 private:
  /// `places` are still to come, inner ones are done: an inner loop runs full rounds, so that no outer one may make it
  /// shorter.
  void at_place(std::size_t places, std::int64_t rest) {
    if (++visited_ > visit_limit) return;
    if (places == 0) {
      if (rest == 1) add();
      return;
    }
    const std::size_t p = places - 1;
    if (!has_loops(space_, keeps_, p)) return at_place(p, rest);
    if (reach(places) < rest) return;
    for (const std::int64_t factor : choices(space_.places[p], rest)) {
      current_[p] = factor;
      at_place(p, ceil_divide(rest, factor));
    }
    current_[p] = 1;
  }

  [[nodiscard]] std::int64_t most_at(const LoopPlace& place) const {
    const std::int64_t most = std::min(place.ranges[rank_].most, space_.sizes[rank_]);
    return place.spatial ? std::min(most, place.copies) : most;
  }

  /// Iterations that the outermost places can take, at most the rank's size.
  [[nodiscard]] std::int64_t reach(std::size_t places) const {
    const std::int64_t size = space_.sizes[rank_];
    std::int64_t product = 1;
    for (std::size_t p = 0; p < places && product < size; ++p) {
      if (!has_loops(space_, keeps_, p)) continue;
      const std::int64_t most = std::max<std::int64_t>(1, most_at(space_.places[p]));
      product = most > size / product ? size : product * most;
    }
    return product;
  }

  /// Small factors first: the inner loops make the tiles.
  [[nodiscard]] std::vector<std::int64_t> choices(const LoopPlace& place, std::int64_t rest) const {
    const std::int64_t least = place.ranges[rank_].least;
    const std::int64_t most = std::min(most_at(place), rest);
    if (least > most) return {};
    if (most == 1) return {1};
    std::vector<std::int64_t> factors;
    if (!imperfect_at(space_, place)) {
      factors = divisors(rest);
    } else {
      constexpr std::int64_t few = 4'096;
      if (most <= few) factors = useful_factors(rest, most);
      factors.insert(factors.end(), {least, most});
      std::sort(factors.begin(), factors.end());
      factors.erase(std::unique(factors.begin(), factors.end()), factors.end());
    }
    std::vector<std::int64_t> allowed;
    std::copy_if(factors.begin(), factors.end(), std::back_inserter(allowed),
                 [&](std::int64_t factor) { return factor >= least && factor <= most; });
    return allowed;
  }

  [[nodiscard]] bool beats(const Split& a, const Split& b) const {
    std::int64_t inside_a = 1;
    std::int64_t inside_b = 1;
    for (std::size_t p = space_.places.size(); p-- > 0;) {
      inside_a = std::min(space_.sizes[rank_], inside_a * a[p]);
      inside_b = std::min(space_.sizes[rank_], inside_b * b[p]);
      if (space_.places[p].spatial ? a[p] > b[p] : inside_a > inside_b) return false;
    }
    return true;
  }

  void add() {
    const auto beaten = [&](const Split& known) { return beats(known, current_); };
    if (std::any_of(found_.begin(), found_.end(), beaten)) return;
    const auto worse = [&](const Split& known) { return beats(current_, known); };
    found_.erase(std::remove_if(found_.begin(), found_.end(), worse), found_.end());
    found_.push_back(current_);
  }

  static constexpr std::size_t visit_limit = 20'000;

  const Mapspace& space_;
  const Candidate& keeps_;
  std::size_t rank_;
  Split current_;
  std::vector<Split> found_;
  std::size_t visited_ = 0;
};

/// Puts the splits of all ranks together.
class Combination {
 public:
  Combination(const Mapspace& space, const Need& need, Candidate start, std::int64_t below)
      : space_(space), need_(need), current_(std::move(start)), below_(below) {
    for (std::size_t r = 0; r < space.ranks.size(); ++r) splits_.push_back(Splits(space, current_, r).take());
  }

  std::optional<LeastNeed> run() {
    const auto empty = [](const std::vector<Split>& splits) { return splits.empty(); };
    if (std::none_of(splits_.begin(), splits_.end(), empty)) at_rank(0);
    return std::move(best_);
  }

 private:
  void at_rank(std::size_t rank) {
    if (++visited_ > visit_limit || !copies_suffice() || !memories_hold(space_, current_)) return;
    const std::int64_t need = need_(current_);
    if (need >= below_) return;
    if (rank == space_.ranks.size()) {
      Candidate trimmed = current_;
      trim(space_, trimmed);
      if (!fits(space_, trimmed)) return;
      below_ = need_(trimmed);
      best_ = LeastNeed{std::move(trimmed), below_};
      return;
    }
    for (const Split& split : splits_[rank]) {
      write(rank, split);
      at_rank(rank + 1);
    }
    write(rank, Split(space_.places.size(), 1));
  }

  void write(std::size_t rank, const Split& split) {
    const CandidateView view(space_, current_);
    for (std::size_t p = 0; p < split.size(); ++p) view.factor(p, rank) = split[p];
  }

  [[nodiscard]] bool copies_suffice() const {
    for (std::size_t p = 0; p < space_.places.size(); ++p) {
      if (!space_.places[p].spatial) continue;
      std::int64_t left = space_.places[p].copies;
      for (std::size_t r = 0; r < space_.ranks.size(); ++r) left /= current_.factors[p * space_.ranks.size() + r];
      if (left == 0) return false;
    }
    return true;
  }

  static constexpr std::size_t visit_limit = 20'000;

  const Mapspace& space_;
  const Need& need_;
  Candidate current_;
  std::int64_t below_;
  std::vector<std::vector<Split>> splits_;
  std::optional<LeastNeed> best_;
  std::size_t visited_ = 0;
};

}  // namespace

std::optional<LeastNeed> least_need(const Mapspace& space, const Need& need) {
  std::optional<LeastNeed> best;
  std::int64_t below = std::numeric_limits<std::int64_t>::max();
  for (const std::vector<std::uint8_t>& keeps : placement_choices(space, most_placements).choices) {
    Candidate start = blank_candidate(space);
    start.keeps = keeps;
    if (auto found = Combination(space, need, std::move(start), below).run()) {
      below = found->need;
      best = std::move(found);
    }
  }
  return best;
}

std::optional<Candidate> any_legal(const Mapspace& space) {
  std::optional<LeastNeed> found = least_need(space, [](const Candidate&) { return std::int64_t{0}; });
  if (!found) return std::nullopt;
  return std::move(found->candidate);
}

bool rank_has_factors(const Mapspace& space, std::size_t rank) {
  const PlacementChoices placements = placement_choices(space, most_placements);
  return std::any_of(placements.choices.begin(), placements.choices.end(), [&](const std::vector<std::uint8_t>& keeps) {
    Candidate candidate = blank_candidate(space);
    candidate.keeps = keeps;
    return !Splits(space, candidate, rank).take().empty();
  });
}

}  // namespace ohmloop
