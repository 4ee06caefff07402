#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/map_timeloop_spec.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/timeloop/random_specs_for_tests.hpp"
#include "ohmloop/timeloop/counting/evaluate.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop {
namespace {

using timeloop::Factor;
using timeloop::LoopDirective;
using timeloop::LoopKind;

/// Walks over every nest of a specification by brute force, with nothing of the search's: all data spaces kept or not,
/// all factors at all levels, along X or Y, and all orders of the loops of a level. Gives up where there are too many.
class SpecBruteForce {
 public:
  SpecBruteForce(const timeloop::TimeloopSpec& spec, const timeloop::Nest& blank, const Objective& objective)
      : spec_(spec), objective_(objective), nest_(blank), evaluator_(spec.counting) {
    for (std::size_t level = nest_.levels.size(); level-- > 0;) {
      if (!spec.hardware->levels[level].fanout_only) places_.push_back({level, LoopKind::temporal});
      const std::int64_t x = level == 0 ? nest_.arithmetic.mesh_x : nest_.levels[level - 1].mesh_x;
      const std::int64_t y = level == 0 ? nest_.arithmetic.mesh_y : nest_.levels[level - 1].mesh_y;
      if (y > nest_.levels[level].mesh_y) places_.push_back({level, LoopKind::spatial_y});
      if (x > nest_.levels[level].mesh_x) places_.push_back({level, LoopKind::spatial_x});
    }
    factors_.assign(places_.size() * spec.problem->sizes.size(), 1);
  }

  /// Nothing if it gave up.
  std::optional<Score> best() {
    keep(0, 0);
    if (evaluated_ >= most) return std::nullopt;
    return best_;
  }
  [[nodiscard]] std::int64_t evaluated() const { return evaluated_; }

 private:
  static constexpr std::int64_t most = 12'000;

  struct Place {
    std::size_t level;
    LoopKind kind;
  };

  void keep(std::size_t level, std::size_t data_space) {
    if (level == nest_.levels.size()) return split(0, 0, spec_.problem->sizes[0]);
    if (data_space == spec_.problem->data_spaces.size()) return keep(level + 1, 0);
    const std::optional<bool>& said = spec_.constraints.keep[level][data_space];
    const bool outermost = level + 1 == nest_.levels.size();
    for (const bool kept : {true, false}) {
      if (said && *said != kept) continue;
      if (!kept && outermost) continue;
      nest_.levels[level].rules[data_space].keep = kept;
      keep(level, data_space + 1);
    }
  }

  [[nodiscard]] const LoopDirective* directive(const Place& place) const {
    return spec_.constraints.find(place.level, place.kind != LoopKind::temporal);
  }

  [[nodiscard]] bool allowed(std::size_t place, std::size_t dimension, std::int64_t bound) const {
    const std::size_t dimensions = spec_.problem->sizes.size();
    const bool beside_y = place > 0 && places_[place - 1].level == places_[place].level &&
                          places_[place].kind == LoopKind::spatial_x && places_[place - 1].kind == LoopKind::spatial_y;
    if (beside_y && bound > 1 && factors_[(place - 1) * dimensions + dimension] > 1) return false;
    const LoopDirective* said = directive(places_[place]);
    if (said == nullptr) return true;
    return std::all_of(said->factors.begin(), said->factors.end(), [&](const Factor& factor) {
      if (factor.dimension != dimension) return true;
      const std::int64_t limit = std::min(factor.bound, spec_.problem->sizes[dimension]);
      if (factor.relation == Factor::Relation::at_most) return bound <= limit;
      return factor.relation == Factor::Relation::equal ? bound == limit : bound >= limit;
    });
  }

  void split(std::size_t dimension, std::size_t place, std::int64_t rest) {
    if (evaluated_ >= most || visited_ > 100 * most) return;
    ++visited_;
    const std::size_t dimensions = spec_.problem->sizes.size();
    if (place == places_.size()) {
      if (rest != 1) return;
      if (dimension + 1 < dimensions) return split(dimension + 1, 0, spec_.problem->sizes[dimension + 1]);
      put_loops();
      if (timeloop::check_nest(nest_, spec_.counting).empty()) permute(0);
      return;
    }
    for (const std::int64_t factor : divisors(rest)) {
      if (!allowed(place, dimension, factor)) continue;
      factors_[place * dimensions + dimension] = factor;
      split(dimension, place + 1, rest / factor);
    }
    factors_[place * dimensions + dimension] = 1;
  }

  /// Where a dimension stands in the order that a level states; behind all of them if it is not there.
  [[nodiscard]] std::size_t stated(const Place& place, std::size_t dimension) const {
    const LoopDirective* said = directive(place);
    if (said == nullptr) return 0;
    const auto& order = said->permutation;
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), dimension) - order.begin());
  }

  void put_loops() {
    const std::size_t dimensions = spec_.problem->sizes.size();
    for (timeloop::StorageLevel& level : nest_.levels) level.loops.clear();
    for (std::size_t place = places_.size(); place-- > 0;) {
      std::vector<timeloop::Loop>& loops = nest_.levels[places_[place].level].loops;
      const std::size_t before = loops.size();
      for (std::size_t dimension = dimensions; dimension-- > 0;) {
        const std::int64_t bound = factors_[place * dimensions + dimension];
        if (bound > 1) loops.push_back({dimension, bound, bound, places_[place].kind});
      }
      std::stable_sort(loops.begin() + static_cast<std::ptrdiff_t>(before), loops.end(),
                       [&](const timeloop::Loop& a, const timeloop::Loop& b) {
                         return stated(places_[place], a.dimension) < stated(places_[place], b.dimension);
                       });
    }
  }

  /// All orders of temporal loops in which the stated ones come first, in their order.
  void permute(std::size_t level) {
    if (level == nest_.levels.size()) return evaluate_nest();
    const std::vector<timeloop::Loop> before = nest_.levels[level].loops;
    const auto is_temporal = [](const timeloop::Loop& loop) { return loop.kind == LoopKind::temporal; };
    const auto first = std::find_if(before.begin(), before.end(), is_temporal) - before.begin();
    const auto by_dimension = [](const timeloop::Loop& a, const timeloop::Loop& b) { return a.dimension < b.dimension; };
    auto& loops = nest_.levels[level].loops;
    std::sort(loops.begin() + first, loops.end(), by_dimension);
    do {
      const Place place{level, LoopKind::temporal};
      const auto in_order = [&](const timeloop::Loop& a, const timeloop::Loop& b) {
        return stated(place, a.dimension) < stated(place, b.dimension);
      };
      if (std::is_sorted(loops.begin() + first, loops.end(), in_order)) permute(level + 1);
    } while (std::next_permutation(loops.begin() + first, loops.end(), by_dimension));
    loops = before;
  }

  void evaluate_nest() {
    if (++evaluated_ >= most) return;
    const timeloop::TimeloopResult& result = evaluator_.evaluate(nest_);
    const Score sc = score(objective_, Cost{result.energy_pj, 0, result.cycles}); if (sc < best_) { best_ = sc; best_nest = nest_; }
  }

  const timeloop::TimeloopSpec& spec_;
  Objective objective_;
  timeloop::Nest nest_;
 public:
  timeloop::Nest best_nest;
 private:
  timeloop::Evaluator evaluator_;
  std::vector<Place> places_;
  std::vector<std::int64_t> factors_;  ///< by place and dimension
  Score best_{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::int64_t evaluated_ = 0;
  std::int64_t visited_ = 0;
};

TEST(MapTimeloopSpec, FindsTheOptimumOfRandomSpecifications) {
  int whole = 0;
  int possible = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    Draw draw(seed);
    timeloop::TimeloopSpec spec = random_spec(draw);
    for (std::int64_t& size : spec.problem->sizes) size = std::min<std::int64_t>(size, draw.one_of<std::int64_t>({1, 2, 4}));
    const Objective objective = draw.one_of<Objective>({{1, 1}, {1, 0}, {0, 1}, {2, 1}});
    Diagnostics diagnostics;
    const auto blank = timeloop::to_blank_nest(spec, diagnostics, timeloop::nest_options_of(spec));
    ASSERT_TRUE(blank.has_value()) << seed;
    SpecBruteForce brute(spec, *blank, objective);
    const std::optional<Score> best = brute.best();
    if (!best) continue;
    ++whole;
    const MapSpecResult result = map_timeloop_spec(spec, diagnostics, {.objective = objective});
    ASSERT_EQ(std::isfinite(best->value), result.best.has_value()) << seed;
    ASSERT_EQ(result.none.has_value(), !result.best.has_value()) << seed;
    if (!result.best) continue;
    ++possible;
    const timeloop::TimeloopResult& found = result.best->evaluation;
    const Score ours = score(objective, Cost{found.energy_pj, 0, found.cycles});
    if (std::abs(ours.value - best->value) > 1e-9 * best->value) for (timeloop::Nest* n : std::vector<timeloop::Nest*>{const_cast<timeloop::Nest*>(&result.best->nest), &brute.best_nest}) { for (std::size_t l = n->levels.size(); l-- > 0;) { printf(" %s[", n->levels[l].name.c_str()); for (auto& ru : n->levels[l].rules) printf("%d%d", ru.keep, ru.no_spatial_reuse); printf("] cap %ld mesh %ldx%ld bw %g %g %g blk %ld:", n->levels[l].capacity_words.value_or(-1), n->levels[l].mesh_x, n->levels[l].mesh_y, n->levels[l].read_bandwidth.value_or(0), n->levels[l].write_bandwidth.value_or(0), n->levels[l].shared_bandwidth.value_or(0), n->levels[l].block_size); for (auto& lo : n->levels[l].loops) printf(" %s%ld%d", n->problem.dimensions[lo.dimension].c_str(), lo.bound, (int)lo.kind); printf("\n"); } auto r = timeloop::evaluate(*n, spec.counting); printf("energy %.12g cycles %ld\n", r.energy_pj, r.cycles); }
    ASSERT_NEAR(ours.value, best->value, 1e-9 * best->value) << seed << " " << to_string(objective);
    ASSERT_LE(ours.tie, best->tie * (1 + 1e-9)) << seed;
    ASSERT_TRUE(result.best->certificate.optimal) << seed;
  }
  EXPECT_GE(whole, 300);
  EXPECT_GE(possible, 200);
  RecordProperty("whole", whole);
  printf("%d %d\n", whole, possible);
}

}  // namespace
}  // namespace ohmloop
