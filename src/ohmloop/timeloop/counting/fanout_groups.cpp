#include "ohmloop/timeloop/counting/fanout_groups.hpp"

#include <algorithm>
#include <cstdlib>

namespace ohmloop::timeloop {

void add_ingress(std::vector<Ingress>& ingresses, const Ingress& added) {
  const auto less = [](const Ingress& a, const Ingress& b) {
    return a.multicast != b.multicast ? a.multicast < b.multicast : a.scatter < b.scatter;
  };
  const auto place = std::lower_bound(ingresses.begin(), ingresses.end(), added, less);
  if (place == ingresses.end() || less(added, *place)) {
    ingresses.insert(place, added);
    return;
  }
  const double accesses = place->accesses + added.accesses;
  if (accesses > 0) place->hops = (place->hops * place->accesses + added.hops * added.accesses) / accesses;
  place->accesses = accesses;
}

double multicast_hops(std::vector<std::int64_t>& children, FanoutShape shape) {
  const auto column = [&](std::int64_t child) { return child % shape.columns; };
  std::sort(children.begin(), children.end(),
            [&](std::int64_t a, std::int64_t b) { return column(a) != column(b) ? column(a) < column(b) : a < b; });
  const double centre = static_cast<double>(shape.rows - 1) / 2;
  double hops = static_cast<double>(column(children.back()));
  for (std::size_t begin = 0; begin < children.size();) {
    std::size_t end = begin + 1;
    while (end < children.size() && column(children[end]) == column(children[begin])) ++end;
    const std::int64_t highest = children[begin] / shape.columns;
    const std::int64_t lowest = children[end - 1] / shape.columns;
    hops += std::max(0.0, centre - static_cast<double>(highest)) + std::max(0.0, static_cast<double>(lowest) - centre);
    begin = end;
  }
  return hops;
}

void FanoutGroups::assign(const std::vector<SpatialStep>& steps, FanoutShape shape, bool multicast, bool hops) {
  steps_ = steps;
  shape_ = shape;
  multicast_ = multicast;
  hops_ = hops;
  keys_.clear();
  differences_.clear();
  groups_.clear();
  if (hops_ || (multicast_ && !all_apart())) {
    list_children();
    sorted_.clear();
    for (std::size_t i = 0; i < keys_.size(); ++i) sorted_.push_back({keys_[i], static_cast<std::int64_t>(i)});
    count_ = group(groups_);
    return;
  }
  std::int64_t together = 1;
  std::int64_t apart = 1;
  for (const SpatialStep& step : steps_) (multicast_ && step.key == 0 ? together : apart) *= step.bound;
  groups_.push_back({together, apart, static_cast<double>(apart), 0.0});
  count_ = apart;
}

/// True if children that differ in a moving loop's index surely differ in their displacement: each step is larger than
/// all smaller ones can add up to.
bool FanoutGroups::all_apart() const {
  moving_.clear();
  for (const SpatialStep& step : steps_) {
    if (step.key != 0) moving_.push_back({step.bound, std::abs(step.key)});
  }
  std::sort(moving_.begin(), moving_.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  std::int64_t reach = 0;
  for (const SpatialStep& step : moving_) {
    if (step.key <= reach) return false;
    reach += step.key * (step.bound - 1);
  }
  return true;
}

void FanoutGroups::list_children() {
  keys_.assign(1, 0);
  for (std::size_t s = steps_.size(); s-- > 0;) {
    const auto bound = static_cast<std::size_t>(steps_[s].bound);
    const std::size_t outer = keys_.size();
    keys_.resize(outer * bound);
    for (std::size_t i = outer; i-- > 0;) {
      const std::int64_t key = keys_[i];
      for (std::size_t j = bound; j-- > 0;) keys_[i * bound + j] = key + static_cast<std::int64_t>(j) * steps_[s].key;
    }
  }
}

void FanoutGroups::add_difference(std::int64_t difference) {
  if (std::find(differences_.begin(), differences_.end(), difference) == differences_.end()) {
    differences_.push_back(difference);
  }
}

/// From child to child one of these loops advances while those before it return.
void FanoutGroups::list_carries(std::size_t begin, std::size_t end) {
  std::int64_t returned = 0;
  for (std::size_t s = begin; s < end; ++s) {
    add_difference(std::abs(steps_[s].key - returned));
    returned += steps_[s].key * (steps_[s].bound - 1);
  }
}

/// Most translations are no difference between any two neighbours, and then no child has to be looked at.
void FanoutGroups::list_differences() {
  differences_.clear();
  std::size_t across = 0;  // steps inside a row of the grid
  std::int64_t columns = 1;
  while (across < steps_.size() && columns < shape_.columns) columns *= steps_[across++].bound;
  if (columns == shape_.columns || (across == steps_.size() && columns < shape_.columns)) {
    list_carries(0, across);
    list_carries(across, steps_.size());
    return;
  }
  if (keys_.empty()) list_children();
  const auto add = [&](std::int64_t a, std::int64_t b) {
    add_difference(std::abs(keys_[static_cast<std::size_t>(a)] - keys_[static_cast<std::size_t>(b)]));
  };
  const auto children = static_cast<std::int64_t>(keys_.size());
  for (std::int64_t row = 0; row < children; row += shape_.columns) {
    const std::int64_t end = std::min(children, row + shape_.columns);
    for (std::int64_t i = row; i < end; ++i) {
      if (i + 1 < end) add(i, i + 1);
      if (i + shape_.columns < children) add(i, i + shape_.columns);
    }
  }
}

/// Groups the children of `sorted_`; the result has one entry per number of children in a group.
std::int64_t FanoutGroups::group(std::vector<Ingress>& groups) {
  groups.clear();
  if (multicast_) {
    std::sort(sorted_.begin(), sorted_.end(),
              [](const Child& a, const Child& b) { return a.key != b.key ? a.key < b.key : a.index < b.index; });
  }
  std::int64_t count = 0;
  for (std::size_t begin = 0; begin < sorted_.size();) {
    std::size_t end = begin + 1;
    while (multicast_ && end < sorted_.size() && sorted_[end].key == sorted_[begin].key) ++end;
    const auto multicast = static_cast<std::int64_t>(end - begin);
    auto same = std::find_if(groups.begin(), groups.end(), [&](const Ingress& g) { return g.multicast == multicast; });
    if (same == groups.end()) same = groups.insert(groups.end(), Ingress{multicast, 0, 0.0, 0.0});
    ++same->scatter;
    same->accesses += 1.0;
    if (hops_) same->hops += hops_of(begin, end);
    ++count;
    begin = end;
  }
  for (Ingress& g : groups) g.hops /= static_cast<double>(g.scatter);
  return count;
}

double FanoutGroups::hops_of(std::size_t begin, std::size_t end) {
  indices_.clear();
  for (std::size_t i = begin; i < end; ++i) indices_.push_back(sorted_[i].index);
  return multicast_hops(indices_, shape_);
}

bool FanoutGroups::same_elsewhere(std::int64_t index, std::int64_t key) const {
  const std::int64_t column = index % shape_.columns;
  const std::int64_t row = index / shape_.columns;
  const std::int64_t wanted = keys_[static_cast<std::size_t>(index)] + key;
  const auto holds = [&](std::int64_t neighbour) {
    return neighbour < static_cast<std::int64_t>(keys_.size()) && keys_[static_cast<std::size_t>(neighbour)] == wanted;
  };
  return (row > 0 && holds(index - shape_.columns)) || (row + 1 < shape_.rows && holds(index + shape_.columns)) ||
         (column > 0 && holds(index - 1)) || (column + 1 < shape_.columns && holds(index + 1));
}

std::int64_t FanoutGroups::link(std::int64_t key) {
  if (count_ == 1 && key != 0) return 0;  // all want the same, and wanted something else before
  if (differences_.empty()) {
    list_differences();
    largest_difference_ = *std::max_element(differences_.begin(), differences_.end());
  }
  if (std::abs(key) > largest_difference_) return 0;
  if (std::find(differences_.begin(), differences_.end(), std::abs(key)) == differences_.end()) return 0;
  if (keys_.empty()) list_children();
  sorted_.clear();
  const auto children = static_cast<std::int64_t>(keys_.size());
  for (std::int64_t i = 0; i < children; ++i) {
    if (!same_elsewhere(i, key)) sorted_.push_back({keys_[static_cast<std::size_t>(i)], i});
  }
  const std::int64_t linked = children - static_cast<std::int64_t>(sorted_.size());
  if (linked > 0) linked_count_ = group(linked_groups_);
  return linked;
}

}  // namespace ohmloop::timeloop
