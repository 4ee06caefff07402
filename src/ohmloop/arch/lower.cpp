#include "ohmloop/arch/lower.hpp"

#include <array>

#include <fmt/format.h>

#include "ohmloop/arch/architecture.hpp"

namespace ohmloop {
namespace {

SliceParameters slice_parameters(const OperandBits& bits, const ArraySlicing& array) {
  SliceParameters slices;
  slices.weight_slices = static_cast<int>(array.weight_slices(bits.weight));
  slices.input_slices = static_cast<int>(array.input_slices(bits.input));
  slices.weight_slice_bits = array.bits_per_cell;
  slices.input_slice_bits = array.input_slice_bits;
  slices.output_bits = bits.output;
  return slices;
}

}  // namespace

Einsum lower(const std::string& name, const LayerShape& shape, const Architecture& architecture) {
  if (!architecture.array) return conv_einsum(name, shape, architecture.bits);
  return array_einsum(name, shape, slice_parameters(architecture.bits, *architecture.array));
}

Einsum lower(const Layer& layer, const Architecture& architecture, const SourceSpan& where) {
  if (const auto* shape = std::get_if<LayerShape>(&layer.form)) return lower(layer.name, *shape, architecture);
  const EinsumLayer& given = std::get<EinsumLayer>(layer.form);
  if (architecture.array) {
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("'{}' has an !Array, which slices and flattens shapes: '{}' has none",
                                            architecture.name, layer.name),
                                where,
                                "give its 'shape' instead of 'ranks' and 'tensors'",
                                {}});
  }
  Einsum einsum = given.einsum;
  const std::array<int, 3> widths = {architecture.bits.input, architecture.bits.weight, architecture.bits.output};
  for (const Role role : all_roles) {
    if (!given.states_bits[role_index(role)]) einsum.tensor(role).bits = widths[role_index(role)];
  }
  return einsum;
}

}  // namespace ohmloop
