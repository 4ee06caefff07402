#pragma once

#include "ohmloop/mapper/mapspace.hpp"

namespace ohmloop {

/// Why a mapspace has no legal mapping: the first of the ranks, fan-outs and memories that excludes everything, what it
/// lacks, and the smallest change that helps.
NoMapping explain_no_mapping(const Mapspace& space);

}  // namespace ohmloop
