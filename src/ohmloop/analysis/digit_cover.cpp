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

void collect(std::span<const DigitLoop> loops, Range subtree, std::int64_t begin, std::vector<Range>& ranges) {
  if (subtree.end <= begin) return;
  // Free digits all the way down leave nothing out.
  if (std::none_of(loops.begin(), loops.end(), [](const DigitLoop& loop) { return loop.zero; })) {
    append(ranges, {std::max(subtree.begin, begin), subtree.end});
    return;
  }
  const DigitLoop& loop = loops.front();
  const std::int64_t count = loop.zero ? 1 : loop.bound;
  for (std::int64_t i = 0; i < count && subtree.begin + i * loop.step < subtree.end; ++i) {
    const std::int64_t first = subtree.begin + i * loop.step;
    collect(loops.subspan(1), {first, std::min(first + loop.step, subtree.end)}, begin, ranges);
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
    if (!loop.zero) {
      full = checked_add(checked_multiply(full, loop.bound), tail / step);
      tail %= step;
    } else if (tail >= step) {
      ++full;
      tail = 0;
    }
  }
  return {full + (tail > 0 ? 1 : 0), checked_add(checked_multiply(full, step), tail)};
}

void find_covered_ranges(std::int64_t begin, std::int64_t size, const std::vector<DigitLoop>& loops,
                         std::vector<Range>& ranges) {
  ranges.clear();
  collect(loops, {0, size}, begin, ranges);
}

}  // namespace ohmloop
