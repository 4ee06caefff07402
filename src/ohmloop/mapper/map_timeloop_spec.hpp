#pragma once

#include "ohmloop/mapper/map_layer.hpp"
#include "ohmloop/timeloop/counting/result.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop {

/// A mapping of a specification of Timeloop's.
struct MappedSpec {
  timeloop::Nest nest;                  ///< `timeloop::mapping_yaml` writes its loops as a mapping file
  timeloop::TimeloopResult evaluation;  ///< by `timeloop::evaluate`
  Role stationary = Role::weight;       ///< as in `MappedLayer`; the data spaces' roles are `plan_roles`'s
  Certificate certificate;
};

struct MapSpecResult {
  std::optional<MappedSpec> best;
  std::optional<NoMapping> none;  ///< set if no mapping is legal
  bool complete = true;           ///< the search went to its end
};

/// The best mapping of a specification under its constraints, counted in Timeloop's way; a mapping in the specification
/// is not looked at. Leakage is part of the energy, as Timeloop has it. Neither result is set if something is missing
/// or can't be said in a mapspace, which is reported, or as with `map_layer`. Factors divide: `imperfect` is not known.
MapSpecResult map_timeloop_spec(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics,
                                const MapOptions& options = {}, MapStats* stats = nullptr);

}  // namespace ohmloop
