#include "ohmloop/analog/code_histogram.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {

CodeHistogram::CodeHistogram(int bits, bool is_signed)
    : bits_(bits), is_signed_(is_signed), lowest_(is_signed ? -largest_code(bits, true) : 0) {
  counts_.resize(static_cast<std::size_t>(largest_code(bits, is_signed) - lowest_) + 1);
}

CodeHistogram::CodeHistogram(int bits, bool is_signed, std::vector<std::uint64_t> counts)
    : CodeHistogram(bits, is_signed) {
  OHM_CHECK(counts.size() == counts_.size(), "one count per code");
  counts_ = std::move(counts);
}

void CodeHistogram::add(std::int32_t code, std::uint64_t times) {
  const auto index = static_cast<std::size_t>(std::int64_t{code} - lowest_);
  OHM_CHECK(index < counts_.size(), "codes of that many bits");
  counts_[index] += times;
}

void CodeHistogram::observe(std::span<const float> codes) {
  for (const float code : codes) {
    if (std::isnan(code)) {
      ++not_a_number_;
    } else {
      add(static_cast<std::int32_t>(code), 1);
    }
  }
}

void CodeHistogram::observe(std::span<const std::int16_t> codes) {
  for (const std::int16_t code : codes) add(code, 1);
}

void CodeHistogram::merge(const CodeHistogram& other) {
  OHM_CHECK(bits_ == other.bits_ && is_signed_ == other.is_signed_, "codes of the same kind");
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  not_a_number_ += other.not_a_number_;
}

int encoded_bits(int bits, bool is_signed, CodeEncoding encoding) {
  const bool of_a_pair = encoding == CodeEncoding::positive_part || encoding == CodeEncoding::negative_part;
  return of_a_pair ? magnitude_bits(largest_code(bits, is_signed)) : bits;
}

std::uint32_t encode(std::int32_t code, int bits, bool is_signed, CodeEncoding encoding) {
  const bool of_signed_codes = encoding == CodeEncoding::offset || encoding == CodeEncoding::twos_complement;
  OHM_CHECK(!of_signed_codes || is_signed, "unsigned codes need no encoding of a sign");
  const bool sign_alone = is_signed && bits == 1;
  switch (encoding) {
    case CodeEncoding::unsigned_binary:
      OHM_CHECK(!is_signed, "signed codes need an encoding of their sign");
      return static_cast<std::uint32_t>(code);
    case CodeEncoding::offset:
      if (sign_alone) return code > 0 ? 1 : 0;
      return static_cast<std::uint32_t>(code + (std::int32_t{1} << (bits - 1)));
    case CodeEncoding::twos_complement:
      if (sign_alone) return code > 0 ? 1 : 0;
      return static_cast<std::uint32_t>(code) & ((std::uint32_t{1} << bits) - 1);
    case CodeEncoding::positive_part:
      return static_cast<std::uint32_t>(std::max(code, 0));
    case CodeEncoding::negative_part:
      return static_cast<std::uint32_t>(std::max(-code, 0));
  }
  return 0;
}

std::vector<SliceStatistics> slice_statistics(const CodeHistogram& codes, CodeEncoding encoding, int slice_bits) {
  OHM_CHECK(slice_bits >= 1 && slice_bits <= most_quantised_bits, "slices of 1 to 16 bits");
  const int width = encoded_bits(codes.bits(), codes.is_signed(), encoding);
  std::vector<SliceStatistics> result;
  for (int first = 0; first < width; first += slice_bits) {
    const int bits = std::min(slice_bits, width - first);
    const std::size_t digits = std::size_t{1} << bits;
    SliceStatistics statistics{{first, bits}, std::vector<std::uint64_t>(digits)};
    for (std::size_t i = 0; i < codes.counts().size(); ++i) {
      const auto code = codes.lowest_code() + static_cast<std::int32_t>(i);
      if (codes.counts()[i] == 0) continue;
      const std::uint32_t stored = encode(code, codes.bits(), codes.is_signed(), encoding);
      statistics.counts[stored >> first & (digits - 1)] += codes.counts()[i];
    }
    const auto full_scale = static_cast<double>((std::size_t{1} << slice_bits) - 1);
    double count = 0;
    for (std::size_t digit = 0; digit < digits; ++digit) {
      const auto times = static_cast<double>(statistics.counts[digit]);
      const double share = static_cast<double>(digit) / full_scale;
      count += times;
      statistics.mean += times * share;
      statistics.mean_square += times * share * share;
    }
    if (count > 0) {
      statistics.mean /= count;
      statistics.mean_square /= count;
    }
    result.push_back(std::move(statistics));
  }
  return result;
}

}  // namespace ohmloop
