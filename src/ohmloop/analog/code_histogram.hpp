#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ohmloop/analog/digit_slices.hpp"

namespace ohmloop {

/// How often each code of a quantiser occurs. Whole numbers only: the same whatever the order of values and merges.
class CodeHistogram {
 public:
  CodeHistogram(int bits, bool is_signed);
  /// With one count per code, from the lowest on.
  CodeHistogram(int bits, bool is_signed, std::vector<std::uint64_t> counts);

  /// Codes as `quantise` and `quantise_weights` give them. NaN is counted apart.
  void observe(std::span<const float> codes);
  void observe(std::span<const std::int16_t> codes);
  void merge(const CodeHistogram& other);  ///< of the same bits and signedness

  [[nodiscard]] int bits() const { return bits_; }
  [[nodiscard]] bool is_signed() const { return is_signed_; }
  [[nodiscard]] std::int32_t lowest_code() const { return lowest_; }
  /// One count per code, from lowest_code() on.
  [[nodiscard]] std::span<const std::uint64_t> counts() const { return counts_; }
  [[nodiscard]] std::uint64_t not_a_number() const { return not_a_number_; }

  friend bool operator==(const CodeHistogram&, const CodeHistogram&) = default;

 private:
  void add(std::int32_t code, std::uint64_t times);

  int bits_;
  bool is_signed_;
  std::int32_t lowest_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t not_a_number_ = 0;
};

/// How a code stands in storage elements or input pulses, which know no sign.
enum class CodeEncoding {
  unsigned_binary,  ///< as it is; not for signed codes
  offset,           ///< of signed codes: code + 2^(bits-1); of 1-bit codes, -1 is 0 and 1 is 1
  twos_complement,  ///< of signed codes: bits of the two's complement; of 1-bit codes, -1 is 0 and 1 is 1
  positive_part,    ///< max(code, 0): one of the two elements of a differential pair
  negative_part     ///< max(-code, 0): the other
};

/// Bits that the encoded codes take: those of the code, or of its magnitude alone for the parts of a differential pair.
int encoded_bits(int bits, bool is_signed, CodeEncoding encoding);

/// The whole number >= 0 that stands for a code.
std::uint32_t encode(std::int32_t code, int bits, bool is_signed, CodeEncoding encoding);

/// Digits of one slice.
struct SliceStatistics {
  DigitSlice slice;
  std::vector<std::uint64_t> counts;  ///< per digit 0 ... 2^bits - 1

  // Of full scale, which is the largest digit of a whole slice, also for an upper slice that has fewer bits. 0 without
  // codes.
  double mean = 0;
  double mean_square = 0;
};

/// Statistics of the slices of encoded codes, from the lowest on, each of `slice_bits` (1 to 16) but the last, which
/// takes what is left: what a model of an array's energy takes as means of the inputs and of the stored values.
std::vector<SliceStatistics> slice_statistics(const CodeHistogram& codes, CodeEncoding encoding, int slice_bits);

}  // namespace ohmloop
