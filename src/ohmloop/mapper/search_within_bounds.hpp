#pragma once

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {

/// Whether exact search covers a mapspace: temporal factors divide, and there are no arrays.
bool is_exactly_searchable(const Mapspace& space);

/// The best that a search finds which looks at `max_evaluations` mappings at most, or why there is none; for mapspaces
/// that exact search does not cover. A tensor that no memory may keep is the caller's to explain.
MapperResult search_within_bounds(const Mapspace& space, const ReferenceTables& tables, const MapperOptions& options,
                                  MapperStats* stats = nullptr);

/// A candidate as a mapping, counted and evaluated; checked to be legal. Without a certificate.
MappedLayer evaluated_layer(const Mapspace& space, const ReferenceTables& tables, const Candidate& candidate);

}  // namespace ohmloop
