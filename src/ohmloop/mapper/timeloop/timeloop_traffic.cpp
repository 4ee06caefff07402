#include "ohmloop/mapper/timeloop/timeloop_traffic.hpp"

#include <algorithm>
#include <cmath>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/exact/path_mapping.hpp"

namespace ohmloop {

using timeloop::DataSpace;
using timeloop::DataSpaceRules;
using timeloop::LevelAccesses;
using timeloop::Nest;
using timeloop::ProjectionTerm;
using timeloop::StorageLevel;

namespace {

bool has_unit_axes(const DataSpace& data_space) {
  return std::all_of(data_space.axes.begin(), data_space.axes.end(),
                     [](const auto& terms) { return terms.size() == 1 && terms.front().coefficient == 1; });
}

/// The nest with one data space.
Nest only(const Nest& nest, std::size_t data_space) {
  Nest result = nest;
  result.problem.data_spaces = {nest.problem.data_spaces[data_space]};
  for (StorageLevel& level : result.levels) level.rules = {level.rules[data_space]};
  for (timeloop::Network& network : result.networks) {
    if (network.multicast_energies.size() > data_space) {
      network.multicast_energies = {network.multicast_energies[data_space]};
    }
  }
  return result;
}

}  // namespace

TimeloopTraffic::TimeloopTraffic(const TimeloopSpace& space, const Skeleton& skeleton, const Objective& objective)
    : space_(&space), skeleton_(&skeleton), objective_(objective) {
  find_limits();
  const Nest& blank = space.blank_nest();
  for (const Role role : all_roles) {
    const std::size_t r = role_index(role);
    nests_[r] = only(blank, space.data_space(role));
    for (StorageLevel& level : nests_[r].levels) level.rules.front().keep = false;
    for (const std::size_t block : skeleton.keepers[r]) {
      nests_[r].levels[space.level(skeleton.blocks[block].place)].rules.front().keep = true;
    }
  }
  for (const timeloop::Network& network : blank.networks) {
    network_cycles_ += network.fill_latency_cycles + network.drain_latency_cycles;
    networks_cost_ = networks_cost_ || network.hop_pj != 0 || network.router_pj != 0 || network.ingress_pj != 0 ||
                     network.adder_pj != 0 || !network.multicast_energies.empty();
  }
}

/// A bandwidth that suffices for whatever the copies inside can ask for in a step never limits.
void TimeloopTraffic::find_limits() {
  const Nest& nest = space_->blank_nest();
  for (const StorageLevel& level : nest.levels) {
    Limits& limits = limits_.emplace_back();
    const double tensors = static_cast<double>(nest.problem.data_spaces.size());
    const double copies = static_cast<double>(nest.arithmetic.instances) / static_cast<double>(level.instances);
    const double most = 2 * tensors * std::max(copies, 1.0);
    const bool shared = level.shared_bandwidth.value_or(2 * most) < 2 * most;
    if (shared || level.read_bandwidth.value_or(most) < most) limits.reads = used_++;
    if (shared || level.write_bandwidth.value_or(most) < most) limits.writes = used_++;
  }
}

std::size_t TimeloopTraffic::level_of(Role role, std::size_t keeper) const {
  return space_->level(skeleton_->blocks[skeleton_->keepers[role_index(role)][keeper]].place);
}

const DataSpace& TimeloopTraffic::data_space(Role role) const {
  return nests_[role_index(role)].problem.data_spaces.front();
}

const DataSpaceRules& TimeloopTraffic::rules(Role role, std::size_t level) const {
  return nests_[role_index(role)].levels[level].rules.front();
}

void TimeloopTraffic::start(const SpatialLoops& spatial, const Candidate& candidate) {
  const std::size_t ranks = skeleton_->ranks();
  const std::size_t levels = space_->blank_nest().levels.size();
  spatial_ = &spatial;
  candidate_ = &candidate;
  factors_.assign(levels * ranks, 1.0);
  for (const SpatialLoops::Fanout& fanout : spatial.fanouts()) {
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      factors_[space_->level(fanout.place) * ranks + rank] *= static_cast<double>(fanout.factors[rank]);
    }
  }
  instances_.assign(levels, 1);
  std::int64_t copies = 1;
  for (std::size_t level = levels; level-- > 0;) {
    instances_[level] = copies;
    for (std::size_t rank = 0; rank < ranks; ++rank)
      copies *= static_cast<std::int64_t>(factors_[level * ranks + rank]);
  }
  steps_ = 1;
  for (const std::int64_t time : spatial.times()) steps_ *= static_cast<double>(time);
  set_leakage();
  fixed_ = {};
  fixed_.energy_pj() = steps_ * static_cast<double>(copies) * space_->blank_nest().arithmetic.compute_pj;
  for (const Role role : all_roles) {
    set_counted(role);
    set_groups(role);
    set_fixed(role, candidate);
    fixed_ += fixed_of_[role_index(role)];
  }
}

/// Unused instances do not leak, unless they are switched off together with used ones.
void TimeloopTraffic::set_leakage() {
  const Nest& nest = space_->blank_nest();
  leak_pj_per_cycle_ = 0;
  for (std::size_t level = 0; level < nest.levels.size(); ++level) {
    const StorageLevel& storage = nest.levels[level];
    double leaking = static_cast<double>(instances_[level]);
    if (storage.power_gated_at && *storage.power_gated_at < nest.levels.size()) {
      const std::size_t gate = *storage.power_gated_at;
      const double together = static_cast<double>(storage.instances) / static_cast<double>(nest.levels[gate].instances);
      if (together > 1) leaking = together * static_cast<double>(instances_[gate]);
    }
    leak_pj_per_cycle_ += storage.energies.leak_pj * leaking;
  }
}

double TimeloopTraffic::fanout(std::size_t level) const {
  double copies = 1;
  for (std::size_t rank = 0; rank < skeleton_->ranks(); ++rank) copies *= factors_[level * skeleton_->ranks() + rank];
  return copies;
}

/// Children of a level may take words from each other.
bool TimeloopTraffic::may_link(Role role, std::size_t level) const {
  return space_->counting().link_transfers && !rules(role, level).no_link_transfer && fanout(level) > 1;
}

/// Between computes, which hold nothing, a word may also go on to a neighbour while nothing moves; not where each of
/// them has words of its own.
bool TimeloopTraffic::may_link_computes(Role role) const {
  if (!may_link(role, 0)) return false;
  const std::vector<Motion>& motions = skeleton_->motions[role_index(role)].motions;
  for (std::size_t rank = 0; rank < motions.size(); ++rank) {
    if (factors_[rank] > 1 && motions[rank] != Motion::whole) return true;
  }
  return !has_unit_axes(data_space(role));
}

void TimeloopTraffic::set_counted(Role role) {
  const std::size_t r = role_index(role);
  bool counted = skeleton_->motions[r].slides();
  counted = counted || (data_space(role).read_write && !has_unit_axes(data_space(role)));
  counted = counted || may_link_computes(role);
  for (std::size_t keeper = 0; keeper + 1 < skeleton_->keepers[r].size(); ++keeper) {
    counted = counted || rules(role, level_of(role, keeper)).no_temporal_reuse;
  }
  counted_[r] = counted;
}

/// What a rank with an axis of its own adds to a tile it takes from the number of tiles.
bool TimeloopTraffic::depends_on(Role role, std::size_t rank) const {
  const std::vector<std::vector<ProjectionTerm>>& axes = data_space(role).axes;
  const auto holds = [&](const std::vector<ProjectionTerm>& terms) {
    return terms.size() == 1 && terms.front().coefficient == 1 && terms.front().dimension == space_->dimension(rank);
  };
  return std::none_of(axes.begin(), axes.end(), holds);
}

/// Groups of children of a level that want different words, at least; exactly those of a tensor that does not slide.
double TimeloopTraffic::count_groups(Role role, std::size_t level, bool linked) const {
  const TensorMotion& motion = skeleton_->motions[role_index(role)];
  const bool apart = rules(role, level).no_spatial_reuse;
  double groups = 1;
  std::vector<double> along(motion.axes.size(), 1.0);
  for (std::size_t rank = 0; rank < skeleton_->ranks(); ++rank) {
    const double factor = factors_[level * skeleton_->ranks() + rank];
    if (motion.motions[rank] == Motion::whole || (motion.motions[rank] == Motion::still && apart)) groups *= factor;
    if (motion.motions[rank] != Motion::sliding) continue;
    double& known = along[motion.axis_of[rank]];
    known = std::max(known, factor);
  }
  if (linked && may_link(role, level)) return groups;
  for (const double each : along) groups *= each;
  return groups;
}

void TimeloopTraffic::set_groups(Role role) {
  std::vector<double>& groups = groups_[role_index(role)];
  groups.clear();
  for (std::size_t level = 0; level < space_->blank_nest().levels.size(); ++level) {
    for (const bool linked : {false, true}) groups.push_back(count_groups(role, level, linked));
  }
}

/// The part of the tensor that an instance of a level is responsible for.
double TimeloopTraffic::partition(Role role, std::size_t level) const {
  // Of other tensors it is counted; no part is larger than the whole.
  if (!has_unit_axes(data_space(role))) return words_of_tile(role, skeleton_->blocks.size() - 1, spatial_->times(), {});
  const std::vector<Motion>& motions = skeleton_->motions[role_index(role)].motions;
  double words = 1;
  for (std::size_t rank = 0; rank < motions.size(); ++rank) {
    if (motions[rank] == Motion::still) continue;
    words *= static_cast<double>(skeleton_->space->sizes[rank]);
    for (std::size_t outer = level + 1; outer < instances_.size(); ++outer) {
      words /= factors_[outer * motions.size() + rank];
    }
  }
  return words;
}

double TimeloopTraffic::iterations(std::span<const std::int64_t> extents) const {
  double product = 1;
  for (std::size_t rank = 0; rank < extents.size(); ++rank) {
    const std::int64_t left = spatial_->times()[rank] / extents[rank];
    product *= static_cast<double>(left);
  }
  return product;
}

Amounts TimeloopTraffic::charge(Role role, std::size_t first, std::size_t last, const ReuseEnd& end,
                                std::span<const std::int64_t> extents) {
  Amounts amounts;
  for (std::size_t link = first; link <= last; ++link) {
    const std::size_t keeper = skeleton_->keepers[role_index(role)][link - 1];
    const double entering = words_of_tile(role, keeper, extents, end) * iterations(extents);
    add_link(role, link, entering, end, amounts);
  }
  return amounts;
}

/// Link 0: the compute holds nothing.
void TimeloopTraffic::set_fixed(Role role, const Candidate& candidate) {
  const std::size_t r = role_index(role);
  fixed_of_[r] = {};
  fixed_is_exact_[r] = true;
  if (skeleton_->keepers[r].empty()) return;
  const std::size_t parent = level_of(role, 0);
  const TensorMotion& motion = skeleton_->motions[r];
  for (std::size_t level = 0; level <= parent && counted_[r]; ++level) {
    double slid = 1;
    for (std::size_t rank = 0; rank < skeleton_->ranks(); ++rank) {
      if (motion.motions[rank] == Motion::sliding) slid *= factors_[level * skeleton_->ranks() + rank];
    }
    if (slid > 1 || (level == 0 && may_link_computes(role))) fixed_is_exact_[r] = false;
  }
  if (counted_[r] && fixed_is_exact_[r]) {
    fixed_of_[r] = exact(role, 0, 0, {&candidate, &spatial_->times(), {}});
    return;
  }
  const double entering = may_link_computes(role) ? 0.0 : steps_;
  add_link(role, 0, entering, {Ending::slid_open, 0, 0}, fixed_of_[r]);
}

/// All that follows from the words that enter each instance of a link's child.
void TimeloopTraffic::add_link(Role role, std::size_t link, double entering, const ReuseEnd& end,
                               Amounts& amounts) const {
  const bool linked = counted_[role_index(role)] && end.ending != Ending::moved;
  const std::size_t parent = level_of(role, link);
  std::size_t level = link == 0 ? 0 : level_of(role, link - 1) + 1;
  double content = entering;
  double shared = 1;
  for (; level <= parent; ++level) {
    content *= groups(role, level, linked);
    if (linked && may_link(role, level)) shared *= sliding_copies(role, level);
    if (networks_cost_ && !counted_[role_index(role)]) add_network(role, level, content, level == parent, amounts);
  }
  add_content(role, parent, {content, 0, 0}, amounts);
  if (link > 0) add_fills(role, level_of(role, link - 1), {0, entering / shared, 0}, amounts);
}

double TimeloopTraffic::sliding_copies(Role role, std::size_t level) const {
  const std::vector<Motion>& motions = skeleton_->motions[role_index(role)].motions;
  double copies = 1;
  for (std::size_t rank = 0; rank < motions.size(); ++rank) {
    if (motions[rank] == Motion::sliding) copies *= factors_[level * motions.size() + rank];
  }
  return copies;
}

/// What the level inside takes from a level, or hands to it.
void TimeloopTraffic::add_content(Role role, std::size_t level, const Accesses& accesses, Amounts& amounts) const {
  const DataSpaceRules& rule = rules(role, level);
  const bool sums = data_space(role).read_write;
  LevelAccesses counted;
  const double read = accesses.content + accesses.peers;
  if (rule.no_coalesce) {
    counted.reads = counted.fills = std::llround(read);
    counted.updates = sums ? std::llround(accesses.content) : 0;
    counted.temporal_reductions = sums ? counted.reads : 0;
  } else if (sums) {
    const bool elide = space_->counting().first_read_elision && !rule.rmw_first_update;
    counted.updates = std::llround(accesses.content);
    counted.reads = std::llround(std::max(0.0, read - (elide ? first_visits(role, level) : 0.0)));
    counted.temporal_reductions = counted.reads;
  } else {
    counted.reads = std::llround(read);
  }
  add(role, level, counted, amounts);
}

/// What a level takes from the level outside.
void TimeloopTraffic::add_fills(Role role, std::size_t level, const Accesses& accesses, Amounts& amounts) const {
  const DataSpaceRules& rule = rules(role, level);
  if (rule.no_coalesce) return;
  LevelAccesses counted;
  const double filled = accesses.share + accesses.peers;
  if (data_space(role).read_write) {
    const timeloop::CountingOptions& options = space_->counting();
    const bool elide = options.first_read_elision && !rule.rmw_first_update && !options.fill_first_visit;
    counted.fills = std::llround(std::max(0.0, filled - (elide ? first_visits(role, level) : 0.0)));
  } else {
    counted.fills = static_cast<std::int64_t>(filled);
  }
  add(role, level, counted, amounts);
}

/// Of a counted tensor nothing is known but that it has no more words than that.
double TimeloopTraffic::first_visits(Role role, std::size_t level) const {
  return counting_ ? static_cast<double>(accesses_[level].partition_words) : partition(role, level);
}

void TimeloopTraffic::add(Role role, std::size_t level, const LevelAccesses& accesses, Amounts& amounts) const {
  const StorageLevel& storage = nests_[role_index(role)].levels[level];
  LevelAccesses kept = accesses;
  kept.kept = true;
  const auto used = static_cast<double>(instances_[level]);
  const timeloop::DataSpaceResult result =
      timeloop::data_space_result(storage, data_space(role), {instances_[level], used}, kept);
  amounts.energy_pj() += result.energy_pj + result.temporal_reduction_energy_pj + result.address_generation_energy_pj;
  const Limits& limits = limits_[level];
  const double scale = storage.rules.front().bandwidth_consumption;
  const double read = static_cast<double>(result.reads) * scale;
  const double written = static_cast<double>(result.fills + result.updates) * scale;
  if (limits.reads) amounts.of[*limits.reads] += read;
  if (limits.writes) amounts.of[*limits.writes] += written;
}

Score TimeloopTraffic::score(const Amounts& amounts) const {
  const auto compute = static_cast<std::int64_t>(steps_);
  std::int64_t cycles = compute;
  for (std::size_t level = 0; level < limits_.size(); ++level) {
    const Limits& limits = limits_[level];
    if (!limits.reads && !limits.writes) continue;
    const auto words = [&](const std::optional<std::size_t>& amount) { return amount ? amounts.of[*amount] : 0.0; };
    const double slowest =
        timeloop::slowdown(space_->blank_nest().levels[level], words(limits.reads), words(limits.writes), compute);
    cycles = std::max(cycles, static_cast<std::int64_t>(std::ceil(static_cast<double>(compute) / slowest)));
  }
  Cost cost;
  cost.energy_pj = amounts.energy_pj() + leak_pj_per_cycle_ * static_cast<double>(cycles);
  cost.latency_cycles = cycles + network_cycles_;
  return ohmloop::score(objective_, cost);
}

}  // namespace ohmloop
