#pragma once

#include <functional>
#include <optional>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// What a candidate takes of something; more factors never take less.
using Need = std::function<std::int64_t(const Candidate&)>;

/// A candidate that fits, and what it takes.
struct LeastNeed {
  Candidate candidate;
  std::int64_t need = 0;
};

/// The legal candidate that takes least, nothing if none is legal: goes through all factors of the ranks that no others
/// beat at every memory and every fan-out. Exact unless a layer has so many of them that the walk has to stop.
std::optional<LeastNeed> least_need(const Mapspace& space, const Need& need);

/// Any legal candidate.
std::optional<Candidate> any_legal(const Mapspace& space);

/// Whether some factors make up the size of a rank within its ranges and the copies of each fan-out, for some way to
/// decide the free placements.
bool rank_has_factors(const Mapspace& space, std::size_t rank);

}  // namespace ohmloop
