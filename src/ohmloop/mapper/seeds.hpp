#pragma once

#include <optional>
#include <vector>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// Puts a loop order into all temporal places: the ranks that do not move the tensor of `stays` innermost, so that its
/// tile below stays while they run.
void order_for(const Mapspace& space, Role stays, Candidate& candidate);

/// The same for one place.
void order_place_for(const Mapspace& space, std::size_t place, Role stays, Candidate& candidate);

/// Gives what the spatial factors of `spatial` leave over to temporal loops: what constraints ask for where they ask,
/// the rest as far outside as may be. Nothing if the constraints leave no room.
std::optional<Candidate> complete_outside(const Mapspace& space, const Candidate& spatial);

/// Moves prime factors of the ranks, in the order of `preference`, from outer temporal places into `place` for as long
/// as everything fits.
void pull_inside(const Mapspace& space, const std::vector<std::size_t>& preference, std::size_t place,
                 Candidate& candidate);

/// Starting points over one spatial choice: the innermost memories are filled first, once with the ranks of each
/// tensor's reuse preferred, each with the loop orders of `order_for`.
std::vector<Candidate> temporal_seeds(const Mapspace& space, const Candidate& spatial);

}  // namespace ohmloop
