#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace ohmloop {

/// The distribution of values: weights or activations of a layer, for ranges of quantisers and for reports. It holds
/// whole numbers only, so that it is the same whatever the order of values, batches, threads and merges.
///
/// The magnitudes of each sign fall in bins, 128 to an octave: a bin is [2^e (1 + k/128), 2^e (1 + (k+1)/128)), so what
/// is read off bins is off by less than 1/128 of the value. Zeros have a count of their own. For each bin the sums of
/// the mantissas' lower bits and of their squares are kept, too: means are good to 1e-15, mean squares to 4e-12.
///
/// Holds up to 2^40 values; more throw OverflowError.
class ValueHistogram {
 public:
  static constexpr int bins_per_octave = 128;

  /// Values of one bin; `lower` and `upper` bound the magnitude.
  struct Bin {
    bool negative = false;
    double lower = 0;
    double upper = 0;
    std::uint64_t count = 0;
  };

  void observe(std::span<const float> values);
  void merge(const ValueHistogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }  ///< of all finite values, zeros included
  [[nodiscard]] std::uint64_t zeros() const { return zeros_; }
  /// Infinite or NaN: counted here and nowhere else.
  [[nodiscard]] std::uint64_t not_finite() const { return not_finite_; }

  // Of all finite values; 0 if there are none.
  [[nodiscard]] float lowest() const { return count_ == 0 ? 0 : lowest_; }
  [[nodiscard]] float highest() const { return count_ == 0 ? 0 : highest_; }
  [[nodiscard]] double largest_magnitude() const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double mean_magnitude() const;
  [[nodiscard]] double mean_square() const;
  [[nodiscard]] double standard_deviation() const;  ///< of these values, not an estimate for others
  [[nodiscard]] double share_of_zeros() const;

  /// The magnitude that `share` (0 to 1) of all values do not exceed, zeros included: from the exact value up to 1/128
  /// above it, and not above the largest.
  [[nodiscard]] double magnitude_at(double share) const;

  /// Bins that hold values, without the zeros, in ascending order of the values; `per_octave` (a power of two up to
  /// 128) joins neighbours.
  [[nodiscard]] std::vector<Bin> bins(int per_octave = bins_per_octave) const;

  friend bool operator==(const ValueHistogram&, const ValueHistogram&) = default;

 private:
  /// Values whose bits differ in the lowest 16 only.
  struct Slot {
    std::uint64_t count = 0;
    std::uint64_t rest_sum = 0;         ///< of the lowest 16 bits
    std::uint64_t rest_square_sum = 0;  ///< of their squares / 256, rounded down so that 2^40 of them fit
    friend bool operator==(const Slot&, const Slot&) = default;
  };
  /// The magnitudes of one sign: slot i stands for the upper bits first + i.
  struct Side {
    std::uint32_t first = 0;
    std::vector<Slot> slots;
    Slot& slot(std::uint32_t upper_bits);
    friend bool operator==(const Side&, const Side&) = default;
  };
  struct Moments {
    double sum = 0;
    double square_sum = 0;
  };
  [[nodiscard]] static Moments moments(const Side& side);
  void check_count() const;
  void observe_others(std::span<const float> values);  ///< none of them 0

  std::array<Side, 2> sides_;  ///< above and below zero
  std::uint64_t count_ = 0;
  std::uint64_t zeros_ = 0;
  std::uint64_t not_finite_ = 0;
  float lowest_ = std::numeric_limits<float>::infinity();
  float highest_ = -std::numeric_limits<float>::infinity();
};

}  // namespace ohmloop
