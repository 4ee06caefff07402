#pragma once

#include <optional>
#include <string>

#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/workload/layer_file.hpp"
#include "ohmloop/workload/projection.hpp"

namespace ohmloop {

/// Reads `ranks`, `tensors` and `weight_is_activation` of a layer's map.
std::optional<EinsumLayer> read_einsum(MapReader& layer, const std::string& name, Diagnostics& diagnostics);

/// The name of an axis that has none of its own: its position, "2*E + R".
std::string default_axis_name(const Projection& projection, const std::vector<Rank>& ranks);

}  // namespace ohmloop
