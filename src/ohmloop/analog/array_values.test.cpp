#include "ohmloop/analog/array_values.hpp"

#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

Architecture array_of(int input_bits, int weight_bits, int cell_bits, int dac_bits) {
  Architecture architecture;
  architecture.bits = {input_bits, weight_bits, 32};
  architecture.array = ArraySlicing{};
  architecture.array->bits_per_cell = cell_bits;
  architecture.array->input_slice_bits = dac_bits;
  return architecture;
}

CodeHistogram histogram(int bits, bool is_signed, const std::vector<std::int16_t>& codes) {
  CodeHistogram result(bits, is_signed);
  result.observe(codes);
  return result;
}

/// Every digit of every stored number, one after the other.
struct BruteForce {
  double sum = 0;
  double squares = 0;
  double slices = 0;

  BruteForce(const std::vector<std::uint32_t>& stored, int bits, int slice_bits) {
    const double full = static_cast<double>((1U << static_cast<unsigned>(slice_bits)) - 1);
    for (int first = 0; first < bits; first += slice_bits) {
      const int width = std::min(slice_bits, bits - first);
      for (const std::uint32_t number : stored) {
        const std::uint32_t digit = number >> static_cast<unsigned>(first) & ((1U << static_cast<unsigned>(width)) - 1);
        sum += digit / full;
        squares += digit / full * (digit / full);
      }
      slices += static_cast<double>(stored.size());
    }
  }
  [[nodiscard]] double mean() const { return sum / slices; }
  [[nodiscard]] double mean_square() const { return squares / slices; }
};

std::vector<std::int16_t> codes_of(int bits, bool is_signed, std::size_t count) {
  const std::int32_t most = largest_code(bits, is_signed);
  std::vector<std::int16_t> codes;
  for (std::size_t i = 0; i < count; ++i) {
    codes.push_back(static_cast<std::int16_t>(*rc::gen::inRange(is_signed ? -most : 0, most + 1)));
  }
  return codes;
}

RC_GTEST_PROP(ArrayValues, WeightsAreTheMeanOverEveryStorageElement, ()) {
  const int bits = *rc::gen::inRange(2, 13);
  const int cell = *rc::gen::inRange(1, 5);
  const auto encoding =
      *rc::gen::element(WeightEncoding::offset, WeightEncoding::twos_complement, WeightEncoding::unsigned_binary);
  Architecture architecture = array_of(8, bits, cell, 1);
  architecture.array->weight_encoding = encoding;
  const int code_bits = weight_code_bits(architecture);
  RC_ASSERT(code_bits == bits + (encoding == WeightEncoding::unsigned_binary ? 1 : 0));
  const std::vector<std::int16_t> codes = codes_of(code_bits, true, 20);
  std::vector<std::uint32_t> stored;
  for (const int code : codes) {
    if (encoding == WeightEncoding::offset) stored.push_back(static_cast<std::uint32_t>(code + (1 << (bits - 1))));
    if (encoding == WeightEncoding::twos_complement) {
      stored.push_back(static_cast<std::uint32_t>(code < 0 ? code + (1 << bits) : code));
    }
    if (encoding == WeightEncoding::unsigned_binary) stored.push_back(static_cast<std::uint32_t>(std::max(code, 0)));
  }
  const BruteForce expected(stored, bits, cell);
  const DigitMoments got = weight_moments(histogram(code_bits, true, codes), architecture);
  RC_ASSERT(std::abs(got.mean - expected.mean()) < 1e-12);
  RC_ASSERT(std::abs(got.mean_square - expected.mean_square()) < 1e-12);
}

RC_GTEST_PROP(ArrayValues, InputsAreTheMeanOverEveryStepOfTheConverters, ()) {
  const int bits = *rc::gen::inRange(2, 13);
  const int dac = *rc::gen::inRange(1, 5);
  const bool signed_codes = *rc::gen::arbitrary<bool>();
  const bool signed_array = *rc::gen::arbitrary<bool>();
  Architecture architecture = array_of(bits, 8, 1, dac);
  if (signed_array) architecture.array->input_encoding = InputEncoding::signed_binary;
  const std::vector<std::int16_t> codes = codes_of(bits, signed_codes, 20);
  std::vector<std::uint32_t> pulses;
  for (const int code : codes) {
    int number = code;
    if (signed_codes && signed_array && code < 0) number += 1 << bits;
    if (signed_codes && !signed_array) number += 1 << (bits - 1);
    if (!signed_codes && signed_array) number /= 2;
    pulses.push_back(static_cast<std::uint32_t>(number));
  }
  const BruteForce expected(pulses, bits, dac);
  const LayerMoments got = input_values(histogram(bits, signed_codes, codes), architecture);
  RC_ASSERT(got.inputs.has_value());
  RC_ASSERT(std::abs(got.inputs->mean - expected.mean()) < 1e-12);
  RC_ASSERT(std::abs(got.inputs->mean_square - expected.mean_square()) < 1e-12);

  // Two inputs that know nothing of each other, over all pairs.
  double changes = 0;
  for (const std::uint32_t a : pulses) {
    for (const std::uint32_t b : pulses) changes += __builtin_popcount(a ^ b);
  }
  const double pairs = static_cast<double>(pulses.size() * pulses.size());
  RC_ASSERT(std::abs(got.input_toggling.value_or(-1) - changes / pairs / bits) < 1e-12);
}

TEST(ArrayValues, EqualCodesHalfOfThemOnes) {
  CodeHistogram all(8, false);
  std::vector<std::int16_t> codes(256);
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<std::int16_t>(i);
  all.observe(codes);
  const LayerMoments values = input_values(all, array_of(8, 8, 2, 1));
  EXPECT_DOUBLE_EQ(values.inputs->mean, 0.5);
  EXPECT_DOUBLE_EQ(values.inputs->mean_square, 0.5);
  EXPECT_DOUBLE_EQ(values.input_toggling.value_or(0), 0.5);
}

TEST(ArrayValues, RefuseCodesOfOtherBits) {
  EXPECT_THROW(weight_moments(CodeHistogram(7, true), array_of(8, 8, 2, 1)), InternalError);
  EXPECT_THROW(input_values(CodeHistogram(7, false), array_of(8, 8, 2, 1)), InternalError);
}

}  // namespace
}  // namespace ohmloop
