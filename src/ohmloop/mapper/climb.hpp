#pragma once

#include "ohmloop/mapper/scorer.hpp"

namespace ohmloop {

/// Which steps a climb may take.
struct ClimbOptions {
  bool spatial = true;  ///< move factors to and from fan-outs
  bool swaps = true;    ///< exchange factors of two ranks between two places at once
};

/// Hill climbing from a scored candidate: takes the first step that scores better, until none does. Steps: a place's
/// loop order, a prime factor moved between two places, two of them exchanged, a free tensor kept or bypassed. Returns
/// the score reached.
Score climb(const Mapspace& space, Candidate candidate, const Score& start, Scorer& scorer,
            const ClimbOptions& options = {});

}  // namespace ohmloop
