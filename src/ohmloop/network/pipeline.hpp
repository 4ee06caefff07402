#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Layers that work at once on successive inputs. A result leaves every `interval_cycles`, the time of the slowest
/// layer. Within one input a layer starts when its first window is there, and cannot end before what it reads is
/// complete and its own last row is computed.
struct PipelineTiming {
  std::int64_t interval_cycles = 0;
  std::size_t slowest_layer = 0;
  std::int64_t first_result_cycles = 0;  ///< from the first input's arrival to its result
};

/// Of an evaluation with at least one layer. The start of a layer: of each layer it reads, that one's start and the
/// part of its time in which the rows of the first window come, (R - 1) x dilation + 1 - padding of H; all of it where
/// the weight is an activation, because an operand is written whole. Pooling between layers is not waited for.
PipelineTiming pipeline_timing(const Network& network, const NetworkEvaluation& evaluation);

}  // namespace ohmloop
