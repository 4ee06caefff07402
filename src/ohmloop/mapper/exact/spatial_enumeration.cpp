#include "ohmloop/mapper/exact/spatial_enumeration.hpp"

#include <algorithm>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/factors.hpp"

namespace ohmloop {
namespace {

class Walk {
 public:
  Walk(const Mapspace& space, const std::function<bool(const SpatialFactors&)>& visit)
      : space_(space), visit_(visit), rest_(space.sizes) {
    for (std::size_t p = 0; p < space.places.size(); ++p) {
      if (space.places[p].spatial) places_.push_back(p);
    }
    factors_.assign(places_.size() * space.ranks.size(), 1);
  }

  void run() { at_rank(0, 0, places_.empty() ? 1 : space_.places[places_[0]].copies, 1); }

 private:
  /// False once `visit` wants no more.
  bool at_rank(std::size_t index, std::size_t rank, std::int64_t copies_left, std::int64_t used) {
    if (index == places_.size()) return visit_(factors_);
    const LoopPlace& place = space_.places[places_[index]];
    if (rank == space_.ranks.size()) {
      if (used * used_beside(place) < place.least_copies) return true;
      const bool more = index + 1 < places_.size();
      return at_rank(index + 1, 0, more ? space_.places[places_[index + 1]].copies : 1, 1);
    }
    const FactorRange& range = place.ranges[rank];
    const std::int64_t before = rest_[rank];
    std::int64_t most = std::min({range.most, copies_left, before});
    if (place.beside && factors_[index_of(*place.beside) * space_.ranks.size() + rank] > 1) most = 1;
    bool goes_on = true;
    for (const std::int64_t factor : choices(before, most)) {
      if (factor < range.least) continue;
      factors_[index * space_.ranks.size() + rank] = factor;
      rest_[rank] = ceil_divide(before, factor);
      goes_on = at_rank(index, rank + 1, copies_left / factor, used * factor);
      if (!goes_on) break;
    }
    factors_[index * space_.ranks.size() + rank] = 1;
    rest_[rank] = before;
    return goes_on;
  }

  /// Large factors first.
  [[nodiscard]] std::vector<std::int64_t> choices(std::int64_t rest, std::int64_t most) const {
    std::vector<std::int64_t> factors = space_.imperfect_spatial ? useful_factors(rest, most) : divisors(rest);
    std::erase_if(factors, [&](std::int64_t factor) { return factor > most; });
    std::reverse(factors.begin(), factors.end());
    return factors;
  }

  [[nodiscard]] std::size_t index_of(std::size_t place) const {
    return static_cast<std::size_t>(std::find(places_.begin(), places_.end(), place) - places_.begin());
  }

  [[nodiscard]] std::int64_t used_beside(const LoopPlace& place) const {
    if (!place.beside) return 1;
    std::int64_t used = 1;
    const std::size_t row = index_of(*place.beside) * space_.ranks.size();
    for (std::size_t rank = 0; rank < space_.ranks.size(); ++rank) used *= factors_[row + rank];
    return used;
  }

  const Mapspace& space_;
  const std::function<bool(const SpatialFactors&)>& visit_;
  std::vector<std::size_t> places_;
  std::vector<std::int64_t> rest_;
  SpatialFactors factors_;
};

}  // namespace

void for_all_spatial_factors(const Mapspace& space, const std::function<bool(const SpatialFactors&)>& visit) {
  Walk(space, visit).run();
}

Candidate spatial_candidate(const Mapspace& space, const std::vector<std::uint8_t>& keeps,
                            const SpatialFactors& factors) {
  Candidate candidate = blank_candidate(space);
  candidate.keeps = keeps;
  const std::size_t ranks = space.ranks.size();
  std::size_t row = 0;
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    if (!space.places[place].spatial) continue;
    std::copy_n(factors.begin() + static_cast<std::ptrdiff_t>(row * ranks), ranks,
                candidate.factors.begin() + static_cast<std::ptrdiff_t>(place * ranks));
    ++row;
  }
  return candidate;
}

}  // namespace ohmloop
