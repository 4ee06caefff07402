#pragma once

#include <optional>

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Layers that work at once on successive inputs. A result leaves every `interval_cycles`: the time of the slowest
/// layer, or of a component for all the operators that it serves, if that is longer.
struct PipelineTiming {
  std::int64_t interval_cycles = 0;
  std::optional<std::size_t> slowest_layer;  ///< index into the evaluation's layers
  std::optional<NodeId> slowest_component;
  std::int64_t first_result_cycles = 0;  ///< from the first input's arrival to its result
};

/// The start of a layer: of each node it reads, that one's start and the part of its time in which the rows of the
/// first window come, (R - 1) x dilation + 1 - padding of H; all of it where the weight is an activation, because an
/// operand is written whole. Its end: no sooner than one of its rows after the end of what it reads. Operators without
/// weights pass on what comes as it comes, but take their own time at least.
PipelineTiming pipeline_timing(const Network& network, const NetworkEvaluation& evaluation);

}  // namespace ohmloop
