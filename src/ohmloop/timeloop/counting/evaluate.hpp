#pragma once

#include <string>

#include "ohmloop/timeloop/counting/nest.hpp"
#include "ohmloop/timeloop/counting/result.hpp"

namespace ohmloop::timeloop {

/// When a tile counts as moving on, so that what it shares with its last place is not fetched again. Either way the
/// whole tile is fetched, and the stride forgotten, when the remembered stride changes.
enum class StrideRule {
  moves,  ///< steps at which the tile stays do not matter (Timeloop 4)
  steps   ///< staying is a stride like any other (before; the reference outputs of Timeloop's example designs)
};

struct CountingOptions {
  /// Run iterations 0 and 1 of a temporal loop and take the others to be as iteration 1, as Timeloop does by default.
  /// Off: every iteration is run (TIMELOOP_DISABLE_TEMPORAL_EXTRAPOLATION=1), which is exact and slow on large nests.
  bool extrapolate = true;
  StrideRule stride_rule = StrideRule::moves;
  /// Children may take words from neighbours (default there; TIMELOOP_DISABLE_LINK_TRANSFERS=1 turns it off).
  bool link_transfers = true;
  /// The first touch of a sum reads nothing (default there; TIMELOOP_ENABLE_FIRST_READ_ELISION=0 turns it off).
  bool first_read_elision = true;
  /// As the versions of 2020 did (v0.3 files of pim_ispass2020): what a level takes in of a read-write data space is
  /// all written, first visit included, and addresses are generated for it.
  bool fill_first_visit = false;
  /// Count the hops of every ingress, which networks with an energy per hop need anyhow. Off: faster.
  bool hops = true;
};

/// What is wrong with a nest, in words for the user; empty if it can be evaluated. Checked: the products of the
/// factors, fan-outs against the hardware's instances, capacities, data spaces that are kept nowhere, and whether
/// factors that do not divide would take too long to run.
std::vector<std::string> check_nest(const Nest& nest, const CountingOptions& options = {});

/// Evaluates one mapping in Timeloop's way. `check_nest` is the caller's duty. Throws OverflowError.
TimeloopResult evaluate(const Nest& nest, const CountingOptions& options = {});

}  // namespace ohmloop::timeloop
