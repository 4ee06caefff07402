#pragma once

#include "ohmloop/mapper/mapper.hpp"
#include "ohmloop/mapper/timeloop/timeloop_space.hpp"

namespace ohmloop {

/// Why no mapping of a specification is legal, at the constraint, the memory or the fan-out that excludes everything,
/// and the smallest change that helps.
NoMapping explain_spec(const timeloop::TimeloopSpec& spec, const TimeloopSpace& made);

}  // namespace ohmloop
