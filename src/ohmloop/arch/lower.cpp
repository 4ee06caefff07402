#include "ohmloop/arch/lower.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

SliceParameters slice_parameters(const OperandBits& bits, const ArraySlicing& array) {
  SliceParameters slices;
  slices.weight_slices = static_cast<int>(ceil_divide(bits.weight, array.bits_per_cell));
  slices.input_slices = static_cast<int>(ceil_divide(bits.input, array.input_slice_bits));
  slices.weight_slice_bits = array.bits_per_cell;
  slices.input_slice_bits = array.input_slice_bits;
  slices.output_bits = bits.output;
  return slices;
}

/// Blocks that fit on the diagonal of one array, at most.
std::int64_t most_blocks(const LayerShape& shape, const SliceParameters& slices, const ArraySlicing& array) {
  const std::int64_t block_rows = checked_multiply(checked_multiply(shape.C / shape.G, shape.R), shape.S);
  const std::int64_t block_columns = checked_multiply(shape.M / shape.G, slices.weight_slices);
  return std::min(array.rows / block_rows, array.columns / block_columns);
}

}  // namespace

std::vector<std::int64_t> block_choices(const LayerShape& shape, const Architecture& architecture) {
  std::vector<std::int64_t> choices = {1};
  if (!architecture.array || architecture.array->groups == GroupPlacement::apart) return choices;
  const ArraySlicing& array = *architecture.array;
  const std::int64_t most = std::min(most_blocks(shape, slice_parameters(architecture.bits, array), array), shape.G);
  for (std::int64_t blocks = 2; blocks <= most; ++blocks) {
    if (shape.G % blocks == 0) choices.push_back(blocks);
  }
  if (array.groups == GroupPlacement::block_diagonal) choices = {choices.back()};
  return choices;
}

Einsum lower(const std::string& name, const LayerShape& shape, const Architecture& architecture,
             std::optional<std::int64_t> blocks) {
  if (!architecture.array) return conv_einsum(name, shape, architecture.bits);
  SliceParameters slices = slice_parameters(architecture.bits, *architecture.array);
  const bool apart = architecture.array->groups != GroupPlacement::block_diagonal;
  slices.diagonal_blocks = blocks ? *blocks : apart ? 1 : block_choices(shape, architecture).back();
  return array_einsum(name, shape, slices);
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
