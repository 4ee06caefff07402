#include "ohmloop/analysis/oracle_role.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

bool all_zero(const std::vector<std::int64_t>& indices) {
  return std::all_of(indices.begin(), indices.end(), [](std::int64_t i) { return i == 0; });
}

template <class Set>
Set without(const Set& a, const Set& b) {
  Set result;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(result, result.end()));
  return result;
}

std::int64_t size_of(const std::set<std::vector<std::int64_t>>& set) { return static_cast<std::int64_t>(set.size()); }

}  // namespace

OracleRole::OracleRole(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping, Role role)
    : einsum_(einsum), architecture_(architecture), tensor_(einsum.tensor(role)), role_(role), nest_(einsum, mapping) {
  for (std::size_t position = 0; position < mapping.steps.size(); ++position) {
    const Keep* keep = std::get_if<Keep>(&mapping.steps[position]);
    if (keep != nullptr && keep->role == role) add_level(position, keep->node, false);
  }
  add_level(mapping.steps.size(), architecture.compute(), true);
}

void OracleRole::add_level(std::size_t position, NodeId node, bool computes) {
  Level level;
  level.position = position;
  level.node = node;
  level.computes = computes;
  using Info = OracleNest::LoopInfo;
  level.time = nest_.select([&](const Info& l) { return l.position < position && !l.fanout; });
  level.space = nest_.select([&](const Info& l) { return l.position < position && l.fanout; });
  level.inside = nest_.select([&](const Info& l) { return l.position > position; });
  Indices indices(nest_.size(), 0);
  nest_.for_each(level.space, indices, [&] {
    Indices space;
    for (const std::size_t loop : level.space) space.push_back(indices[loop]);
    level.instances[space];
  });
  levels_.push_back(std::move(level));
}

bool OracleRole::sees_windows(NodeId node) const {
  if (tensor_.window_axes.empty()) return false;
  const Memory* memory = architecture_.node(node).as<Memory>();
  return memory == nullptr || memory->holds_windows;
}

TensorActions& OracleRole::actions(NodeId node, bool first) {
  MemoryCounts& memory = counts_->memories[node.index()];
  return (first ? memory.busiest : memory.total)[role_index(role_)];
}

void OracleRole::run(Counts& counts) {
  counts_ = &counts;
  for (const Level& level : levels_) {
    if (!level.computes) counts.memories[level.node.index()].keeps[role_index(role_)] = true;
  }
  Indices now(nest_.size(), 0);
  bool first = true;
  nest_.for_each(nest_.select([](const OracleNest::LoopInfo& l) { return !l.fanout; }), now, [&] {
    step(now, first);
    first = false;
    before_ = now;
  });
  if (role_ == Role::output) finish();
}

/// One step of the whole chip: sums leave, innermost level first, then tiles enter, outermost first.
void OracleRole::step(const Indices& now, bool first) {
  std::vector<std::size_t> changing;
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    Level& level = levels_[i];
    const bool changes =
        first || level.computes ||
        std::any_of(level.time.begin(), level.time.end(), [&](std::size_t l) { return now[l] != before_[l]; });
    if (!changes) continue;
    changing.push_back(i);
    for (auto& [space, instance] : level.instances) instance.next = tile(level, space, now);
  }
  if (role_ == Role::output) {
    for (const std::size_t i : changing) lose_sums(i);
    for (auto i = changing.rbegin(); i != changing.rend(); ++i) leave_sums(*i);
  }
  for (const std::size_t i : changing) enter(i);
}

OracleRole::Tile OracleRole::tile(const Level& level, const Indices& space, Indices indices) {
  for (std::size_t i = 0; i < space.size(); ++i) indices[level.space[i]] = space[i];
  Tile result;
  nest_.for_each(level.inside, indices, [&] {
    if (!nest_.exists(indices)) return;
    result.idle = false;
    const Element element = nest_.element(tensor_.axes, indices);
    const bool inside = OracleNest::inside(tensor_.axes, element);
    if (inside) result.tensor.insert(element);
    if (tensor_.window_axes.empty()) return;
    const Element window = nest_.element(tensor_.window_axes, indices);
    inside_[window] = inside;
    result.windows.insert(window);
  });
  return result;
}

OracleRole::Moved OracleRole::entering(const Level& level, bool windows) const {
  Moved moved;
  for (const auto& [space, instance] : level.instances) {
    if (instance.next.idle) continue;
    moved[space] = windows ? without(instance.next.windows, instance.held.windows)
                           : without(instance.next.tensor, instance.held.tensor);
  }
  return moved;
}

void OracleRole::enter(std::size_t index) {
  Level& level = levels_[index];
  if (role_ == Role::output) {
    enter_sums(index);
  } else if (index > 0) {
    enter_operands(index);
  }
  for (auto& [space, instance] : level.instances) {
    if (instance.next.idle) continue;
    if (level.computes) continue;
    const Elements& seen = sees_windows(level.node) ? instance.next.windows : instance.next.tensor;
    std::int64_t& largest = counts_->memories[level.node.index()].tile_elements[role_index(role_)];
    largest = std::max(largest, size_of(seen));
    instance.held = instance.next;
  }
  if (role_ == Role::output && level.computes) compute(index);
}

void OracleRole::enter_operands(std::size_t index) {
  const Level& level = levels_[index];
  const NodeId parent = levels_[index - 1].node;
  const Moved moved = entering(level, sees_windows(level.node));
  const bool gathers = sees_windows(level.node) && !sees_windows(parent);
  for (const auto& [group, elements] : unions(level, moved, parent)) {
    const std::int64_t reads = gathers ? std::count_if(elements.begin(), elements.end(),
                                                       [&](const Element& element) { return inside_.at(element); })
                                       : size_of(elements);
    actions(parent, false).reads += reads;
    if (group.first) actions(parent, true).reads += reads;
  }
  pass_converters(index, tensor_.window_axes.empty() ? moved : entering(level, true));
  if (level.computes) return;
  for (const auto& [space, elements] : moved) {
    actions(level.node, false).fills += size_of(elements);
    if (all_zero(space)) actions(level.node, true).fills += size_of(elements);
  }
}

/// Sums that begin: the first of the instances that want an element takes the parent's old sum, if it has one.
void OracleRole::enter_sums(std::size_t index) {
  Level& level = levels_[index];
  for (const auto& [space, elements] : entering(level, false)) {
    for (const Element& element : elements) {
      std::optional<std::int64_t>& sum = level.instances.at(space).sums[element];
      sum.reset();
      if (index == 0) continue;
      bool first = true;
      Instance& parent = parent_of(index, space, &first);
      std::optional<std::int64_t>& old = parent.sums.at(element);
      if (!old) continue;
      sum = old;
      old.reset();
      const NodeId above = levels_[index - 1].node;
      actions(above, false).reads += 1;
      if (first) actions(above, true).reads += 1;
      if (level.computes) continue;
      actions(level.node, false).fills += 1;
      if (all_zero(space)) actions(level.node, true).fills += 1;
    }
  }
}

/// Sums that an instance gives up: its tile moves on, or the level above drops the element while the instance is idle.
void OracleRole::lose_sums(std::size_t index) {
  for (auto& [space, instance] : levels_[index].instances) {
    instance.lost.clear();
    if (!instance.next.idle) instance.lost = without(instance.held.tensor, instance.next.tensor);
    if (index == 0) continue;
    bool first = true;
    const Elements& above = parent_of(index, space, &first).lost;
    std::set_intersection(instance.held.tensor.begin(), instance.held.tensor.end(), above.begin(), above.end(),
                          std::inserter(instance.lost, instance.lost.end()));
  }
}

void OracleRole::leave_sums(std::size_t index) {
  Level& level = levels_[index];
  if (index == 0 || level.computes) return;
  Moved leaving;
  for (auto& [space, instance] : level.instances) {
    leaving[space] = instance.lost;
    instance.held.tensor = without(instance.held.tensor, instance.lost);
    actions(level.node, false).drains += size_of(instance.lost);
    if (all_zero(space)) actions(level.node, true).drains += size_of(instance.lost);
  }
  hand_up(index, leaving);
}

/// Sums that leave: those that meet below the parent arrive as one; a parent that has a sum already adds to it.
void OracleRole::hand_up(std::size_t index, const Moved& leaving) {
  Level& level = levels_[index];
  const NodeId above = levels_[index - 1].node;
  std::map<std::pair<Group, Element>, std::int64_t> arrivals;
  std::map<std::pair<Group, Element>, Indices> from;
  for (const auto& [space, elements] : leaving) {
    for (const Element& element : elements) {
      auto& sums = level.instances.at(space).sums;
      const std::pair key{group_of(level, space, above), element};
      OHM_CHECK(sums.at(element).has_value(), "a sum leaves before anything was added to it");
      arrivals[key] += *sums.at(element);
      from[key] = space;
      sums.erase(element);
    }
  }
  for (const auto& [key, sum] : arrivals) {
    bool first = true;
    Instance& parent = parent_of(index, from.at(key), &first);
    const auto held = parent.sums.find(key.second);
    OHM_CHECK(held != parent.sums.end(), "a sum arrives where its element is not kept");
    for (const bool busiest : {false, true}) {
      if (busiest && !first) continue;
      actions(above, busiest).updates += 1;
      if (held->second) actions(above, busiest).reads += 1;
    }
    held->second = held->second.value_or(0) + sum;
  }
  pass_converters(index, leaving);
}

/// Every instance adds its point to the sum it took, and hands the sum back.
void OracleRole::compute(std::size_t index) {
  Level& level = levels_[index];
  Moved leaving;
  for (auto& [space, instance] : level.instances) {
    if (instance.next.idle) continue;
    leaving[space] = instance.next.tensor;
    for (auto& [element, sum] : instance.sums) sum = sum.value_or(0) + 1;
  }
  hand_up(index, leaving);
}

void OracleRole::finish() {
  for (std::size_t i = levels_.size(); i-- > 1;) {
    for (auto& [space, instance] : levels_[i].instances) instance.lost = instance.held.tensor;
    leave_sums(i);
  }
  const std::int64_t expected = einsum_.points() / tensor_.elements();
  std::size_t found = 0;
  for (const auto& [space, instance] : levels_.front().instances) {
    for (const auto& [element, sum] : instance.sums) {
      OHM_CHECK(sum == expected, "an output element does not hold all of its points");
      ++found;
    }
  }
  OHM_CHECK(static_cast<std::int64_t>(found) == tensor_.elements(), "the outermost memory lacks output elements");
}

bool OracleRole::merges(NodeId fanout, NodeId place) const {
  const std::size_t role = role_index(role_);
  if (std::get<Fanout>(architecture_.node(fanout).body).shares[role]) return true;
  for (std::size_t node = place.index() + 1; node < fanout.index(); ++node) {
    const Converter* converter = architecture_.nodes[node].as<Converter>();
    if (role_ == Role::output && converter != nullptr && converter->reduces && converter->passes[role]) return true;
  }
  return false;
}

OracleRole::Group OracleRole::group_of(const Level& level, const Indices& space, NodeId place) const {
  Group group;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const NodeId fanout = *nest_.loops()[level.space[i]].fanout;
    if (fanout < place) {
      group.first = group.first && space[i] == 0;
      group.apart.push_back(space[i]);
    } else if (!merges(fanout, place)) {
      group.apart.push_back(space[i]);
    }
  }
  return group;
}

std::map<OracleRole::Group, OracleRole::Elements> OracleRole::unions(const Level& level, const Moved& moved,
                                                                     NodeId place) const {
  std::map<Group, Elements> result;
  for (const auto& [space, elements] : moved) {
    result[group_of(level, space, place)].insert(elements.begin(), elements.end());
  }
  return result;
}

void OracleRole::pass_converters(std::size_t index, const Moved& moved) {
  const Level& level = levels_[index];
  const std::size_t role = role_index(role_);
  for (std::size_t node = levels_[index - 1].node.index() + 1; node < level.node.index(); ++node) {
    const Converter* converter = architecture_.nodes[node].as<Converter>();
    if (converter == nullptr || !converter->passes[role]) continue;
    for (const auto& [group, elements] : unions(level, moved, NodeId(node))) {
      counts_->converters[node].total[role] += size_of(elements);
      if (group.first) counts_->converters[node].busiest[role] += size_of(elements);
    }
  }
}

OracleRole::Instance& OracleRole::parent_of(std::size_t index, const Indices& space, bool* first) {
  Level& parent = levels_[index - 1];
  Indices above;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const auto& own = parent.space;
    if (std::find(own.begin(), own.end(), levels_[index].space[i]) != own.end()) above.push_back(space[i]);
  }
  *first = all_zero(above);
  return parent.instances.at(above);
}

}  // namespace ohmloop
