#pragma once

#include <optional>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"
#include "ohmloop/workload/layer_shape.hpp"

namespace ohmloop {

/// Reads the map below `shape:` of a layer file. Letters that are not given are 1; of H and E (W and F) one is enough.
std::optional<LayerShape> read_shape(const YamlNode& map, Diagnostics& diagnostics);

/// The same as a map in one line, letters of size 1 left out.
std::string to_yaml(const LayerShape& shape);

}  // namespace ohmloop
