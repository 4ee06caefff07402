#include "ohmloop/mapper/enumerate.hpp"

#include <algorithm>

#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/seeds.hpp"

namespace ohmloop {
namespace {

/// Loops that do something, outer to inner.
std::vector<std::uint8_t> effective_order(const Mapspace& space, std::size_t place, const Candidate& candidate) {
  std::vector<std::uint8_t> order;
  const std::size_t ranks = space.ranks.size();
  for (std::size_t position = 0; position < ranks; ++position) {
    const std::uint8_t rank = candidate.orders[place * ranks + position];
    if (candidate.factors[place * ranks + rank] > 1) order.push_back(rank);
  }
  return order;
}

class Enumeration {
 public:
  Enumeration(const Mapspace& space, std::size_t limit)
      : space_(space), limit_(limit), current_(blank_candidate(space)) {}

  std::optional<std::vector<Candidate>> run() {
    if (!at_storage(0)) return std::nullopt;
    return std::move(found_);
  }

 private:
  /// Decides the free placements; false once there is too much to enumerate, as below.
  bool at_storage(std::size_t storage) {
    if (storage == space_.storages.size()) return at_rank(0);
    std::uint8_t free = 0;
    for (const Role role : all_roles) {
      if (space_.storages[storage].placement[role_index(role)] == Placement::free) {
        free |= static_cast<std::uint8_t>(1U << role_index(role));
      }
    }
    const std::uint8_t all = current_.keeps[storage];
    for (unsigned dropped = 0; dropped <= free; ++dropped) {
      if ((dropped & ~static_cast<unsigned>(free)) != 0) continue;
      current_.keeps[storage] = static_cast<std::uint8_t>(all & ~dropped);
      if (!at_storage(storage + 1)) return false;
    }
    current_.keeps[storage] = all;
    return true;
  }

  bool at_rank(std::size_t rank) {
    if (++visited_ > visit_limit) return false;
    if (!memories_hold(space_, current_)) return true;
    if (rank == space_.ranks.size()) return !fits(space_, current_) || at_order(0);
    return split(rank, 0, space_.sizes[rank]);
  }

  /// All ways to give `rest` of a rank to the places from `place` on.
  bool split(std::size_t rank, std::size_t place, std::int64_t rest) {
    if (++visited_ > visit_limit) return false;
    if (place == space_.places.size()) return rest != 1 || at_rank(rank + 1);
    if (!has_loops(space_, current_, place)) return split(rank, place + 1, rest);
    const FactorRange& range = space_.places[place].ranges[rank];
    for (const std::int64_t factor : divisors(rest)) {
      if (factor < range.least || factor > range.most) continue;
      if (space_.places[place].spatial && factor > space_.places[place].copies) break;
      CandidateView(space_, current_).factor(place, rank) = factor;
      if (!split(rank, place + 1, rest / factor)) return false;
    }
    CandidateView(space_, current_).factor(place, rank) = 1;
    return true;
  }

  bool at_order(std::size_t place) {
    if (place == space_.places.size()) {
      if (found_.size() >= limit_) return false;
      found_.push_back(current_);
      return true;
    }
    if (space_.places[place].spatial) return at_order(place + 1);
    std::vector<std::vector<std::uint8_t>> seen;
    const std::vector<std::uint8_t> before = current_.orders;
    for (const Role role : all_roles) {
      order_place_for(space_, place, role, current_);
      std::vector<std::uint8_t> order = effective_order(space_, place, current_);
      if (std::find(seen.begin(), seen.end(), order) != seen.end()) continue;
      seen.push_back(std::move(order));
      if (!at_order(place + 1)) return false;
    }
    current_.orders = before;
    return true;
  }

  static constexpr std::size_t visit_limit = 200'000;

  const Mapspace& space_;
  std::size_t limit_;
  Candidate current_;
  std::vector<Candidate> found_;
  std::size_t visited_ = 0;
};

}  // namespace

std::optional<std::vector<Candidate>> all_candidates(const Mapspace& space, std::size_t limit) {
  if (space.imperfect_spatial || space.imperfect_temporal) return std::nullopt;
  return Enumeration(space, limit).run();
}

}  // namespace ohmloop
