#include "ohmloop/timeloop/reading/nest_energies.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/pat.hpp"

namespace ohmloop::timeloop {
namespace {

using ActionNames = std::span<const std::string_view>;
constexpr std::array<std::string_view, 2> read_names = {"random_read", "read"};
constexpr std::array<std::string_view, 4> fill_names = {"random_fill", "random_write", "fill", "write"};
constexpr std::array<std::string_view, 4> update_names = {"random_update", "random_write", "update", "write"};
constexpr std::array<std::string_view, 1> leak_names = {"leak"};
constexpr std::array<std::string_view, 4> compute_names = {"random_compute", "compute", "mac_random", "mac"};

/// The first of the names that the table has; its dearest case.
std::optional<double> dearest(const ErtTable& table, ActionNames names) {
  for (const std::string_view name : names) {
    std::optional<double> energy;
    for (const ErtAction& action : table.actions) {
      if (action.name == name) energy = std::max(energy.value_or(action.energy_pj), action.energy_pj);
    }
    if (energy) return energy;
  }
  return std::nullopt;
}

template <class Table>
const Table* find_table(const std::optional<std::vector<Table>>& tables, const std::string& component) {
  if (!tables) return nullptr;
  const auto found =
      std::find_if(tables->begin(), tables->end(), [&](const Table& table) { return table.component == component; });
  return found == tables->end() ? nullptr : &*found;
}

class EnergySetter {
 public:
  EnergySetter(const TimeloopSpec& spec, const NestOptions& options, Diagnostics& diagnostics)
      : spec_(spec), options_(options), diagnostics_(diagnostics) {}

  void set_level(const SpecLevel& level, StorageLevel& storage);
  void set_arithmetic(const SpecArithmetic& from, Arithmetic& arithmetic);
  void set_network(const SpecNetwork& from, Network& network);
  void report_built_in();

 private:
  double built_in_access_pj(const StorageLevel& storage) const;
  double action_pj(const ErtTable& table, ActionNames names, const SpecLevel& level, double built_in);

  const TimeloopSpec& spec_;
  const NestOptions& options_;
  Diagnostics& diagnostics_;
  std::vector<std::string> built_in_;  ///< components that took the built-in model
};

double EnergySetter::built_in_access_pj(const StorageLevel& storage) const {
  const std::int64_t width =
      checked_multiply(checked_multiply(storage.word_bits, storage.block_size), storage.cluster_size);
  if (storage.is_dram) return pat_dram_access_pj(width);
  if (storage.capacity_words.value_or(0) == 0) return 0;
  return pat_sram_access_pj(ceil_divide(*storage.capacity_words, storage.block_size), width);
}

double EnergySetter::action_pj(const ErtTable& table, ActionNames names, const SpecLevel& level, double built_in) {
  if (const auto energy = dearest(table, names)) return *energy;
  built_in_.push_back(fmt::format("{} ({})", level.storage.name, names.back()));
  return built_in;
}

void EnergySetter::set_level(const SpecLevel& level, StorageLevel& storage) {
  if (const ArtTable* area = find_table(spec_.art, storage.name)) storage.area_um2 = area->area_um2;
  const bool stores =
      std::any_of(storage.rules.begin(), storage.rules.end(), [](const DataSpaceRules& rules) { return rules.keep; });
  const ErtTable* table = find_table(spec_.ert, storage.name);
  if (table != nullptr) storage.energies.leak_pj = dearest(*table, leak_names).value_or(0.0);
  if (!stores) return;
  const double built_in = built_in_access_pj(storage);
  if (level.stated_access_pj) {
    const double stated = *level.stated_access_pj;
    storage.energies = {stated, stated, stated, storage.energies.leak_pj};
  } else if (table == nullptr) {
    built_in_.push_back(storage.name);
    storage.energies = {built_in, built_in, built_in, 0};
  } else if (options_.one_energy_per_access) {
    double most = 0;
    for (const ErtAction& action : table->actions) {
      if (action.name != "leak" && action.name != "idle") most = std::max(most, action.energy_pj);
    }
    storage.energies = {most, most, most, 0};
  } else {
    storage.energies.read_pj = action_pj(*table, read_names, level, built_in);
    storage.energies.fill_pj = action_pj(*table, fill_names, level, built_in);
    storage.energies.update_pj = action_pj(*table, update_names, level, built_in);
  }
}

void EnergySetter::set_arithmetic(const SpecArithmetic& from, Arithmetic& arithmetic) {
  if (const ArtTable* area = find_table(spec_.art, arithmetic.name)) arithmetic.area_um2 = area->area_um2;
  const ErtTable* table = find_table(spec_.ert, arithmetic.name);
  std::optional<double> energy = from.stated_compute_pj;
  if (!energy && table != nullptr) {
    energy = dearest(*table, compute_names);
  }
  if (!energy) {
    built_in_.push_back(arithmetic.name);
    energy = pat_multiply_pj(from.multiplier_width_bits, from.multiplier_width_bits);
  }
  arithmetic.compute_pj = *energy;
}

void EnergySetter::set_network(const SpecNetwork& from, Network& network) {
  if (network.kind != NetworkKind::simple_multicast) return;
  network.multicast_energies.assign(spec_.problem->data_spaces.size(), {});
  const ErtTable* table = find_table(spec_.ert, network.name);
  if (table == nullptr) {
    diagnostics_.warning(
        fmt::format("no energy is known of the network '{}': its transfers cost nothing", network.name), from.where);
    return;
  }
  for (std::size_t i = 0; i < network.multicast_energies.size(); ++i) {
    const std::string wanted =
        from.action_per_data_space ? from.action + "_" + spec_.problem->data_spaces[i].name : from.action;
    std::vector<MulticastEnergy>& energies = network.multicast_energies[i];
    for (const ErtAction& action : table->actions) {
      if (action.name != wanted) continue;
      const auto factor = action.arguments.find(from.multicast_argument);
      const double destinations = factor == action.arguments.end() ? 1.0 : factor->second;
      if (destinations < 1 || destinations > 1e12) continue;
      energies.push_back({.multicast = static_cast<std::int64_t>(destinations), .ingress_pj = action.energy_pj});
    }
    std::sort(energies.begin(), energies.end(),
              [](const MulticastEnergy& a, const MulticastEnergy& b) { return a.multicast < b.multicast; });
  }
}

void EnergySetter::report_built_in() {
  if (built_in_.empty()) return;
  diagnostics_.warning(
      fmt::format("no energies are given for {}: taken from Timeloop's built-in model", list_names(built_in_)),
      spec_.architecture ? spec_.architecture->span : SourceSpan{}, {},
      {"give the ERT and ART that Accelergy made of the architecture"});
}

}  // namespace

void set_energies(const TimeloopSpec& spec, const NestOptions& options, Diagnostics& diagnostics, Nest& nest) {
  EnergySetter setter(spec, options, diagnostics);
  setter.set_arithmetic(*spec.hardware->arithmetic, nest.arithmetic);
  for (std::size_t i = 0; i < nest.levels.size(); ++i) setter.set_level(spec.hardware->levels[i], nest.levels[i]);
  for (Network& network : nest.networks) {
    for (const SpecNetwork& from : spec.hardware->networks) {
      if (from.network.name == network.name) setter.set_network(from, network);
    }
  }
  setter.report_built_in();
}

}  // namespace ohmloop::timeloop
