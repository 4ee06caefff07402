#include "ohmloop/mapper/climb.hpp"

#include <algorithm>

#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/seeds.hpp"

namespace ohmloop {
namespace {

/// A prime factor of a rank that goes from one place to another.
struct Shift {
  std::size_t rank, from, to;
  std::int64_t prime;

  void apply(const CandidateView& view) const {
    view.factor(from, rank) /= prime;
    view.factor(to, rank) *= prime;
  }
};

class Climber {
 public:
  Climber(const Mapspace& space, Candidate candidate, const Score& start, Scorer& scorer, const ClimbOptions& options)
      : space_(space), current_(std::move(candidate)), score_(start), scorer_(scorer), options_(options) {}

  Score run() {
    while (!scorer_.exhausted()) {
      if (step_order() || step_shift() || step_keep()) continue;
      if (!options_.swaps || !step_swap()) break;
    }
    return score_;
  }

 private:
  bool take_if_better(const Candidate& next) {
    const std::optional<Score> score = scorer_.score_new(next);
    if (!score || !(*score < score_)) return false;
    current_ = next;
    score_ = *score;
    return true;
  }

  bool step_order() {
    for (std::size_t place = 0; place < space_.places.size(); ++place) {
      if (space_.places[place].spatial) continue;
      for (const Role role : all_roles) {
        Candidate next = current_;
        order_place_for(space_, place, role, next);
        if (take_if_better(next)) return true;
      }
      for (std::size_t rank = 0; rank < space_.ranks.size(); ++rank) {
        if (step_innermost(place, rank)) return true;
      }
    }
    return false;
  }

  bool step_innermost(std::size_t place, std::size_t rank) {
    Candidate next = current_;
    const CandidateView view(space_, next);
    if (view.factor(place, rank) == 1) return false;
    std::uint8_t* order = view.order(place);
    std::uint8_t* end = order + space_.ranks.size();
    std::uint8_t* at = std::find(order, end, static_cast<std::uint8_t>(rank));
    std::rotate(at, at + 1, end);
    hold_fixed_order(space_, place, next);
    return take_if_better(next);
  }

  [[nodiscard]] bool may_change(std::size_t place) const { return options_.spatial || !space_.places[place].spatial; }

  /// All single shifts of the current candidate, outer places first.
  [[nodiscard]] std::vector<Shift> shifts() {
    std::vector<Shift> result;
    const CandidateView view(space_, current_);
    for (std::size_t rank = 0; rank < space_.ranks.size(); ++rank) {
      for (std::size_t from = 0; from < space_.places.size(); ++from) {
        if (!may_change(from)) continue;
        std::vector<std::int64_t> primes = prime_factors(view.factor(from, rank));
        primes.erase(std::unique(primes.begin(), primes.end()), primes.end());
        for (const std::int64_t prime : primes) {
          for (std::size_t to = 0; to < space_.places.size(); ++to) {
            if (to != from && may_change(to) && space_.places[to].ranges[rank].most > 1) {
              result.push_back({rank, from, to, prime});
            }
          }
        }
      }
    }
    return result;
  }

  bool step_shift() {
    for (const Shift& shift : shifts()) {
      Candidate next = current_;
      shift.apply(CandidateView(space_, next));
      if (fits_and_better(next)) return true;
    }
    return false;
  }

  /// Two shifts the opposite way between the same places: what a full memory or fan-out needs.
  bool step_swap() {
    const std::vector<Shift> all = shifts();
    for (const Shift& first : all) {
      for (const Shift& second : all) {
        if (scorer_.exhausted()) return false;
        if (first.from != second.to || first.to != second.from || first.rank >= second.rank) continue;
        Candidate next = current_;
        first.apply(CandidateView(space_, next));
        second.apply(CandidateView(space_, next));
        if (fits_and_better(next)) return true;
      }
    }
    return false;
  }

  bool step_keep() {
    for (std::size_t storage = 0; storage < space_.storages.size(); ++storage) {
      for (const Role role : all_roles) {
        if (space_.storages[storage].placement[role_index(role)] != Placement::free) continue;
        Candidate next = current_;
        next.keeps[storage] ^= static_cast<std::uint8_t>(1U << role_index(role));
        if (fits_and_better(next)) return true;
      }
    }
    return false;
  }

  bool fits_and_better(const Candidate& next) { return fits(space_, next) && take_if_better(next); }

  const Mapspace& space_;
  Candidate current_;
  Score score_;
  Scorer& scorer_;
  ClimbOptions options_;
};

}  // namespace

Score climb(const Mapspace& space, Candidate candidate, const Score& start, Scorer& scorer,
            const ClimbOptions& options) {
  return Climber(space, std::move(candidate), start, scorer, options).run();
}

}  // namespace ohmloop
