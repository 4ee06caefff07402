#include "ohmloop/analysis/counts.hpp"

#include <algorithm>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/analysis/valid_tuples.hpp"

namespace ohmloop {

struct ActionCounter::Room {
  std::vector<NestLoop> loops;  ///< of the current mapping
  std::vector<std::int64_t> inside;
  std::vector<DigitLoop> digits;
};

ActionCounter::ActionCounter(const Einsum& einsum, const Architecture& architecture)
    : einsum_(&einsum), architecture_(&architecture), points_(einsum.points()), room_(std::make_unique<Room>()) {
  for (const Role role : all_roles) roles_.push_back(std::make_unique<RoleCounts>(einsum, architecture, role));
}

ActionCounter::ActionCounter(ActionCounter&&) noexcept = default;
ActionCounter::~ActionCounter() = default;

Counts ActionCounter::count(const Mapping& mapping) {
  Counts counts;
  count(mapping, counts);
  return counts;
}

void ActionCounter::count(const Mapping& mapping, Counts& counts) {
  find_nest_loops(*einsum_, mapping, room_->loops, room_->inside);
  const std::size_t nodes = architecture_->nodes.size();
  counts.computes = points_;
  counts.steps =
      valid_tuples(*einsum_, room_->loops, room_->digits, [](const NestLoop& loop) { return loop.temporal(); });
  counts.rows_in_use = 0;
  if (architecture_->array) {
    const NodeId rows(architecture_->array->cells.index() - 1);
    counts.rows_in_use =
        valid_tuples(*einsum_, room_->loops, room_->digits, [&](const NestLoop& loop) { return loop.fanout == rows; });
  }
  counts.used_instances.clear();
  for (std::size_t node = 0; node < nodes; ++node) {
    const bool more = node == 0 || architecture_->nodes[node - 1].as<Fanout>() != nullptr;
    counts.used_instances.push_back(
        !more ? counts.used_instances.back()
              : valid_tuples(*einsum_, room_->loops, room_->digits,
                             [&](const NestLoop& loop) { return loop.fanout && *loop.fanout < NodeId(node); }));
  }
  counts.memories.assign(nodes, {});
  counts.converters.assign(nodes, {});
  for (const auto& role : roles_) role->add(mapping, room_->loops, counts);
}

Counts count_actions(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  return ActionCounter(einsum, architecture).count(mapping);
}

}  // namespace ohmloop
