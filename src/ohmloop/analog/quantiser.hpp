#pragma once

#include <cstdint>
#include <span>

namespace ohmloop {

inline constexpr int most_quantised_bits = 16;

/// Whole codes with a common scale: value = code * scale, zero point 0. Codes of b bits are
///     unsigned:          0 ... 2^b - 1
///     signed, b >= 2:    -(2^(b-1) - 1) ... 2^(b-1) - 1; symmetric, so 2 bits mean -1, 0, 1
///     signed, b = 1:     -1 for values below 0, 1 for all others
struct Quantiser {
  int bits = 8;           ///< 1 to 16
  bool is_signed = true;  ///< the codes, not whether values below 0 occur: unsigned codes cut those to 0
  float scale = 1;        ///< a normal number above 0
};

/// The largest code of that many bits; the smallest is its negative, or 0 if unsigned.
std::int32_t largest_code(int bits, bool is_signed);

/// The nearest scale that a quantiser can have: float32, not below its smallest normal number, and small enough that
/// the largest code stands for a finite value.
float normal_scale(double scale, std::int32_t largest_code);

/// code = value / scale, cut to the range of codes and rounded to the nearest whole number, ties to even (a code of 0
/// is +0). All of it in float32, where both steps are exact to the last bit on every processor. NaN stays NaN. As many
/// codes as values, which they may replace.
void quantise(std::span<const float> values, const Quantiser& quantiser, std::span<float> codes);

/// Each value becomes code * scale. In layouts that fill blocks with zeros, signed codes of 1 bit turn these into the
/// scale: pass only values that exist then (for_each_run of activation_layout.hpp).
void quantise_dequantise(std::span<float> values, const Quantiser& quantiser);

}  // namespace ohmloop
