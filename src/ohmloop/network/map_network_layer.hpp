#pragma once

#include <string>

#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {

/// A layer with the best of its mapping choices.
struct MappedNetworkLayer {
  Einsum einsum;  ///< with the groups where they were placed best
  MapperResult result;
  std::int64_t chips = 1;  ///< over which the layer alone is spread
  MapperStats stats;       ///< of all searches together
};

/// What find_mapping leaves open for a layer of a network on a chip with arrays:
/// - grouped convolutions: of `block_choices`, the number of blocks with the best objective, then with the fewest
/// arrays;
/// - a layer whose weights one chip cannot hold, where the schedule says `more_chips`: mapped over several chips, the
///   outermost fan-out continued over all of them. Its evaluation's leakage is that of all of them.
MappedNetworkLayer map_network_layer(const std::string& name, const LayerShape& shape, const Architecture& architecture,
                                     const ReferenceTables& tables, const MapperOptions& options = {});

/// Whether the chip has arrays that are programmed before inference.
bool keeps_weights(const Architecture& architecture);

/// Whether the layer's weights, under this mapping, stay in the arrays from before the run to its end.
bool weights_stay(const Einsum& einsum, const Architecture& architecture, const Counts& counts);

/// Arrays that a layer's weights fill at least: whole rows and columns, whatever the containers.
std::int64_t fewest_arrays(const Einsum& einsum, const ArraySlicing& array);

/// Arrays of one chip; nothing without arrays.
std::optional<std::int64_t> arrays_of_chip(const Architecture& architecture);

}  // namespace ohmloop
