#pragma once

#include <memory>
#include <string>
#include <vector>

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
  /// As the versions of 2020 did (v0.3 files of pim_ispass2020): what a level takes in is all written, the first visit
  /// of a sum and what the outermost memory of a data space holds included.
  bool fill_first_visit = false;
  /// Count the hops of every ingress, which networks with an energy per hop need anyhow. Off: faster.
  bool hops = true;
};

/// What is wrong with a nest, in words for the user; empty if it can be evaluated. Checked: the products of the
/// factors, fan-outs against the hardware's instances, capacities, data spaces that are kept nowhere, and whether
/// factors that do not divide would take too long to run.
std::vector<std::string> check_nest(const Nest& nest, const CountingOptions& options = {});

/// The versions of 2020: links off, their stride rule, their fills.
CountingOptions counting_of_2020();

/// Evaluates mappings in Timeloop's way and uses its buffers again: after the first of nests of one shape nothing is
/// allocated. One thread at a time.
class Evaluator {
 public:
  explicit Evaluator(const CountingOptions& options = {});
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;
  ~Evaluator();

  /// `check_nest` is the caller's duty. The result lives until the next call. Throws OverflowError.
  const TimeloopResult& evaluate(const Nest& nest);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same for a single mapping.
TimeloopResult evaluate(const Nest& nest, const CountingOptions& options = {});

}  // namespace ohmloop::timeloop
