#include "ohmloop/mapper/timeloop/timeloop_space.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/reading/native_plan.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop {
namespace {

using timeloop::Factor;
using timeloop::LoopDirective;
using timeloop::LoopKind;

/// An axis that holds every position: Timeloop knows no padding.
Axis axis_of(const std::vector<timeloop::ProjectionTerm>& terms, const timeloop::Problem& problem) {
  Axis axis;
  for (const timeloop::ProjectionTerm& term : terms) {
    const std::int64_t reach = checked_multiply(term.coefficient, problem.sizes[term.dimension] - 1);
    axis.terms.push_back({.rank = RankId(term.dimension), .coefficient = term.coefficient});
    axis.size = checked_add(axis.size, std::abs(reach));
    if (reach < 0) axis.offset -= reach;
  }
  return axis;
}

/// A bound above the rank's size means the whole rank; "the remainder" asks nothing.
void narrow(const Factor& factor, std::int64_t size, FactorRange& range) {
  if (factor.bound == Factor::remainder) return;
  const std::int64_t bound = std::min(factor.bound, size);
  if (factor.relation != Factor::Relation::at_least) range.most = std::min(range.most, bound);
  if (factor.relation != Factor::Relation::at_most) range.least = std::max(range.least, bound);
}

Placement placement_of(std::optional<bool> keep) {
  if (!keep) return Placement::free;
  return *keep ? Placement::keep : Placement::bypass;
}

}  // namespace

std::unique_ptr<TimeloopSpace> TimeloopSpace::make(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics) {
  std::optional<timeloop::Nest> nest = timeloop::to_blank_nest(spec, diagnostics, timeloop::nest_options_of(spec));
  if (!nest) return nullptr;
  std::unique_ptr<TimeloopSpace> result(new TimeloopSpace());
  result->nest_ = *std::move(nest);
  result->counting_ = spec.counting;
  if (!result->assign_data_spaces(spec, diagnostics)) return nullptr;
  Mapspace& space = result->space_;
  space.einsum = &result->einsum_;
  space.architecture = &result->architecture_;
  space.loops_without_tensors = true;
  space.size_unit = "word";
  for (std::size_t i = 0; i < spec.problem->dimensions.size(); ++i) {
    if (spec.problem->sizes[i] == 1) continue;
    space.ranks.emplace_back(i);
    space.sizes.push_back(spec.problem->sizes[i]);
  }
  for (std::size_t level = spec.hardware->levels.size(); level-- > 0;) result->add_level(spec, level);
  Node& compute = result->architecture_.nodes.emplace_back();
  compute.name = spec.hardware->arithmetic->arithmetic.name;
  compute.body = Compute{};
  close_outside(space);
  return result;
}

bool TimeloopSpace::assign_data_spaces(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics) {
  const timeloop::Problem& problem = *spec.problem;
  const std::optional<timeloop::NativePlan> plan = timeloop::plan_roles(spec, diagnostics);
  if (!plan) return false;
  einsum_.name = "layer";
  for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
    einsum_.ranks.push_back({problem.dimensions[i], problem.sizes[i]});
  }
  einsum_.tensors.resize(3);
  for (std::size_t i = 0; i < problem.data_spaces.size(); ++i) {
    const Role role = plan->roles[i];
    data_spaces_[role_index(role)] = i;
    Tensor& tensor = einsum_.tensor(role);
    tensor = {.name = problem.data_spaces[i].name, .role = role};
    tensor.bits = 1;  // sizes are words, whatever their width
    for (const auto& terms : problem.data_spaces[i].axes) tensor.axes.push_back(axis_of(terms, problem));
  }
  return true;
}

NodeId TimeloopSpace::add_node(const timeloop::TimeloopSpec& spec, std::size_t level, NodeBody body,
                               const char* suffix) {
  Node& node = architecture_.nodes.emplace_back();
  node.name = spec.hardware->levels[level].storage.name + suffix;
  node.body = std::move(body);
  node.where = spec.hardware->levels[level].where;
  return NodeId(architecture_.nodes.size() - 1);
}

LoopPlace TimeloopSpace::make_place(const LoopDirective* directive, NodeId node) const {
  LoopPlace place;
  place.node = node;
  place.ranges.resize(space_.ranks.size());
  if (directive == nullptr) return place;
  for (std::size_t rank = 0; rank < space_.ranks.size(); ++rank) {
    for (const Factor& factor : directive->factors) {
      if (factor.dimension == dimension(rank)) narrow(factor, space_.sizes[rank], place.ranges[rank]);
    }
  }
  // Innermost first there, outer to inner here.
  for (auto listed = directive->permutation.rbegin(); listed != directive->permutation.rend(); ++listed) {
    for (std::size_t rank = 0; rank < space_.ranks.size(); ++rank) {
      if (dimension(rank) == *listed) place.last_ranks.push_back(rank);
    }
  }
  return place;
}

void TimeloopSpace::add_level(const timeloop::TimeloopSpec& spec, std::size_t level) {
  if (!spec.hardware->levels[level].fanout_only) add_storage(spec, level);
  add_fanout(spec, level);
}

void TimeloopSpace::add_storage(const timeloop::TimeloopSpec& spec, std::size_t level) {
  const timeloop::StorageLevel& from = spec.hardware->levels[level].storage;
  Memory memory;
  if (from.capacity_words) {
    memory.size_bits =
        static_cast<std::int64_t>(std::floor(static_cast<double>(*from.capacity_words) / from.multiple_buffering));
  }
  StoragePlace storage;
  for (const Role role : all_roles) {
    storage.placement[role_index(role)] = placement_of(spec.constraints.keep[level][data_space(role)]);
  }
  memory.placement = storage.placement;
  const NodeId node = add_node(spec, level, memory, "");
  storage.node = node;
  storage.place = space_.places.size();
  storage.size_bits = memory.size_bits;
  const double least = spec.hardware->levels[level].min_utilization;
  if (least > 0 && memory.size_bits) {
    storage.least_bits = static_cast<std::int64_t>(std::ceil(least * static_cast<double>(*memory.size_bits)));
  }
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    storage.tiles[r] = space_.storages.empty() ? std::make_shared<TileSizes>(einsum_, einsum_.tensor(role).axes, true)
                                               : space_.storages.front().tiles[r];
  }
  space_.storages.push_back(std::move(storage));
  space_.places.push_back(make_place(spec.constraints.find(level, false), node));
  places_.push_back({level, LoopKind::temporal});
}

void TimeloopSpace::add_fanout(const timeloop::TimeloopSpec& spec, std::size_t level) {
  const auto& levels = spec.hardware->levels;
  const timeloop::StorageLevel& outer = levels[level].storage;
  const timeloop::Arithmetic& arithmetic = spec.hardware->arithmetic->arithmetic;
  const std::int64_t inner_x = level == 0 ? arithmetic.mesh_x : levels[level - 1].storage.mesh_x;
  const std::int64_t inner_y = level == 0 ? arithmetic.mesh_y : levels[level - 1].storage.mesh_y;
  const std::int64_t inner_copies = level == 0 ? arithmetic.instances : levels[level - 1].storage.instances;
  const std::int64_t copies_x = inner_x / outer.mesh_x;
  const std::int64_t copies_y = inner_y / outer.mesh_y;
  const LoopDirective* directive = spec.constraints.find(level, true);
  const std::optional<double> parallelism = spec.constraints.min_parallelism[level];
  std::optional<std::size_t> other;
  for (const auto& [kind, copies] :
       {std::pair{LoopKind::spatial_y, copies_y}, std::pair{LoopKind::spatial_x, copies_x}}) {
    if (copies <= 1) continue;
    const bool both = copies_x > 1 && copies_y > 1;
    const char* suffix = !both ? "" : kind == LoopKind::spatial_x ? " along X" : " along Y";
    Fanout fanout;
    fanout.count = copies;
    LoopPlace place = make_place(directive, add_node(spec, level, fanout, suffix));
    place.spatial = true;
    place.copies = copies;
    place.beside = other;
    if (directive != nullptr && directive->split) place.split = directive->split;
    const bool last = kind == LoopKind::spatial_x || copies_x <= 1;
    if (last) {
      place.most_together = inner_copies / outer.instances;
      const double all = static_cast<double>(copies_x) * static_cast<double>(copies_y);
      if (parallelism) place.least_copies = static_cast<std::int64_t>(std::ceil(*parallelism * all - 1e-9));
    }
    other = space_.places.size();
    space_.places.push_back(std::move(place));
    places_.push_back({level, kind});
  }
}

timeloop::Nest TimeloopSpace::nest(const Candidate& candidate) const {
  timeloop::Nest nest = nest_;
  const std::size_t ranks = space_.ranks.size();
  for (std::size_t place = space_.places.size(); place-- > 0;) {
    // Places stand outer to inner, and so do their orders; a level's loops are listed from the inside.
    for (std::size_t i = ranks; i-- > 0;) {
      const std::size_t rank = candidate.orders[place * ranks + i];
      const std::int64_t bound = candidate.factors[place * ranks + rank];
      if (bound == 1) continue;
      nest.levels[level(place)].loops.push_back(
          {.dimension = dimension(rank), .bound = bound, .last_bound = bound, .kind = kind(place)});
    }
  }
  for (std::size_t storage = 0; storage < space_.storages.size(); ++storage) {
    for (const Role role : all_roles) {
      nest.levels[level(space_.storages[storage].place)].rules[data_space(role)].keep =
          (candidate.keeps[storage] >> role_index(role) & 1U) != 0;
    }
  }
  return nest;
}

}  // namespace ohmloop
