#include "ohmloop/analog/quantiser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ohmloop/base/check.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ohmloop/analog/quantiser.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace ohmloop::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Rounds a value of less than 2^22 to the nearest whole number, ties to even, and never to -0: at this size, float32
/// has no fractions.
inline constexpr float rounder = 12582912.0F;  // 1.5 * 2^23

/// Codes in the range of `lowest` to `highest`.
class UniformCoder {
 public:
  UniformCoder(float scale, float lowest, float highest) : scale_(scale), lowest_(lowest), highest_(highest) {}

  template <class D>
  HWY_INLINE hn::Vec<D> code(D d, hn::Vec<D> value) const {
    const auto lowest = hn::Set(d, lowest_);
    const auto highest = hn::Set(d, highest_);
    const auto shift = hn::Set(d, rounder);
    const auto ratio = hn::Div(value, hn::Set(d, scale_));
    // Not Max and Min, which treat NaN differently from processor to processor.
    const auto raised = hn::IfThenElse(hn::Lt(ratio, lowest), lowest, ratio);
    return hn::Sub(hn::Add(hn::IfThenElse(hn::Lt(highest, raised), highest, raised), shift), shift);
  }

 private:
  float scale_, lowest_, highest_;
};

/// -1 and 1.
class SignCoder {
 public:
  template <class D>
  HWY_INLINE hn::Vec<D> code(D d, hn::Vec<D> value) const {
    const auto zero = hn::Zero(d);
    const auto one = hn::Set(d, 1.0F);
    const auto not_negative = hn::IfThenElse(hn::Ge(value, zero), one, value);
    return hn::IfThenElse(hn::Lt(value, zero), hn::Neg(one), not_negative);
  }
};

/// results[i] = code of values[i] * factor; `results` may be `values`.
template <class Coder>
HWY_INLINE void encode(const Coder& coder, std::span<const float> values, float factor, float* results) {
  const hn::ScalableTag<float> d;
  const hn::CappedTag<float, 1> one;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= values.size(); i += hn::Lanes(d)) {
    const auto code = coder.code(d, hn::LoadU(d, values.data() + i));
    hn::StoreU(hn::Mul(code, hn::Set(d, factor)), d, results + i);
  }
  for (; i < values.size(); ++i) {
    const auto code = coder.code(one, hn::LoadU(one, values.data() + i));
    hn::StoreU(hn::Mul(code, hn::Set(one, factor)), one, results + i);
  }
}

void encode_values(std::span<const float> values, const Quantiser& quantiser, float factor, float* results) {
  const auto highest = static_cast<float>(largest_code(quantiser.bits, quantiser.is_signed));
  if (quantiser.is_signed && quantiser.bits == 1) {
    encode(SignCoder(), values, factor, results);
  } else {
    encode(UniformCoder(quantiser.scale, quantiser.is_signed ? -highest : 0.0F, highest), values, factor, results);
  }
}

}  // namespace ohmloop::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ohmloop {
namespace {

HWY_EXPORT(encode_values);

void check_quantiser(const Quantiser& quantiser) {
  OHM_CHECK(quantiser.scale >= std::numeric_limits<float>::min(), "a scale is a normal number above 0");
}

}  // namespace

std::int32_t largest_code(int bits, bool is_signed) {
  OHM_CHECK(bits >= 1 && bits <= most_quantised_bits, "1 to 16 bits");
  if (is_signed && bits == 1) return 1;
  return (std::int32_t{1} << (is_signed ? bits - 1 : bits)) - 1;
}

float normal_scale(double scale, std::int32_t largest_code) {
  const auto code = static_cast<float>(largest_code);
  float highest = std::numeric_limits<float>::max() / code;
  if (!std::isfinite(highest * code)) highest = std::nextafter(highest, 0.0F);
  constexpr double lowest = std::numeric_limits<float>::min();
  return static_cast<float>(std::clamp(scale, lowest, static_cast<double>(highest)));
}

void quantise(std::span<const float> values, const Quantiser& quantiser, std::span<float> codes) {
  check_quantiser(quantiser);
  OHM_CHECK(values.size() == codes.size(), "as many codes as values");
  HWY_DYNAMIC_DISPATCH(encode_values)(values, quantiser, 1.0F, codes.data());
}

void quantise_dequantise(std::span<float> values, const Quantiser& quantiser) {
  check_quantiser(quantiser);
  HWY_DYNAMIC_DISPATCH(encode_values)(values, quantiser, quantiser.scale, values.data());
}

}  // namespace ohmloop
#endif
