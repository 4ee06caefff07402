#include "ohmloop/analog/array_values.hpp"

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

const ArraySlicing& array_of(const Architecture& architecture) {
  OHM_CHECK(architecture.array.has_value(), "values matter in arrays");
  return *architecture.array;
}

DigitMoments mean_of_slices(const std::vector<SliceStatistics>& slices) {
  DigitMoments sum;
  for (const SliceStatistics& slice : slices) {
    sum.mean += slice.mean;
    sum.mean_square += slice.mean_square;
  }
  const auto count = static_cast<double>(slices.size());
  return {sum.mean / count, sum.mean_square / count};
}

/// Mean of 2 p (1 - p) over all bits of all slices.
double toggling(const std::vector<SliceStatistics>& slices) {
  double sum = 0;
  double bits = 0;
  for (const SliceStatistics& slice : slices) {
    for (int bit = 0; bit < slice.slice.bits; ++bit) {
      double ones = 0;
      double all = 0;
      for (std::size_t digit = 0; digit < slice.counts.size(); ++digit) {
        const auto count = static_cast<double>(slice.counts[digit]);
        all += count;
        if ((digit >> static_cast<unsigned>(bit) & 1U) != 0) ones += count;
      }
      const double share = all > 0 ? ones / all : 0;
      sum += 2 * share * (1 - share);
      bits += 1;
    }
  }
  return sum / bits;
}

CodeEncoding weight_encoding(WeightEncoding encoding) {
  switch (encoding) {
    case WeightEncoding::offset:
      return CodeEncoding::offset;
    case WeightEncoding::twos_complement:
      return CodeEncoding::twos_complement;
    case WeightEncoding::unsigned_binary:
      return CodeEncoding::positive_part;
  }
  return CodeEncoding::offset;
}

/// Unsigned codes without their lowest bit, as signed codes of as many bits.
CodeHistogram without_lowest_bit(const CodeHistogram& codes) {
  std::vector<std::uint64_t> counts(CodeHistogram(codes.bits(), true).counts().size());
  const std::size_t zero = counts.size() / 2;
  for (std::size_t code = 0; code < codes.counts().size(); ++code) counts[zero + code / 2] += codes.counts()[code];
  return {codes.bits(), true, std::move(counts)};
}

std::vector<SliceStatistics> input_slices(const CodeHistogram& codes, const ArraySlicing& array) {
  const int slice = array.input_slice_bits;
  if (array.input_encoding == InputEncoding::unsigned_binary) {
    return slice_statistics(codes, codes.is_signed() ? CodeEncoding::offset : CodeEncoding::unsigned_binary, slice);
  }
  if (codes.is_signed()) return slice_statistics(codes, CodeEncoding::twos_complement, slice);
  return slice_statistics(without_lowest_bit(codes), CodeEncoding::twos_complement, slice);
}

}  // namespace

int weight_code_bits(const Architecture& architecture) {
  const bool is_unsigned = array_of(architecture).weight_encoding == WeightEncoding::unsigned_binary;
  return architecture.bits.weight + (is_unsigned ? 1 : 0);
}

DigitMoments weight_moments(const CodeHistogram& codes, const Architecture& architecture) {
  const ArraySlicing& array = array_of(architecture);
  OHM_CHECK(codes.is_signed() && codes.bits() == weight_code_bits(architecture), "codes that the array can store");
  return mean_of_slices(slice_statistics(codes, weight_encoding(array.weight_encoding), array.bits_per_cell));
}

LayerMoments input_values(const CodeHistogram& codes, const Architecture& architecture) {
  OHM_CHECK(codes.bits() == architecture.bits.input, "codes that the DACs can take");
  const std::vector<SliceStatistics> slices = input_slices(codes, array_of(architecture));
  LayerMoments values;
  values.inputs = mean_of_slices(slices);
  values.input_toggling = toggling(slices);
  return values;
}

}  // namespace ohmloop
