#pragma once

#include "ohmloop/arch/read_context.hpp"

namespace ohmloop {

/// Reads the map behind `schedule` into the architecture, whose nodes have been read. Reports what needs an !Array, a
/// link that is no component, and choices that contradict each other.
void read_schedule(MapReader& file, const ReadContext& context, Architecture& architecture);

}  // namespace ohmloop
