#include "ohmloop/mapping/tile_image.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t word_bits = 64;

std::size_t words_for(std::int64_t bits) { return static_cast<std::size_t>(ceil_divide(bits, word_bits)); }

/// 64 bits of a pattern from bit `start`, which may be negative or past the end: zeros stand there.
std::uint64_t bits_from(const Bits& pattern, std::int64_t start) {
  const auto word = [&](std::int64_t i) {
    return i >= 0 && i < static_cast<std::int64_t>(pattern.size()) ? pattern[static_cast<std::size_t>(i)] : 0;
  };
  const std::int64_t low = start >= 0 ? start / word_bits : -((-start + word_bits - 1) / word_bits);
  const int shift = static_cast<int>(start - low * word_bits);
  return shift == 0 ? word(low) : (word(low) >> shift) | (word(low + 1) << (word_bits - shift));
}

}  // namespace

TileImage::TileImage(const Einsum& einsum, const AxisGroup& group, bool clip)
    : group_(&group), clip_(clip), terms_(group.ranks.size()), base_(group.axes.size()) {
  for (std::size_t axis = 0; axis < group.axes.size(); ++axis) {
    for (const AxisTerm& term : group.axes[axis].terms) {
      const auto found = std::find(group.ranks.begin(), group.ranks.end(), term.rank);
      terms_[static_cast<std::size_t>(found - group.ranks.begin())].push_back({axis, term});
    }
  }
  find_channels(einsum);
  row_rank_.reset();
  std::int64_t best = 0;
  for (std::size_t rank = 0; rank < terms_.size(); ++rank) {
    const std::int64_t size = einsum.rank(group.ranks[rank]).size;
    if (terms_[rank].size() != 1 || !is_whole(terms_[rank][0].term) || size <= best) continue;
    best = size;
    row_rank_ = rank;
    row_axis_ = terms_[rank][0].axis;
  }
  for (std::size_t rank = 0; rank < terms_.size(); ++rank) {
    if (rank != row_rank_) outer_ranks_.push_back(rank);
  }
  // Ranks with digits are dear to evaluate: outermost.
  std::stable_partition(outer_ranks_.begin(), outer_ranks_.end(), [&](std::size_t rank) { return !translates(rank); });
}

bool TileImage::translates(std::size_t rank) const {
  return std::all_of(terms_[rank].begin(), terms_[rank].end(), [](const Term& t) { return is_whole(t.term); });
}

void TileImage::find_channels(const Einsum& einsum) {
  for (std::size_t rank = 0; rank < terms_.size(); ++rank) {
    for (const Term& outer : terms_[rank]) {
      const Axis& axis = group_->axes[outer.axis];
      const std::int64_t last = outer.term.coefficient * largest_digit(outer.term, einsum.rank(outer.term.rank).size);
      const bool alone = axis.terms.size() == 1 && axis.offset == 0 && last < axis.size;
      if (!alone || outer.term.divisor == 1 || outer.term.modulus != 0) continue;
      const std::int64_t period = outer.term.divisor;
      const bool periodic = std::all_of(terms_[rank].begin(), terms_[rank].end(), [&](const Term& other) {
        const std::int64_t repeat = other.term.divisor * other.term.modulus;
        return other.axis == outer.axis || (repeat > 0 && period % repeat == 0);
      });
      if (periodic) channels_ = Channels{rank, outer.axis, period};
    }
  }
}

void TileImage::compress(std::span<const Range> boxes) {
  breaks_.clear();
  const std::int64_t period = channels_->period;
  for (std::size_t i = channels_->rank; i < boxes.size(); i += terms_.size()) {
    for (const std::int64_t value : {boxes[i].begin, boxes[i].end}) {
      breaks_.push_back(value / period);
      if (value % period != 0) breaks_.push_back(value / period + 1);
    }
  }
  std::sort(breaks_.begin(), breaks_.end());
  breaks_.erase(std::unique(breaks_.begin(), breaks_.end()), breaks_.end());
}

Range TileImage::compressed(Range range) const {
  const std::int64_t period = channels_->period;
  const auto place = [&](std::int64_t value) {
    const auto found = std::lower_bound(breaks_.begin(), breaks_.end(), value / period);
    return (found - breaks_.begin()) * period + value % period;
  };
  return {place(range.begin), place(range.end)};
}

std::int64_t TileImage::position(const Term& term, std::int64_t value) const {
  // A class of channels stands where its number says, whatever the axis' own coefficient.
  if (channels_ && term.axis == channels_->axis) return value / channels_->period;
  return term.term.coefficient * digit_of(term.term, value);
}

void TileImage::frame_axis(std::size_t axis, std::span<const Range> boxes) {
  const Axis& a = group_->axes[axis];
  Range& hull = hull_[axis];
  if (channels_ && axis == channels_->axis) {
    hull = {0, std::max<std::int64_t>(1, static_cast<std::int64_t>(breaks_.size()) - 1)};
    return;
  }
  bool first = true;
  for (std::size_t box = 0; box + terms_.size() <= boxes.size(); box += std::max<std::size_t>(1, terms_.size())) {
    Range reach{a.offset, a.offset};
    for (std::size_t rank = 0; rank < terms_.size(); ++rank) {
      const Range values = boxes[box + rank];
      for (const Term& term : terms_[rank]) {
        if (term.axis != axis) continue;
        const bool whole = is_whole(term.term);
        reach.begin += whole ? term.term.coefficient * values.begin : 0;
        reach.end += term.term.coefficient * (whole ? values.end - 1 : largest_digit(term.term, values.end));
      }
    }
    hull = first ? reach : Range{std::min(hull.begin, reach.begin), std::max(hull.end, reach.end)};
    first = false;
    if (terms_.empty()) break;
  }
  hull.end += 1;
  if (clip_) hull = {std::max<std::int64_t>(hull.begin, 0), std::min(hull.end, a.size)};
  hull.end = std::max(hull.begin, hull.end);
}

void TileImage::frame(std::span<const Range> boxes) {
  if (channels_) compress(boxes);
  hull_.assign(group_->axes.size(), {});
  std::int64_t rows = 1;
  std::int64_t width = 1;
  for (std::size_t axis = 0; axis < hull_.size(); ++axis) {
    frame_axis(axis, boxes);
    const std::int64_t length = hull_[axis].end - hull_[axis].begin;
    if (row_rank_ && axis == row_axis_) {
      width = length;
    } else {
      rows = checked_multiply(rows, length);
    }
  }
  rows_ = static_cast<std::size_t>(rows);
  row_words_ = words_for(width);
}

/// `count` bits at a distance of `coefficient`.
void TileImage::fill_pattern(std::int64_t coefficient, std::int64_t count) {
  const std::int64_t bits = coefficient * (count - 1) + 1;
  pattern_.assign(words_for(bits), coefficient == 1 ? ~std::uint64_t{0} : 0);
  if (coefficient == 1) {
    if (bits % word_bits != 0) pattern_.back() = (std::uint64_t{1} << (bits % word_bits)) - 1;
    return;
  }
  for (std::int64_t bit = 0; bit < bits; bit += coefficient) {
    pattern_[static_cast<std::size_t>(bit / word_bits)] |= std::uint64_t{1} << (bit % word_bits);
  }
}

void TileImage::mark(std::span<const Range> box, Bits& bits) {
  if (bits.empty()) return;
  for (std::size_t axis = 0; axis < base_.size(); ++axis) {
    base_[axis] = channels_ && axis == channels_->axis ? 0 : group_->axes[axis].offset;
  }
  if (row_rank_) {
    const std::int64_t coefficient = terms_[*row_rank_][0].term.coefficient;
    const Range values = box[*row_rank_];
    if (values.begin >= values.end) return;
    base_[row_axis_] += coefficient * values.begin;
    fill_pattern(coefficient, values.end - values.begin);
  }
  mark_from(0, box, bits);
}

void TileImage::mark_from(std::size_t depth, std::span<const Range> box, Bits& bits) {
  if (depth == outer_ranks_.size()) {
    mark_row(bits);
    return;
  }
  const std::size_t rank = outer_ranks_[depth];
  const Range values = channels_ && rank == channels_->rank ? compressed(box[rank]) : box[rank];
  for (std::int64_t value = values.begin; value < values.end; ++value) {
    for (const Term& term : terms_[rank]) base_[term.axis] += position(term, value);
    mark_from(depth + 1, box, bits);
    for (const Term& term : terms_[rank]) base_[term.axis] -= position(term, value);
  }
}

void TileImage::mark_row(Bits& bits) {
  std::size_t row = 0;
  // The channels' axis counts slowest, so that the rows of a class lie together.
  if (channels_) row = static_cast<std::size_t>(base_[channels_->axis] - hull_[channels_->axis].begin);
  for (std::size_t axis = 0; axis < base_.size(); ++axis) {
    if ((row_rank_ && axis == row_axis_) || (channels_ && axis == channels_->axis)) continue;
    const Range hull = hull_[axis];
    if (base_[axis] < hull.begin || base_[axis] >= hull.end) return;
    row = row * static_cast<std::size_t>(hull.end - hull.begin) + static_cast<std::size_t>(base_[axis] - hull.begin);
  }
  if (!row_rank_) {
    bits[row] |= 1;
    return;
  }
  const Range hull = hull_[row_axis_];
  const std::int64_t shift = base_[row_axis_] - hull.begin;
  const std::int64_t width = hull.end - hull.begin;
  for (std::size_t word = 0; word < row_words_; ++word) {
    std::uint64_t value = bits_from(pattern_, static_cast<std::int64_t>(word) * word_bits - shift);
    if (word + 1 == row_words_ && width % word_bits != 0) value &= (std::uint64_t{1} << (width % word_bits)) - 1;
    bits[row * row_words_ + word] |= value;
  }
}

std::int64_t TileImage::count(const Bits& bits) const {
  const std::size_t classes = channels_ ? static_cast<std::size_t>(hull_[channels_->axis].end) : 1;
  const std::size_t words = bits.size() / classes;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < classes; ++i) {
    std::int64_t ones = 0;
    for (std::size_t word = i * words; word < (i + 1) * words; ++word) ones += std::popcount(bits[word]);
    const bool weighted = channels_ && i + 1 < breaks_.size();
    total = checked_add(total, checked_multiply(ones, weighted ? breaks_[i + 1] - breaks_[i] : 1));
  }
  return total;
}

}  // namespace ohmloop
