#include "ohmloop/analog/digit_slices.hpp"

#include <bit>
#include <cstdlib>

#include "ohmloop/base/check.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ohmloop/analog/digit_slices.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ohmloop::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_INLINE void take_vector(D d, const float* code, std::int32_t shift, std::int32_t mask, float* digit) {
  const hn::RebindToSigned<D> integers;
  const auto value = hn::LoadU(d, code);
  const auto magnitude = hn::ConvertTo(integers, hn::Abs(value));
  const auto digits = hn::And(hn::ShiftRightSame(magnitude, shift), hn::Set(integers, mask));
  hn::StoreU(hn::CopySignToAbs(hn::ConvertTo(d, digits), value), d, digit);
}

void take_all(std::span<const float> codes, std::int32_t shift, std::int32_t mask, float* digits) {
  const hn::ScalableTag<float> d;
  const hn::CappedTag<float, 1> one;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= codes.size(); i += hn::Lanes(d)) {
    take_vector(d, codes.data() + i, shift, mask, digits + i);
  }
  for (; i < codes.size(); ++i) take_vector(one, codes.data() + i, shift, mask, digits + i);
}

}  // namespace ohmloop::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ohmloop {
namespace {

HWY_EXPORT(take_all);

std::int32_t mask_of(const DigitSlice& slice) { return (std::int32_t{1} << slice.bits) - 1; }

}  // namespace

std::vector<DigitSlice> slices_of(int bits, int slice_bits) {
  OHM_CHECK(bits >= 1 && slice_bits >= 1, "slices of at least one bit");
  const int count = (bits + slice_bits - 1) / slice_bits;
  std::vector<DigitSlice> slices;
  for (int i = 0, first = 0; i < count; ++i) {
    const int left = bits - first;
    const int width = (left + count - i - 1) / (count - i);
    slices.push_back({first, width});
    first += width;
  }
  return slices;
}

int magnitude_bits(std::int32_t largest_code) {
  return static_cast<int>(std::bit_width(static_cast<std::uint32_t>(largest_code)));
}

void take_digits(std::span<const float> codes, const DigitSlice& slice, std::span<float> digits) {
  OHM_CHECK(codes.size() == digits.size(), "as many digits as codes");
  HWY_DYNAMIC_DISPATCH(take_all)(codes, slice.first_bit, mask_of(slice), digits.data());
}

std::int32_t digit_of(std::int32_t code, const DigitSlice& slice) {
  const std::int32_t digit = std::abs(code) >> slice.first_bit & mask_of(slice);
  return code < 0 ? -digit : digit;
}

}  // namespace ohmloop
#endif
