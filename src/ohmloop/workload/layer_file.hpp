#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"
#include "ohmloop/workload/einsum.hpp"
#include "ohmloop/workload/layer_shape.hpp"

namespace ohmloop {

/// A layer that is written as ranks and projections. `states_bits` says which tensors give the width of their elements;
/// the others take the architecture's.
struct EinsumLayer {
  Einsum einsum;
  std::array<bool, 3> states_bits = {};

  friend bool operator==(const EinsumLayer&, const EinsumLayer&) = default;
};

/// One layer as a file describes it.
struct Layer {
  std::string name;
  std::variant<LayerShape, EinsumLayer> form;

  friend bool operator==(const Layer&, const Layer&) = default;
};

/// Reads the map below `layer:` (docs/model.md): a `shape:` in the letters of LayerShape, or `ranks:` and `tensors:`.
/// Everything that is wrong goes to `diagnostics` with its place; nothing is returned if there are errors in it.
/// `default_name` is the name of a layer that gives none.
std::optional<Layer> read_layer(const YamlNode& layer, const std::string& default_name, Diagnostics& diagnostics);

/// A file with this layer, which read_layer reads back to the same value.
std::string to_yaml(const Layer& layer);

}  // namespace ohmloop
