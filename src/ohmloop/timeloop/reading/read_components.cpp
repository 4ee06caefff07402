#include "ohmloop/timeloop/reading/read_components.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/timeloop/reading/read_context.hpp"

namespace ohmloop::timeloop {
namespace {

constexpr std::int64_t standard_word_bits = 16;

/// meshX x meshY = instances; one of them follows from the other (Timeloop: all in X where neither is given).
template <class Target>
void set_mesh(const NodeAttributes& attributes, const Copies& copies, const CompletionRules& rules, Target& target) {
  target.instances = copies.instances;
  if (rules.raw_v04) {
    target.mesh_x = copies.mesh_x;
    target.mesh_y = copies.mesh_y;
    return;
  }
  const auto x = attributes.whole({"meshX"}, 1);
  const auto y = attributes.whole({"meshY"}, 1);
  const std::int64_t stated = x && y ? checked_multiply(*x, *y) : x ? *x : y ? *y : 1;
  const bool fits = x && y ? stated == copies.instances : copies.instances % stated == 0;
  if (!fits) {
    attributes.diagnostics().error(fmt::format("'{}' exists {} times, which does not fit meshX and meshY",
                                               attributes.node().name, copies.instances),
                                   attributes.where({"meshX", "meshY"}), {},
                                   {"meshX x meshY must be the number of its instances"});
    return;
  }
  target.mesh_x = x ? *x : copies.instances / stated;
  target.mesh_y = x ? copies.instances / *x : stated;
}

/// width = word_bits x block_size x cluster_size: two of them give the third.
void set_access_width(const NodeAttributes& attributes, const CompletionRules& rules, StorageLevel& storage) {
  const auto block = attributes.whole({"block_size", "n_words"}, 1);
  auto cluster = attributes.whole({"cluster_size"}, 1);
  const auto width = attributes.whole({"width", "memory_width"}, 1);
  if (rules.raw_v04 && !cluster) cluster = 1;
  storage.block_size = block.value_or(1);
  storage.cluster_size = cluster.value_or(1);
  if (!width || (block && cluster)) return;
  const std::int64_t known = checked_multiply(storage.word_bits, cluster ? *cluster : storage.block_size);
  if (*width % known != 0) {
    attributes.diagnostics().error(
        fmt::format("the width of '{}', {} bits, is not a multiple of {} bits", attributes.node().name, *width, known),
        attributes.where({"width", "memory_width"}), {},
        {fmt::format("a word has {} bits (datawidth), {} of {}", storage.word_bits,
                     cluster ? "cluster_size is" : "block_size is", cluster ? *cluster : storage.block_size)});
    return;
  }
  (cluster ? storage.block_size : storage.cluster_size) = *width / known;
}

void set_capacity(const NodeAttributes& attributes, StorageLevel& storage) {
  const int ways = (attributes.find({"entries"}) != nullptr ? 1 : 0) +
                   (attributes.find({"depth", "memory_depth"}) != nullptr ? 1 : 0) +
                   (attributes.find({"sizeKB"}) != nullptr ? 1 : 0);
  if (ways > 1) {
    attributes.diagnostics().error(
        fmt::format("the size of '{}' is stated in more than one way", attributes.node().name),
        attributes.where({"entries", "sizeKB"}), {}, {"keep one of entries, depth and sizeKB"});
  }
  if (attributes.is_infinite({"entries", "depth", "memory_depth", "sizeKB"})) return;
  if (attributes.find({"entries"}) != nullptr) {
    storage.capacity_words = attributes.whole({"entries"}, 0);
  } else if (attributes.find({"depth", "memory_depth"}) != nullptr) {
    const auto depth = attributes.whole({"depth", "memory_depth"}, 0);
    if (depth) storage.capacity_words = checked_multiply(*depth, storage.block_size);
  } else if (attributes.find({"sizeKB"}) != nullptr) {
    const auto size_kb = attributes.whole({"sizeKB"}, 0);
    if (size_kb) storage.capacity_words = checked_multiply(*size_kb, 8192) / storage.word_bits;
  } else if (!storage.is_dram) {
    attributes.diagnostics().error(fmt::format("storage '{}' has no size", attributes.node().name),
                                   attributes.node().where, {},
                                   {"state depth, entries or sizeKB; only a DRAM may go without"});
  }
}

void set_bandwidths(const NodeAttributes& attributes, StorageLevel& storage) {
  if (const auto both = attributes.number({"bandwidth"})) {
    storage.read_bandwidth = *both / 2;
    storage.write_bandwidth = *both / 2;
  }
  if (const auto read = attributes.number({"read_bandwidth"})) storage.read_bandwidth = read;
  if (const auto write = attributes.number({"write_bandwidth"})) storage.write_bandwidth = write;
  storage.shared_bandwidth = attributes.number({"shared_bandwidth"});
}

/// A level that Timeloop's front end made of the copies of a node: "inter_PE_spatial".
void recognise_fanout(SpecLevel& level) {
  constexpr std::string_view prefix = "inter_";
  constexpr std::string_view suffix = "_spatial";
  const std::string& name = level.storage.name;
  if (level.class_name != "dummy_storage" || !name.starts_with(prefix) || !name.ends_with(suffix)) return;
  if (name.size() <= prefix.size() + suffix.size()) return;
  level.fanout_only = true;
  level.node = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
}

/// What would change a result and is not counted.
void refuse_unsupported(const NodeAttributes& attributes) {
  const auto refuse = [&](std::string_view name) {
    attributes.diagnostics().error(fmt::format("'{}' of '{}' is not supported", name, attributes.node().name),
                                   attributes.where({name}), {}, {"it would change what is counted"});
  };
  if (attributes.truth({"allow_overbooking"}).value_or(false)) refuse("allow_overbooking");
  if (attributes.truth({"has_power_gating"}).value_or(false)) refuse("has_power_gating");
  if (attributes.find({"metadata_storage_width"}) != nullptr && attributes.number({"metadata_storage_width"}) > 0) {
    refuse("metadata_storage_width");
  }
  if (!attributes.node().raw_attributes) return;
  for (const YamlEntry& entry : attributes.node().raw_attributes->entries) {
    if (with_underscores(entry.key) != "per_dataspace_bandwidth_consumption_scale" || is_empty(entry.value)) continue;
    attributes.diagnostics().error(fmt::format("'{}' of '{}' is not supported", entry.key, attributes.node().name),
                                   entry.key_span, {}, {"it would change the bandwidth that is needed"});
  }
}

}  // namespace

ComponentRole role_of_class(const std::string& class_name) {
  const auto contains = [&](std::string_view word) { return class_name.find(word) != std::string::npos; };
  for (const char* word : {"DRAM", "SRAM", "regfile", "smartbuffer", "storage"}) {
    if (contains(word)) return ComponentRole::storage;
  }
  for (const char* word : {"mac", "compute"}) {
    if (contains(word)) return ComponentRole::compute;
  }
  for (const char* word : {"XY_NoC", "Legacy", "ReductionTree", "SimpleMulticast"}) {
    if (contains(word)) return ComponentRole::network;
  }
  return ComponentRole::unknown;
}

SpecLevel read_storage(const FieldNode& node, const Copies& copies, const CompletionRules& rules,
                       Diagnostics& diagnostics) {
  const NodeAttributes attributes(node, diagnostics);
  SpecLevel level;
  StorageLevel& storage = level.storage;
  storage.name = node.name;
  level.class_name = node.class_name;
  level.where = node.where;
  recognise_fanout(level);
  set_mesh(attributes, copies, rules, storage);
  storage.is_dram = node.class_name.find("DRAM") != std::string::npos || attributes.text({"technology"}) == "DRAM";
  storage.word_bits = attributes.whole({"word_bits", "word_width", "datawidth"}, 1).value_or(standard_word_bits);
  set_access_width(attributes, rules, storage);
  set_capacity(attributes, storage);
  set_bandwidths(attributes, storage);
  storage.multiple_buffering = attributes.number({"multiple_buffering"}).value_or(1.0);
  if (storage.multiple_buffering < 1) {
    diagnostics.error(fmt::format("multiple_buffering of '{}' must be at least 1", node.name),
                      attributes.where({"multiple_buffering"}));
  }
  level.memory_type = attributes.text({"type"});
  if (attributes.find({"n_banks"}) != nullptr) level.banks = attributes.whole({"n_banks"}, 1);
  level.min_utilization = attributes.number({"min_utilization"}).value_or(0.0);
  storage.reduction_supported = attributes.truth({"reduction_supported"});
  if (rules.raw_v04 && !storage.reduction_supported) storage.reduction_supported = true;
  level.stated_access_pj = attributes.number({"vector_access_energy"});
  storage.address_generation_pj = attributes.number({"addr_gen_energy"}).value_or(0.0);
  if (const auto area = attributes.number({"cluster_area"})) {
    storage.area_um2 = *area / static_cast<double>(storage.cluster_size);
  }
  level.power_gated_at = attributes.text({"power_gated_at"});
  for (const char* key : {"network_read", "network_fill", "network_update", "network_drain"}) {
    const std::string name = attributes.text({key});
    if (!name.empty()) level.networks[key] = name;
  }
  refuse_unsupported(attributes);
  return level;
}

SpecArithmetic read_arithmetic(const FieldNode& node, const Copies& copies, const CompletionRules& rules,
                               Diagnostics& diagnostics) {
  const NodeAttributes attributes(node, diagnostics);
  SpecArithmetic result;
  Arithmetic& arithmetic = result.arithmetic;
  arithmetic.name = node.name;
  result.class_name = node.class_name;
  result.where = node.where;
  set_mesh(attributes, copies, rules, arithmetic);
  arithmetic.word_bits = attributes.whole({"word_bits", "word_width", "datawidth"}, 1).value_or(standard_word_bits);
  result.multiplier_width_bits = static_cast<double>(arithmetic.word_bits);
  result.multiplier_bits = attributes.whole({"multiplier_width", "width", "datawidth"}, 1);
  result.adder_bits = attributes.whole({"adder_width"}, 1);
  result.stated_compute_pj = attributes.number({"energy", "energy_per_op"});
  arithmetic.area_um2 = attributes.number({"area"}).value_or(0.0);
  return result;
}

SpecNetwork read_network(const FieldNode& node, Diagnostics& diagnostics) {
  const NodeAttributes attributes(node, diagnostics);
  SpecNetwork result;
  Network& network = result.network;
  network.name = node.name;
  result.where = node.where;
  const auto contains = [&](std::string_view word) { return node.class_name.find(word) != std::string::npos; };
  network.kind = contains("SimpleMulticast") ? NetworkKind::simple_multicast
                 : contains("ReductionTree") ? NetworkKind::reduction_tree
                                             : NetworkKind::legacy;
  network.word_bits = attributes.whole({"word_bits", "datawidth"}, 1).value_or(standard_word_bits);
  const auto wire_pj = attributes.number({"wire_energy"});
  const auto tile_width = attributes.number({"tile_width"});
  if (const auto hop = attributes.number({"energy_per_hop"}))
    network.hop_pj = *hop;
  else if (wire_pj && tile_width)
    network.hop_pj = static_cast<double>(network.word_bits) * *tile_width * *wire_pj;
  network.router_pj = attributes.number({"router_energy"}).value_or(0.0);
  network.ingress_pj = attributes.number({"energy_per_ingress"}).value_or(0.0);
  network.adder_pj = attributes.number({"adder_energy"}).value_or(0.0);
  network.fill_latency_cycles = attributes.whole({"fill_latency"}, 0).value_or(0);
  network.drain_latency_cycles = attributes.whole({"drain_latency"}, 0).value_or(0);
  if (const std::string action = attributes.text({"action_name"}); !action.empty()) result.action = action;
  result.action_per_data_space = attributes.truth({"per_datatype_ERT"}).value_or(false);
  result.multicast_argument = attributes.text({"multicast_factor_argument"});
  return result;
}

SpecLevel fanout_level(const FieldNode& node, const Copies& copies_outside) {
  SpecLevel level;
  level.storage.name = fmt::format("inter_{}_spatial", node.name);
  level.storage.instances = copies_outside.instances;
  level.storage.mesh_x = copies_outside.mesh_x;
  level.storage.mesh_y = copies_outside.mesh_y;
  level.storage.word_bits = 1;
  level.storage.capacity_words = 1;
  level.storage.reduction_supported = true;
  level.class_name = "dummy_storage";
  level.fanout_only = true;
  level.node = node.name;
  level.where = node.where;
  return level;
}

}  // namespace ohmloop::timeloop
