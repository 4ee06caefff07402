#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/spatial_choices.hpp"

namespace ohmloop {
namespace {

/// Spreads the ranks of the weights over the fan-outs of an array chip, inner ones first. Lines of an array that take
/// turns are filled before another array is.
class ArrayWalk {
 public:
  ArrayWalk(const Mapspace& space, std::size_t limit)
      : space_(space), limit_(limit), candidate_(blank_candidate(space)), rest_(space.sizes) {
    OHM_CHECK(space.architecture->array.has_value(), "only chips with arrays have array choices");
    std::optional<std::size_t> turns;
    for (std::size_t p = space.places.size(); p-- > 0;) {
      if (space.places[p].takes_turns) turns = p;
      if (turns && !in_array(p)) steps_.push_back(*std::exchange(turns, std::nullopt));
      if (space.places[p].spatial) steps_.push_back(p);
    }
    if (turns) steps_.push_back(*turns);
  }

  std::vector<Candidate> run() {
    at_step(0);
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool in_array(std::size_t place) const {
    return space_.places[place].node.index() + 2 >= space_.architecture->array->cells.index();
  }

  [[nodiscard]] std::optional<std::size_t> rank(std::string_view name) const {
    for (std::size_t r = 0; r < space_.ranks.size(); ++r) {
      if (space_.einsum->rank(space_.ranks[r]).name == name) return r;
    }
    return std::nullopt;
  }

  std::int64_t& factor(std::size_t place, std::size_t r) { return CandidateView(space_, candidate_).factor(place, r); }

  /// Gives the place as much of a rank as there is, as the constraints allow and as the copies suffice for.
  void fill(std::size_t place, std::optional<std::size_t> r, std::int64_t wanted, std::int64_t& copies_left) {
    if (!r) return;
    const FactorRange& range = space_.places[place].ranges[*r];
    const std::int64_t more = std::min({wanted, copies_left, range.most / factor(place, *r), rest_[*r]});
    if (more <= 1) return;
    factor(place, *r) *= more;
    rest_[*r] = ceil_divide(rest_[*r], more);
    copies_left /= more;
  }

  /// What the file asks for at the place, whatever the rank.
  std::int64_t take_required(std::size_t place) {
    std::int64_t copies_left = space_.places[place].copies;
    for (std::size_t r = 0; r < space_.ranks.size(); ++r) {
      const std::int64_t least = space_.places[place].ranges[r].least;
      if (least > 1) fill(place, r, least, copies_left);
    }
    return copies_left;
  }

  /// Rows that take turns hold further parts of the filter, columns further slices and channels; what they leave,
  /// anything.
  void take_turns(std::size_t place) {
    const ArraySlicing& array = *space_.architecture->array;
    std::int64_t slices_left = array.slices_per_place();
    for (std::size_t r = 0; r < space_.ranks.size(); ++r) {
      if (space_.einsum->relevant(space_.ranks[r], Role::weight)) {
        fill(place, r, space_.places[place].ranges[r].least, slices_left);
      }
    }
    fill(place, rank("K"), array.row_sets(), slices_left);
    for (const char* name : {"WS", "M", "K"}) fill(place, rank(name), slices_left, slices_left);
  }

  void at_step(std::size_t index) {
    if (found_.size() >= limit_) return;
    if (index == steps_.size()) {
      found_.push_back(candidate_);
      return;
    }
    const std::size_t place = steps_[index];
    const Candidate candidate = candidate_;
    const std::vector<std::int64_t> rest = rest_;
    std::int64_t copies_left = space_.places[place].spatial ? take_required(place) : 0;
    const NodeId cells = space_.architecture->array->cells;
    const NodeId node = space_.places[place].node;
    if (space_.places[place].takes_turns) {
      take_turns(place);
      at_step(index + 1);
    } else if (node.index() + 1 == cells.index()) {
      fill(place, rank("K"), copies_left, copies_left);
      at_step(index + 1);
    } else if (node.index() + 2 == cells.index()) {
      fill(place, rank("WS"), copies_left, copies_left);
      fill(place, rank("M"), copies_left, copies_left);
      at_step(index + 1);
    } else {
      at_container(index, place, copies_left);
    }
    candidate_ = candidate;
    rest_ = rest;
  }

  /// Every useful share of K, the remaining copies for output channels, slices and groups.
  void at_container(std::size_t index, std::size_t place, std::int64_t copies_left) {
    const std::optional<std::size_t> k = rank("K");
    const Candidate candidate = candidate_;
    const std::vector<std::int64_t> rest = rest_;
    const std::int64_t most = k ? std::min(copies_left, space_.places[place].ranges[*k].most) : 1;
    const std::vector<std::int64_t> shares = useful_factors(k ? rest_[*k] : 1, std::max<std::int64_t>(most, 1));
    for (auto share = shares.rbegin(); share != shares.rend(); ++share) {
      std::int64_t left = copies_left;
      fill(place, k, *share, left);
      fill(place, rank("M"), left, left);
      fill(place, rank("WS"), left, left);
      fill(place, rank("G"), left, left);
      at_step(index + 1);
      candidate_ = candidate;
      rest_ = rest;
    }
  }

  const Mapspace& space_;
  std::size_t limit_;
  Candidate candidate_;
  std::vector<std::int64_t> rest_;
  std::vector<std::size_t> steps_;  ///< places to fill: fan-outs inner to outer, turns after those of their array
  std::vector<Candidate> found_;
};

/// Rounds that the fan-outs leave to time.
double rounds(const Mapspace& space, const Candidate& candidate) {
  double product = 1;
  for (std::size_t r = 0; r < space.ranks.size(); ++r) {
    std::int64_t rest = space.sizes[r];
    for (std::size_t p = space.places.size(); p-- > 0;) {
      const LoopPlace& place = space.places[p];
      if (place.spatial || place.takes_turns) rest = ceil_divide(rest, candidate.factors[p * space.ranks.size() + r]);
    }
    product *= static_cast<double>(rest);
  }
  return product;
}

}  // namespace

SpatialChoices array_spatial_choices(const Mapspace& space, std::size_t most) {
  constexpr std::size_t walk_limit = 4'000;
  SpatialChoices result;
  result.choices = ArrayWalk(space, walk_limit).run();
  result.found = result.choices.size();
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < result.choices.size(); ++i) order.emplace_back(rounds(space, result.choices[i]), i);
  std::sort(order.begin(), order.end());
  const std::vector<Candidate> all = std::move(result.choices);
  result.choices.clear();
  // Neighbours in the list differ in one container only: taking some of the equals at equal distances sees more.
  const auto worse = std::find_if(order.begin(), order.end(), [&](const auto& o) { return o.first > order[0].first; });
  const auto equals = static_cast<std::size_t>(worse - order.begin());
  const std::size_t spread = std::min(most, equals);
  for (std::size_t i = 0; i < spread; ++i) result.choices.push_back(all[order[i * equals / spread].second]);
  for (std::size_t i = equals; i < order.size() && result.choices.size() < most; ++i) {
    result.choices.push_back(all[order[i].second]);
  }
  return result;
}

}  // namespace ohmloop
