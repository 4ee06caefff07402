#pragma once

#include <vector>

#include "ohmloop/cost/charged_traffic.hpp"
#include "ohmloop/cost/evaluation.hpp"

namespace ohmloop {

/// How long every node that can limit the layer would take alone, in clock cycles; the nodes work at the same time, so
/// that the slowest of them counts, and what is done alone is added.
/// - compute: temporal steps x the longer of a cycle and the step time of the multiplier or the array's cells;
/// - a memory's busiest instance: (reads + drains) bits / read bandwidth, (fills + updates) bits / write bandwidth;
/// - a converter's busiest instance: it handles up to `shared_by` values of a step one after the other, each in its
///   step time or else a clock cycle, and no more values than there are;
/// - programming during inference, alone: an array is written row after row, all columns of a row at once, all arrays
/// at
///   the same time. Rows that the busiest array uses x fills of its busiest place / column sets that take turns in it,
///   x `write_cycle` or else the step time of the cells.
/// The compute comes first, then the nodes in their order; unlimited bandwidths have no entry.
std::vector<NodeTime> node_times(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                                 const ChargedTraffic& traffic);

/// The longest of those that go on together, and all that is done alone.
double cycles_of(const std::vector<NodeTime>& times);
/// The same without a list.
double latency_cycles(const Einsum& einsum, const Architecture& architecture, const Counts& counts,
                      const ChargedTraffic& traffic);

/// Cycles of one temporal step where compute is the limit.
double cycles_per_step(const Architecture& architecture);

/// Cycles of one value at a converter, which may be faster than the digital clock.
double cycles_per_conversion(const Node& node, double clock_hertz);

/// Smallest whole number of cycles not below `cycles`; throws OverflowError beyond 64 bits.
std::int64_t whole_cycles(double cycles);

}  // namespace ohmloop
