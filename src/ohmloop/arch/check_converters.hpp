#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Checks an array's converters, takes the bits of an input slice from its DAC, and warns of an ADC that loses bits and
/// of converters that no value passes.
void check_converters(Architecture& architecture, Diagnostics& diagnostics);

/// Bits that an ADC needs for the largest sum of a column: rows x (2^cell - 1) x (2^input - 1), and for zero.
int partial_sum_bits(std::int64_t rows, int bits_per_cell, int input_slice_bits);

}  // namespace ohmloop
