#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

/// Walks fan-outs and ranks depth first. `rest` is what is left of every rank.
class Walk {
 public:
  Walk(const Mapspace& space, std::size_t limit)
      : space_(space), limit_(limit), candidate_(blank_candidate(space)), rest_(space.sizes) {
    for (std::size_t p = 0; p < space.places.size(); ++p) {
      if (space.places[p].spatial) fanouts_.push_back(p);
    }
  }

  std::vector<Candidate> run() {
    at_fanout(0);
    return std::move(found_);
  }

 private:
  void at_fanout(std::size_t index) {
    if (found_.size() >= limit_) return;
    if (index == fanouts_.size()) {
      found_.push_back(candidate_);
      return;
    }
    at_rank(index, 0, space_.places[fanouts_[index]].copies);
  }

  void at_rank(std::size_t index, std::size_t rank, std::int64_t copies_left) {
    if (found_.size() >= limit_) return;
    if (rank == space_.ranks.size()) {
      at_fanout(index + 1);
      return;
    }
    const std::size_t place = fanouts_[index];
    const FactorRange& range = space_.places[place].ranges[rank];
    const std::int64_t most = std::min(range.most, copies_left);
    const std::vector<std::int64_t> factors =
        space_.imperfect_spatial ? useful_factors(rest_[rank], most) : divisors(rest_[rank]);
    const std::int64_t before = rest_[rank];
    // Large factors first: if the walk has to stop, it has seen the busy choices.
    for (auto factor = factors.rbegin(); factor != factors.rend(); ++factor) {
      if (*factor > most || *factor < range.least) continue;
      CandidateView(space_, candidate_).factor(place, rank) = *factor;
      rest_[rank] = ceil_divide(before, *factor);
      at_rank(index, rank + 1, copies_left / *factor);
    }
    CandidateView(space_, candidate_).factor(place, rank) = 1;
    rest_[rank] = before;
  }

  const Mapspace& space_;
  std::size_t limit_;
  Candidate candidate_;
  std::vector<std::int64_t> rest_;
  std::vector<std::size_t> fanouts_;
  std::vector<Candidate> found_;
};

double used_copies(const Mapspace& space, const Candidate& candidate) {
  double used = 1;
  for (std::size_t p = 0; p < space.places.size(); ++p) {
    if (!space.places[p].spatial) continue;
    for (std::size_t r = 0; r < space.ranks.size(); ++r) {
      used *= static_cast<double>(candidate.factors[p * space.ranks.size() + r]);
    }
  }
  return used;
}

}  // namespace

SpatialChoices digital_spatial_choices(const Mapspace& space, std::size_t most) {
  constexpr std::size_t walk_limit = 50'000;
  SpatialChoices result;
  result.choices = Walk(space, walk_limit).run();
  result.found = result.choices.size();
  std::stable_sort(result.choices.begin(), result.choices.end(), [&](const Candidate& a, const Candidate& b) {
    return used_copies(space, a) > used_copies(space, b);
  });
  if (result.choices.size() > most) result.choices.resize(most);
  return result;
}

}  // namespace ohmloop
