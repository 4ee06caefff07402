#include "ohmloop/analysis/digit_cover.hpp"

#include <algorithm>
#include <span>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

void append(std::vector<Range>& ranges, Range range) {
  if (!ranges.empty() && ranges.back().end == range.begin) {
    ranges.back().end = range.end;
  } else {
    ranges.push_back(range);
  }
}

void collect(std::span<const DigitLoop> loops, Range subtree, std::vector<Range>& ranges) {
  // Free digits all the way down leave nothing out.
  const bool all = std::all_of(loops.begin(), loops.end(), [](const DigitLoop& l) { return l.digit == Digit::any; });
  if (all) {
    append(ranges, subtree);
    return;
  }
  const DigitLoop& loop = loops.front();
  const bool several = subtree.end - subtree.begin > loop.step;
  if (loop.digit == Digit::only && several) return;
  const std::int64_t count = loop.digit == Digit::any ? loop.bound : 1;
  for (std::int64_t i = 0; i < count && subtree.begin + i * loop.step < subtree.end; ++i) {
    const std::int64_t begin = subtree.begin + i * loop.step;
    collect(loops.subspan(1), {begin, std::min(begin + loop.step, subtree.end)}, ranges);
  }
}

}  // namespace

DigitCover cover_digits(std::int64_t size, const std::vector<DigitLoop>& loops) {
  // `full` subtrees of `step` values each and at most one of `tail` values, the last.
  std::int64_t full = 0;
  std::int64_t tail = size;
  std::int64_t step = size;
  for (const DigitLoop& loop : loops) {
    step = loop.step;
    const bool one = loop.bound == 1;
    switch (loop.digit) {
      case Digit::any:
        full = checked_add(checked_multiply(full, loop.bound), tail / step);
        tail %= step;
        break;
      case Digit::only:
        full = (one ? full : 0) + (tail == step ? 1 : 0);
        if (tail >= step) tail = 0;
        break;
      case Digit::zero:
        full += tail >= step ? 1 : 0;
        if (tail >= step) tail = 0;
        break;
    }
  }
  return {full + (tail > 0 ? 1 : 0), checked_add(checked_multiply(full, step), tail)};
}

std::vector<Range> covered_ranges(std::int64_t size, const std::vector<DigitLoop>& loops) {
  std::vector<Range> ranges;
  collect(loops, {0, size}, ranges);
  return ranges;
}

}  // namespace ohmloop
