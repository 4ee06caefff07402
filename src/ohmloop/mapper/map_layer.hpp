#pragma once

#include <functional>

#include "ohmloop/mapper/exact/exact_search.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {

struct MapOptions {
  Objective objective = {};
  /// Temporal factors need not divide. Such a mapspace, and that of a chip with arrays, is searched within bounds.
  bool imperfect = false;
  std::size_t threads = 1;  ///< 0: as many as the machine has; the result is the same for any
  /// Asked now and then, by one thread at a time: true ends the search with the best so far and its gap. A search
  /// within bounds does not ask.
  std::function<bool()> stop = {};
  /// Decided inner parts of nests looked at, at most and about, tables in proportion; 0: no limit. Unlike `stop`, this
  /// ends a search at the same place on every machine.
  std::int64_t most_states = 0;
  /// Only mappings with another dataflow than that of this tensor, see `stationary_tensor`: with the tensor that the
  /// optimum keeps still, the runner-up. A search within bounds finds none.
  std::optional<Role> not_stationary = {};
  /// Only mappings whose objective is below this. A search within bounds finds none.
  std::optional<double> value_below = {};
};

/// The same as the exact search takes them.
ExactSearchOptions exact_options(const MapOptions& options);

/// What every step of the exact search came to and removed.
using MapStats = ExactSearchStats;

/// The best mapping of a layer, with its certificate; or why there is none. Exact where temporal factors divide:
/// docs/mapper.md says how. The evaluation is that of `evaluate`, from counts of the mapping itself. A search that
/// was stopped before it found a good mapping gives any legal one, if that is quickly found. Neither result is set if
/// none has another dataflow than `not_stationary`, or is below `value_below`.
MapperResult map_layer(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                       const MapOptions& options = {}, MapStats* stats = nullptr);

}  // namespace ohmloop
