#include "ohmloop/analog/code_histogram.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

CodeHistogram histogram_of(int bits, bool is_signed, const std::vector<float>& codes) {
  CodeHistogram histogram(bits, is_signed);
  histogram.observe(codes);
  return histogram;
}

TEST(CodeHistogram, counts_codes) {
  const CodeHistogram histogram = histogram_of(2, true, {-1, 1, 1, 0, std::numeric_limits<float>::quiet_NaN()});
  EXPECT_EQ(histogram.lowest_code(), -1);
  EXPECT_EQ(std::vector<std::uint64_t>(histogram.counts().begin(), histogram.counts().end()),
            (std::vector<std::uint64_t>{1, 1, 2}));
  EXPECT_EQ(histogram.not_a_number(), 1U);
  CodeHistogram of_integers(2, true);
  of_integers.observe(std::vector<std::int16_t>{-1, 1, 1, 0});
  EXPECT_EQ(of_integers.counts()[2], 2U);
  EXPECT_THROW(histogram_of(2, true, {2}), InternalError);
  EXPECT_THROW(histogram_of(2, false, {-1}), InternalError);
}

TEST(CodeHistogram, merges_in_any_order) {
  CodeHistogram one = histogram_of(3, false, {1, 2, 7});
  CodeHistogram two = histogram_of(3, false, {0, 2});
  const CodeHistogram both = histogram_of(3, false, {1, 2, 7, 0, 2});
  const CodeHistogram first = one;
  one.merge(two);
  EXPECT_EQ(one, both);
  two.merge(first);
  EXPECT_EQ(two, both);
  EXPECT_THROW(one.merge(CodeHistogram(4, false)), InternalError);
}

TEST(Encode, follows_the_encodings) {
  EXPECT_EQ(encode(-3, 4, true, CodeEncoding::offset), 5U);
  EXPECT_EQ(encode(7, 4, true, CodeEncoding::offset), 15U);
  EXPECT_EQ(encode(-3, 4, true, CodeEncoding::twos_complement), 13U);
  EXPECT_EQ(encode(-3, 4, true, CodeEncoding::positive_part), 0U);
  EXPECT_EQ(encode(-3, 4, true, CodeEncoding::negative_part), 3U);
  EXPECT_EQ(encode(-1, 1, true, CodeEncoding::offset), 0U);
  EXPECT_EQ(encode(1, 1, true, CodeEncoding::twos_complement), 1U);
  EXPECT_EQ(encode(9, 4, false, CodeEncoding::unsigned_binary), 9U);
  EXPECT_EQ(encoded_bits(4, true, CodeEncoding::offset), 4);
  EXPECT_EQ(encoded_bits(4, true, CodeEncoding::positive_part), 3);
  EXPECT_EQ(encoded_bits(1, true, CodeEncoding::negative_part), 1);
  EXPECT_THROW(encode(-3, 4, true, CodeEncoding::unsigned_binary), InternalError);
  EXPECT_THROW(encode(3, 4, false, CodeEncoding::offset), InternalError);
}

TEST(SliceStatistics, are_those_of_the_digits) {
  // 0b01101, 0b10110, 0b00111 in slices of 2 bits: digits 1 3 0, 2 1 1, 3 1 0.
  const auto slices = slice_statistics(histogram_of(5, false, {13, 22, 7}), CodeEncoding::unsigned_binary, 2);
  ASSERT_EQ(slices.size(), 3U);
  EXPECT_EQ(slices[0].counts, (std::vector<std::uint64_t>{0, 1, 1, 1}));
  EXPECT_EQ(slices[1].counts, (std::vector<std::uint64_t>{0, 2, 0, 1}));
  EXPECT_EQ(slices[2].counts, (std::vector<std::uint64_t>{2, 1}));
  EXPECT_EQ(slices[2].slice, (DigitSlice{4, 1}));
  EXPECT_DOUBLE_EQ(slices[0].mean, 6.0 / 9);
  EXPECT_DOUBLE_EQ(slices[0].mean_square, 14.0 / 27);
  EXPECT_DOUBLE_EQ(slices[2].mean, 1.0 / 9);  // of the 3 that a whole slice could hold
}

TEST(SliceStatistics, are_zero_without_codes) {
  const auto slices = slice_statistics(CodeHistogram(8, true), CodeEncoding::offset, 8);
  ASSERT_EQ(slices.size(), 1U);
  EXPECT_EQ(slices[0].mean, 0.0);
}

CodeHistogram any_signed_codes(int bits) {
  const int largest = largest_code(bits, true);
  auto codes = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-largest, largest + 1)));
  for (int& code : codes) code = bits == 1 && code == 0 ? 1 : code;
  return histogram_of(bits, true, {codes.begin(), codes.end()});
}

double mean_code(const CodeHistogram& histogram) {
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < histogram.counts().size(); ++i) {
    const auto times = static_cast<double>(histogram.counts()[i]);
    sum += times * static_cast<double>(histogram.lowest_code() + static_cast<std::int32_t>(i));
    count += times;
  }
  return sum / count;
}

/// Mean of the encoded codes, put together again from the means of their slices.
double mean_of_slices(const CodeHistogram& codes, CodeEncoding encoding, int slice_bits) {
  double mean = 0;
  for (const SliceStatistics& slice : slice_statistics(codes, encoding, slice_bits)) {
    mean += std::ldexp(slice.mean * ((1 << slice_bits) - 1), slice.slice.first_bit);
  }
  return mean;
}

RC_GTEST_PROP(SliceStatisticsProperty, make_up_the_codes, ()) {
  const int bits = *rc::gen::inRange(2, 17);
  const int slice_bits = *rc::gen::inRange(1, 9);
  const CodeHistogram codes = any_signed_codes(bits);
  const double mean = mean_code(codes);
  const double tolerance = std::ldexp(1e-12, bits);
  RC_ASSERT(std::abs(mean_of_slices(codes, CodeEncoding::offset, slice_bits) - mean - std::ldexp(1.0, bits - 1)) <
            tolerance);
  RC_ASSERT(std::abs(mean_of_slices(codes, CodeEncoding::positive_part, slice_bits) -
                     mean_of_slices(codes, CodeEncoding::negative_part, slice_bits) - mean) < tolerance);
  // The upper bit of the two's complement counts negative.
  const double negative = slice_statistics(codes, CodeEncoding::twos_complement, 1).back().mean;
  RC_ASSERT(std::abs(mean_of_slices(codes, CodeEncoding::twos_complement, slice_bits) - std::ldexp(negative, bits) -
                     mean) < tolerance);
}

}  // namespace
}  // namespace ohmloop
