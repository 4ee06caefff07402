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

}  // namespace

Einsum lower(const std::string& name, const LayerShape& shape, const Architecture& architecture) {
  if (!architecture.array) return conv_einsum(name, shape, architecture.bits);
  return array_einsum(name, shape, slice_parameters(architecture.bits, *architecture.array));
}

}  // namespace ohmloop
