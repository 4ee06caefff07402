#include "ohmloop/timeloop/counting/box_set.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"

namespace ohmloop::timeloop {
namespace {

bool disjoint(const Box& a, const Box& b) {
  for (std::size_t i = 0; i < a.low.size(); ++i) {
    if (a.high[i] <= b.low[i] || b.high[i] <= a.low[i]) return true;
  }
  return false;
}

/// The parts of `box` outside `hole`, at most two per axis.
void cut(Box box, const Box& hole, BoxSet& parts) {
  if (disjoint(box, hole)) {
    parts.push_back(std::move(box));
    return;
  }
  for (std::size_t i = 0; i < box.low.size(); ++i) {
    if (box.low[i] < hole.low[i]) {
      parts.push_back(box);
      parts.back().high[i] = hole.low[i];
      box.low[i] = hole.low[i];
    }
    if (box.high[i] > hole.high[i]) {
      parts.push_back(box);
      parts.back().low[i] = hole.high[i];
      box.high[i] = hole.high[i];
    }
  }
}

std::vector<double> centre(const BoxSet& set) {
  std::vector<double> sum(set.front().low.size(), 0.0);
  double weight = 0;
  for (const Box& box : set) {
    const auto size = static_cast<double>(words(box));
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += size * static_cast<double>(box.low[i] + box.high[i] - 1) / 2;
    weight += size;
  }
  for (double& x : sum) x /= weight;
  return sum;
}

}  // namespace

std::int64_t words(const Box& box) {
  std::int64_t size = 1;
  for (std::size_t i = 0; i < box.low.size(); ++i) size = checked_multiply(size, box.high[i] - box.low[i]);
  return size;
}

std::int64_t words(const BoxSet& set) {
  std::int64_t size = 0;
  for (const Box& box : set) size = checked_add(size, words(box));
  return size;
}

void subtract(BoxSet& set, const BoxSet& other) {
  for (const Box& hole : other) {
    BoxSet parts;
    for (Box& box : set) cut(std::move(box), hole, parts);
    set = std::move(parts);
  }
}

Corner translation(const BoxSet& from, const BoxSet& to) {
  const std::vector<double> a = centre(from);
  const std::vector<double> b = centre(to);
  Corner moved;
  for (std::size_t i = 0; i < a.size(); ++i) moved.push_back(std::llround(b[i] - a[i]));
  return moved;
}

void shift(BoxSet& set, std::size_t axis, std::int64_t by) {
  for (Box& box : set) {
    box.low[axis] += by;
    box.high[axis] += by;
  }
}

bool same_boxes(const BoxSet& a, const BoxSet& b) {
  return a.size() == b.size() &&
         std::all_of(a.begin(), a.end(), [&](const Box& box) { return std::find(b.begin(), b.end(), box) != b.end(); });
}

bool at_neighbour(std::size_t child, FanoutShape shape, const BoxSet& wanted, const std::vector<BoxSet>& before) {
  if (wanted.empty()) return false;
  const auto columns = static_cast<std::size_t>(shape.columns);
  const auto rows = static_cast<std::size_t>(shape.rows);
  const std::size_t column = child % columns;
  const std::size_t row = child / columns;
  const auto holds = [&](std::size_t other) { return other < before.size() && same_boxes(before[other], wanted); };
  return (row > 0 && holds(child - columns)) || (row + 1 < rows && holds(child + columns)) ||
         (column > 0 && holds(child - 1)) || (column + 1 < columns && holds(child + 1));
}

double total_accesses(const std::vector<Ingress>& ingresses) {
  double total = 0;
  for (const Ingress& ingress : ingresses) total += ingress.accesses;
  return total;
}

}  // namespace ohmloop::timeloop
