#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ohmloop {

/// Some consecutive bits of codes: digit = sign(code) * (|code| / 2^first_bit mod 2^bits), so that a code is the sum of
/// digit * 2^first_bit over slices that cover its bits.
struct DigitSlice {
  int first_bit = 0;
  int bits = 1;

  friend bool operator==(const DigitSlice&, const DigitSlice&) = default;
};

/// Slices of at most `slice_bits` that cover `bits`, from the lowest on; as equal as can be, the lower ones not
/// smaller.
std::vector<DigitSlice> slices_of(int bits, int slice_bits);

/// Bits of the magnitude of a code, of which |code| <= largest_code.
int magnitude_bits(std::int32_t largest_code);

/// As many digits as codes, which they may replace. Codes are whole numbers of magnitude < 2^16.
void take_digits(std::span<const float> codes, const DigitSlice& slice, std::span<float> digits);

/// The digit of one code.
std::int32_t digit_of(std::int32_t code, const DigitSlice& slice);

}  // namespace ohmloop
