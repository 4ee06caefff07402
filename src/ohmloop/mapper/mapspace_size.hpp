#pragma once

#include "ohmloop/mapper/mapspace.hpp"

namespace ohmloop {

/// How many mappings a mapspace with perfect temporal factors has, legal or not as far as sizes of memories go: over
/// all placements of free tensors and all spatial factors that the constraints allow, the ways to split what is left of
/// the ranks among the memories, times the orders of each memory's loops. As in Timeloop's count, a loop of one
/// iteration has a place in the order. 0: not counted, as there are too many ways to spread the ranks over the fan-outs.
double mapspace_size(const Mapspace& space);

}  // namespace ohmloop
