#include "ohmloop/workload/layer_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/yaml_name.hpp"
#include "ohmloop/workload/projection.hpp"
#include "ohmloop/workload/read_einsum.hpp"
#include "ohmloop/workload/read_shape.hpp"

namespace ohmloop {
namespace {

std::string axis_text(const Axis& axis, const std::vector<Rank>& ranks) {
  const Projection projection{axis.terms, axis.offset};
  const std::string position = to_text(projection, ranks);
  const bool usual_size = axis.offset >= 0 && axis.size == largest_position(projection, ranks) + 1;
  if (axis.name == default_axis_name(projection, ranks) && usual_size) return yaml_name(position);
  return fmt::format("{{name: {}, position: {}, size: {}}}", yaml_name(axis.name), yaml_name(position), axis.size);
}

std::string axes_text(const std::vector<Axis>& axes, const std::vector<Rank>& ranks) {
  std::string text;
  for (const Axis& axis : axes) text += (text.empty() ? "" : ", ") + axis_text(axis, ranks);
  return "[" + text + "]";
}

std::string einsum_text(const EinsumLayer& layer) {
  const Einsum& einsum = layer.einsum;
  std::string text = "  ranks: {";
  for (const Rank& rank : einsum.ranks) {
    text += fmt::format("{}{}: {}", &rank == &einsum.ranks.front() ? "" : ", ", yaml_name(rank.name), rank.size);
  }
  text += "}\n  tensors:\n";
  for (const Tensor& tensor : einsum.tensors) {
    text += fmt::format("  - {{name: {}, role: {}, axes: {}", yaml_name(tensor.name), to_string(tensor.role),
                        axes_text(tensor.axes, einsum.ranks));
    if (!tensor.window_axes.empty()) text += ", window_axes: " + axes_text(tensor.window_axes, einsum.ranks);
    if (layer.states_bits[static_cast<std::size_t>(tensor.role)]) text += fmt::format(", bits: {}", tensor.bits);
    text += "}\n";
  }
  if (einsum.weight_is_activation) text += "  weight_is_activation: true\n";
  return text;
}

/// True if every total of the layer fits into 64 bits.
bool countable(const Layer& layer, const SourceSpan& where, Diagnostics& diagnostics) {
  try {
    if (const auto* shape = std::get_if<LayerShape>(&layer.form)) {
      static_cast<void>(shape->macs());
      static_cast<void>(shape->input_activations());
      return true;
    }
    const Einsum& einsum = std::get<EinsumLayer>(layer.form).einsum;
    static_cast<void>(einsum.points());
    for (const Tensor& tensor : einsum.tensors) static_cast<void>(tensor.elements());
    return true;
  } catch (const OverflowError& error) {
    diagnostics.error(fmt::format("the layer is too large: {}", error.what()), where,
                      "its points and elements must fit into 64 bits");
    return false;
  }
}

}  // namespace

std::optional<Layer> read_layer(const YamlNode& layer, const std::string& default_name, Diagnostics& diagnostics) {
  EmptyScope scope;
  MapReader keys(layer, "the layer", scope, diagnostics);
  if (!layer.is_map()) return std::nullopt;
  Layer result;
  result.name = keys.text("name").value_or(default_name);
  const YamlNode* shape = keys.node("shape");
  const bool has_ranks = keys.has("ranks") || keys.has("tensors");
  if (shape != nullptr && has_ranks) {
    diagnostics.error("the layer has a shape, and ranks and tensors as well", keys.key_span("shape"),
                      "keep one of the two");
    return std::nullopt;
  }
  if (shape == nullptr && !has_ranks) {
    diagnostics.error("the layer needs the key 'shape', or 'ranks' and 'tensors'", layer.span, {},
                      {"as in shape: {M: 64, C: 3, H: 224, W: 224, R: 7, S: 7, stride: 2, pad: 3}"});
    keys.finish();
    return std::nullopt;
  }
  if (shape != nullptr) {
    keys.finish();
    std::optional<LayerShape> read = read_shape(*shape, diagnostics);
    if (!read) return std::nullopt;
    result.form = *read;
  } else {
    std::optional<EinsumLayer> read = read_einsum(keys, result.name, diagnostics);
    keys.finish();
    if (!read) return std::nullopt;
    result.form = *std::move(read);
  }
  if (diagnostics.has_errors() || !countable(result, layer.span, diagnostics)) return std::nullopt;
  return result;
}

std::string to_yaml(const Layer& layer) {
  const std::string head = fmt::format("layer:\n  name: {}\n", yaml_name(layer.name));
  if (const auto* shape = std::get_if<LayerShape>(&layer.form)) return head + "  shape: " + to_yaml(*shape) + "\n";
  return head + einsum_text(std::get<EinsumLayer>(layer.form));
}

}  // namespace ohmloop
