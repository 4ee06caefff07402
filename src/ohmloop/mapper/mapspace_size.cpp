#include "ohmloop/mapper/mapspace_size.hpp"

#include <algorithm>
#include <map>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/exact/spatial_enumeration.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/placement_choices.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_placements = 4'096;
/// With more, the mapspace is not counted.
constexpr std::int64_t most_spatial_choices = 1'000'000;

/// Ways to make a number the product of one factor at each of some places, from `place` on.
double splits(const std::vector<const FactorRange*>& ranges, std::size_t place, std::int64_t rest) {
  if (place == ranges.size()) return rest == 1 ? 1 : 0;
  double sum = 0;
  for (const std::int64_t factor : divisors(rest)) {
    if (factor < ranges[place]->least || factor > ranges[place]->most) continue;
    sum += splits(ranges, place + 1, rest / factor);
  }
  return sum;
}

/// Of the ranks that may have a loop at a place, those that the file leaves open.
double orders(const LoopPlace& place) {
  double product = 1;
  double open = 0;
  for (std::size_t rank = 0; rank < place.ranges.size(); ++rank) {
    const auto& fixed = place.last_ranks;
    const bool is_fixed = std::find(fixed.begin(), fixed.end(), rank) != fixed.end();
    if (place.ranges[rank].most > 1 && !is_fixed) product *= ++open;
  }
  return product;
}

/// The places with loops in time of one way to keep the tensors.
std::vector<std::size_t> temporal_places(const Mapspace& space, const std::vector<std::uint8_t>& keeps) {
  std::vector<std::size_t> places;
  for (std::size_t storage = 0; storage < space.storages.size(); ++storage) {
    if (keeps[storage] != 0 || space.loops_without_tensors) places.push_back(space.storages[storage].place);
  }
  return places;
}

class TemporalSplits {
 public:
  TemporalSplits(const Mapspace& space, std::vector<std::size_t> places) : space_(&space), places_(std::move(places)) {
    for (const std::size_t place : places_) orders_ *= orders(space.places[place]);
  }

  double count(const std::vector<std::int64_t>& times) {
    double product = orders_;
    for (std::size_t rank = 0; rank < times.size() && product > 0; ++rank) {
      const auto [known, fresh] = known_.try_emplace({rank, times[rank]}, 0.0);
      if (fresh) {
        std::vector<const FactorRange*> ranges;
        for (const std::size_t place : places_) ranges.push_back(&space_->places[place].ranges[rank]);
        known->second = splits(ranges, 0, times[rank]);
      }
      product *= known->second;
    }
    return product;
  }

 private:
  const Mapspace* space_;
  std::vector<std::size_t> places_;
  double orders_ = 1;
  std::map<std::pair<std::size_t, std::int64_t>, double> known_;
};

}  // namespace

double mapspace_size(const Mapspace& space) {
  std::map<std::vector<std::int64_t>, double> spatial;  // by what is left to time
  std::int64_t left = most_spatial_choices;
  for_all_spatial_factors(space, [&](const SpatialFactors& factors) {
    std::vector<std::int64_t> times = space.sizes;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      std::int64_t& time = times[i % times.size()];
      time = ceil_divide(time, factors[i]);
    }
    ++spatial[times];
    return --left > 0;
  });
  if (left == 0) return 0;
  // Many ways to keep the tensors have loops in the same places.
  std::map<std::vector<std::size_t>, double> placements;
  for (const std::vector<std::uint8_t>& keeps : placement_choices(space, most_placements).choices)
    ++placements[temporal_places(space, keeps)];
  double sum = 0;
  for (const auto& [places, count] : placements) {
    TemporalSplits splits(space, places);
    for (const auto& [times, ways] : spatial) sum += count * ways * splits.count(times);
  }
  return sum;
}

}  // namespace ohmloop
