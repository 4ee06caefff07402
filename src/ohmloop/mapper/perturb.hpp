#pragma once

#include <optional>
#include <random>

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// A legal neighbour some random steps away: prime factors moved between places, free placements decided the other way,
/// one tensor's loop order at a memory. Nothing if the steps left what is legal. The same for the same engine state.
std::optional<Candidate> perturb(const Mapspace& space, const Candidate& from, int steps, std::mt19937& engine);

}  // namespace ohmloop
