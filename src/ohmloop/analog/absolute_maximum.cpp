#include "ohmloop/analog/absolute_maximum.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ohmloop/analog/absolute_maximum.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ohmloop::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The largest of the values' bits without the sign: magnitudes are ordered like them, and NaN stands above infinity.
std::int32_t largest_magnitude_bits(std::span<const float> values) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> integers;
  constexpr std::int32_t magnitude = 0x7fffffff;
  const auto mask = hn::Set(integers, magnitude);
  const std::size_t lanes = hn::Lanes(d);
  const auto bits_at = [&](std::size_t i)
                           HWY_ATTR { return hn::And(hn::BitCast(integers, hn::LoadU(d, values.data() + i)), mask); };
  // Four maxima, as each comparison waits for the one before.
  auto largest0 = hn::Zero(integers);
  auto largest1 = largest0;
  auto largest2 = largest0;
  auto largest3 = largest0;
  std::size_t i = 0;
  for (; i + 4 * lanes <= values.size(); i += 4 * lanes) {
    largest0 = hn::Max(largest0, bits_at(i));
    largest1 = hn::Max(largest1, bits_at(i + lanes));
    largest2 = hn::Max(largest2, bits_at(i + 2 * lanes));
    largest3 = hn::Max(largest3, bits_at(i + 3 * lanes));
  }
  const auto all = hn::Max(hn::Max(largest0, largest1), hn::Max(largest2, largest3));
  std::int32_t result = hn::GetLane(hn::MaxOfLanes(integers, all));
  for (; i < values.size(); ++i) result = std::max(result, std::bit_cast<std::int32_t>(values[i]) & magnitude);
  return result;
}

}  // namespace ohmloop::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ohmloop {
namespace {

HWY_EXPORT(largest_magnitude_bits);

}  // namespace

float absolute_maximum(std::span<const float> values) {
  return std::bit_cast<float>(HWY_DYNAMIC_DISPATCH(largest_magnitude_bits)(values));
}

}  // namespace ohmloop
#endif
