#include "ohmloop/analog/value_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::uint32_t magnitude_bits = 0x7fffffff;
constexpr std::uint32_t infinity_bits = 0x7f800000;
constexpr int rest_width = 16;
constexpr std::uint32_t rest_mask = (1U << rest_width) - 1;
constexpr int square_shift = 8;
constexpr std::uint64_t most_values = std::uint64_t{1} << 40;

/// The smallest magnitude with these upper bits.
double lower_edge(std::uint32_t upper_bits) {
  const std::uint32_t bits = upper_bits << rest_width;
  return bits == infinity_bits ? 0x1p128 : static_cast<double>(std::bit_cast<float>(bits));
}

/// What the last bit of a magnitude with these upper bits is worth.
double unit_of(std::uint32_t upper_bits) {
  const int exponent = static_cast<int>(upper_bits / ValueHistogram::bins_per_octave);
  return std::ldexp(1.0, std::max(exponent, 1) - 150);
}

}  // namespace

ValueHistogram::Slot& ValueHistogram::Side::slot(std::uint32_t upper_bits) {
  if (slots.empty()) first = upper_bits;
  if (upper_bits < first) {
    slots.insert(slots.begin(), first - upper_bits, Slot{});
    first = upper_bits;
  }
  if (upper_bits - first >= slots.size()) slots.resize(upper_bits - first + 1);
  return slots[upper_bits - first];
}

void ValueHistogram::check_count() const {
  if (count_ > most_values) {
    throw_overflow("+", static_cast<std::int64_t>(most_values), static_cast<std::int64_t>(count_ - most_values));
  }
}

void ValueHistogram::observe(std::span<const float> values) {
  count_ += values.size();
  check_count();
  // Half of a ReLU's outputs are zero, in no order that a processor could foresee: those are left out without a branch.
  std::array<float, 1024> others{};
  for (std::size_t begin = 0; begin < values.size(); begin += others.size()) {
    const auto part = values.subspan(begin, std::min(others.size(), values.size() - begin));
    std::size_t kept = 0;
    for (const float value : part) {
      others[kept] = value;
      kept += value != 0 ? 1 : 0;
    }
    observe_others(std::span(others).first(kept));
    zeros_ += part.size() - kept;
    if (kept < part.size()) {
      lowest_ = std::min(lowest_, 0.0F);
      highest_ = std::max(highest_, 0.0F);
    }
  }
}

void ValueHistogram::observe_others(std::span<const float> values) {
  std::uint64_t not_finite = 0;
  float lowest = lowest_;
  float highest = highest_;
  for (const float value : values) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t magnitude = bits & magnitude_bits;
    if (magnitude >= infinity_bits) {
      ++not_finite;
      continue;
    }
    Side& side = sides_[bits >> 31];
    const std::uint32_t index = (magnitude >> rest_width) - side.first;
    Slot& slot = index < side.slots.size() ? side.slots[index] : side.slot(magnitude >> rest_width);
    const std::uint64_t rest = magnitude & rest_mask;
    slot.count += 1;
    slot.rest_sum += rest;
    slot.rest_square_sum += rest * rest >> square_shift;
    lowest = std::min(lowest, value);
    highest = std::max(highest, value);
  }
  lowest_ = lowest;
  highest_ = highest;
  count_ -= not_finite;
  not_finite_ += not_finite;
}

void ValueHistogram::merge(const ValueHistogram& other) {
  count_ += other.count_;
  check_count();
  zeros_ += other.zeros_;
  not_finite_ += other.not_finite_;
  lowest_ = std::min(lowest_, other.lowest_);
  highest_ = std::max(highest_, other.highest_);
  for (std::size_t sign = 0; sign < sides_.size(); ++sign) {
    const Side& from = other.sides_.at(sign);
    for (std::size_t i = 0; i < from.slots.size(); ++i) {
      const Slot& added = from.slots[i];
      if (added.count == 0) continue;
      Slot& slot = sides_.at(sign).slot(from.first + static_cast<std::uint32_t>(i));
      slot.count += added.count;
      slot.rest_sum += added.rest_sum;
      slot.rest_square_sum += added.rest_square_sum;
    }
  }
}

double ValueHistogram::largest_magnitude() const {
  return std::max(std::abs(static_cast<double>(lowest())), std::abs(static_cast<double>(highest())));
}

ValueHistogram::Moments ValueHistogram::moments(const Side& side) {
  Moments result;
  for (std::size_t i = 0; i < side.slots.size(); ++i) {
    const std::uint32_t upper_bits = side.first + static_cast<std::uint32_t>(i);
    const double base = lower_edge(upper_bits);
    const double unit = unit_of(upper_bits);
    const auto count = static_cast<double>(side.slots[i].count);
    const double rest = unit * static_cast<double>(side.slots[i].rest_sum);
    const double rest_square =
        unit * unit * std::ldexp(static_cast<double>(side.slots[i].rest_square_sum), square_shift);
    result.sum += count * base + rest;
    result.square_sum += count * base * base + 2 * base * rest + rest_square;
  }
  return result;
}

double ValueHistogram::mean() const {
  if (count_ == 0) return 0;
  return (moments(sides_[0]).sum - moments(sides_[1]).sum) / static_cast<double>(count_);
}

double ValueHistogram::mean_magnitude() const {
  if (count_ == 0) return 0;
  return (moments(sides_[0]).sum + moments(sides_[1]).sum) / static_cast<double>(count_);
}

double ValueHistogram::mean_square() const {
  if (count_ == 0) return 0;
  return (moments(sides_[0]).square_sum + moments(sides_[1]).square_sum) / static_cast<double>(count_);
}

double ValueHistogram::standard_deviation() const {
  const double average = mean();
  return std::sqrt(std::max(0.0, mean_square() - average * average));
}

double ValueHistogram::share_of_zeros() const {
  return count_ == 0 ? 0 : static_cast<double>(zeros_) / static_cast<double>(count_);
}

double ValueHistogram::magnitude_at(double share) const {
  OHM_CHECK(share >= 0 && share <= 1, "a share is between 0 and 1");
  const double rank = std::ceil(share * static_cast<double>(count_));
  std::uint64_t below = zeros_;
  if (static_cast<double>(below) >= rank) return 0;
  for (std::uint32_t upper_bits = 0; upper_bits < infinity_bits >> rest_width; ++upper_bits) {
    for (const Side& side : sides_) {
      const std::uint32_t index = upper_bits - side.first;
      if (index < side.slots.size()) below += side.slots[index].count;
    }
    if (static_cast<double>(below) >= rank) return std::min(lower_edge(upper_bits + 1), largest_magnitude());
  }
  return largest_magnitude();
}

std::vector<ValueHistogram::Bin> ValueHistogram::bins(int per_octave) const {
  OHM_CHECK(per_octave > 0 && bins_per_octave % per_octave == 0, "a power of two up to 128");
  const auto joined = static_cast<std::uint32_t>(bins_per_octave / per_octave);
  std::vector<Bin> result;
  for (const bool negative : {true, false}) {
    const Side& side = sides_.at(negative ? 1 : 0);
    const auto begin = result.end() - result.begin();
    for (std::size_t i = 0; i < side.slots.size(); ++i) {
      if (side.slots[i].count == 0) continue;
      const std::uint32_t first = (side.first + static_cast<std::uint32_t>(i)) / joined * joined;
      const double lower = lower_edge(first);
      const bool same = static_cast<std::ptrdiff_t>(result.size()) > begin && result.back().lower == lower;
      if (!same) result.push_back({negative, lower, lower_edge(first + joined), 0});
      result.back().count += side.slots[i].count;
    }
    if (negative) std::reverse(result.begin() + begin, result.end());
  }
  return result;
}

}  // namespace ohmloop
