#include "ohmloop/timeloop/reading/to_nest.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/nest_energies.hpp"

namespace ohmloop::timeloop {
namespace {

bool check_parts(const TimeloopSpec& spec, bool with_mapping, Diagnostics& diagnostics) {
  // Where a part is there but wrong, that was reported.
  if (diagnostics.has_errors()) return false;
  std::vector<std::string> missing;
  if (!spec.hardware) missing.emplace_back("`architecture`");
  if (!spec.problem) missing.emplace_back("`problem`");
  if (with_mapping && !spec.mapping) missing.emplace_back("`mapping`");
  if (missing.empty()) return true;
  diagnostics.error(fmt::format("the files have no {}", list_names(missing)), {}, {},
                    {"give all of Timeloop's files at once, in any order"});
  return false;
}

/// What a level is told by the mapping goes before what a constraint says; Timeloop's model keeps what neither
/// mentions.
void set_rules(const TimeloopSpec& spec, std::size_t level, Diagnostics& diagnostics, StorageLevel& storage) {
  const DirectiveSet& said = spec.mapping ? *spec.mapping : spec.constraints;
  const bool fanout = spec.hardware->levels[level].fanout_only;
  std::vector<std::string> kept_against_constraint;
  storage.rules.assign(spec.problem->data_spaces.size(), {});
  for (std::size_t i = 0; i < storage.rules.size(); ++i) {
    DataSpaceRules& rules = storage.rules[i];
    const DataSpaceRules& mapped = said.rules[level][i];
    const DataSpaceRules& constrained = spec.constraints.rules[level][i];
    rules.no_temporal_reuse = mapped.no_temporal_reuse || constrained.no_temporal_reuse;
    rules.no_spatial_reuse = mapped.no_spatial_reuse || constrained.no_spatial_reuse;
    rules.no_link_transfer = mapped.no_link_transfer || constrained.no_link_transfer;
    rules.no_coalesce = mapped.no_coalesce || constrained.no_coalesce;
    rules.rmw_first_update = mapped.rmw_first_update || constrained.rmw_first_update;
    rules.keep = said.keep[level][i].value_or(!fanout);
    if (rules.keep && spec.constraints.keep[level][i] == false) {
      kept_against_constraint.push_back(spec.problem->data_spaces[i].name);
    }
  }
  if (kept_against_constraint.empty()) return;
  diagnostics.warning(
      fmt::format("the mapping keeps {} at level '{}', which a constraint bypasses there",
                  list_names(kept_against_constraint), storage.name),
      spec.mapping_where, {},
      {fmt::format(
          "a fixed mapping keeps whatever it does not bypass; add {{target: {}, type: dataspace, bypass: [{}]}}",
          storage.name, list_names(kept_against_constraint))});
}

void set_power_gating(const TimeloopSpec& spec, std::size_t level, Diagnostics& diagnostics, StorageLevel& storage) {
  const std::string& gate = spec.hardware->levels[level].power_gated_at;
  if (gate.empty()) return;
  const std::vector<std::string> names = spec.hardware->level_names();
  const auto found = std::find(names.begin(), names.end(), gate);
  if (found == names.end()) {
    diagnostics.error(fmt::format("power_gated_at of '{}' names no level: '{}'", storage.name, gate),
                      spec.hardware->levels[level].where, did_you_mean(gate, names));
    return;
  }
  storage.power_gated_at = static_cast<std::size_t>(found - names.begin());
}

/// Which level a network hangs below, and what it carries, follows from the storages that name it.
void add_networks(const Hardware& hardware, Diagnostics& diagnostics, Nest& nest) {
  for (const SpecNetwork& from : hardware.networks) {
    bool down = false;
    bool up = false;
    std::optional<std::size_t> outer;
    for (std::size_t i = 0; i < hardware.levels.size(); ++i) {
      for (const auto& [use, name] : hardware.levels[i].networks) {
        if (name != from.network.name) continue;
        if (use == "network_read" || use == "network_update") outer = i;
        (use == "network_read" || use == "network_fill" ? down : up) = true;
      }
    }
    if (!outer) {
      diagnostics.warning(
          fmt::format("no level reads or is updated over the network '{}': it is not counted", from.network.name),
          from.where);
      continue;
    }
    Network network = from.network;
    network.outer = *outer;
    network.direction = down && up ? NetworkDirection::both : down ? NetworkDirection::down : NetworkDirection::up;
    nest.networks.push_back(std::move(network));
  }
}

void check_network_names(const Hardware& hardware, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const SpecNetwork& network : hardware.networks) names.push_back(network.network.name);
  for (const SpecLevel& level : hardware.levels) {
    for (const auto& [use, name] : level.networks) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      diagnostics.error(fmt::format("{} of '{}' names no network: '{}'", use, level.storage.name, name), level.where,
                        did_you_mean(name, names));
    }
  }
}

}  // namespace

NestOptions nest_options_of(const TimeloopSpec& spec) {
  return {.one_energy_per_access = spec.version == "0.3" || spec.version == "0.2"};
}

namespace {

std::optional<Nest> join(const TimeloopSpec& spec, const std::vector<std::vector<Loop>>& loops,
                         Diagnostics& diagnostics, const NestOptions& options) {
  Nest nest{
      .problem = *spec.problem, .levels = {}, .arithmetic = spec.hardware->arithmetic->arithmetic, .networks = {}};
  for (std::size_t i = 0; i < spec.hardware->levels.size(); ++i) {
    StorageLevel level = spec.hardware->levels[i].storage;
    level.loops = loops[i];
    set_rules(spec, i, diagnostics, level);
    set_power_gating(spec, i, diagnostics, level);
    nest.levels.push_back(std::move(level));
  }
  check_network_names(*spec.hardware, diagnostics);
  add_networks(*spec.hardware, diagnostics, nest);
  try {
    set_energies(spec, options, diagnostics, nest);
  } catch (const OverflowError& error) {
    diagnostics.error(fmt::format("the files' numbers are too large to count with: {}", error.what()), {});
  }
  if (diagnostics.has_errors()) return std::nullopt;
  return nest;
}

}  // namespace

std::optional<Nest> to_nest(const TimeloopSpec& spec, Diagnostics& diagnostics, const NestOptions& options) {
  if (!check_parts(spec, true, diagnostics)) return std::nullopt;
  const auto loops = mapping_loops(spec, diagnostics);
  if (!loops) return std::nullopt;
  for (const SpecLevel& level : spec.hardware->levels) {
    if (level.min_utilization == 0) continue;
    diagnostics.warning(fmt::format("min_utilization of '{}' is not checked", level.storage.name), level.where);
  }
  return join(spec, *loops, diagnostics, options);
}

std::optional<Nest> to_blank_nest(const TimeloopSpec& spec, Diagnostics& diagnostics, const NestOptions& options) {
  if (!check_parts(spec, false, diagnostics)) return std::nullopt;
  const std::vector<std::vector<Loop>> nothing(spec.hardware->levels.size());
  return join(spec, nothing, diagnostics, options);
}

}  // namespace ohmloop::timeloop
