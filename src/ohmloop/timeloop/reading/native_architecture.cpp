#include <algorithm>
#include <cctype>
#include <string>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/native_plan.hpp"

namespace ohmloop::timeloop {
namespace {

/// Writes the file node by node, outermost first.
class ArchitectureWriter {
 public:
  ArchitectureWriter(const TimeloopSpec& spec, const NativePlan& plan, Diagnostics& diagnostics)
      : spec_(spec), plan_(plan), diagnostics_(diagnostics) {}

  std::string write();

 private:
  void write_head();
  void write_memory(std::size_t level);
  void write_containers(std::size_t level);
  void write_compute();
  [[nodiscard]] std::string memory_class(const SpecLevel& level);
  [[nodiscard]] std::string dram_type(const SpecLevel& level);
  [[nodiscard]] std::string keep_lists(std::size_t level) const;
  [[nodiscard]] std::string bandwidths(const SpecLevel& level);
  [[nodiscard]] std::string loops(std::size_t level, bool spatial);
  void warn_of_losses(std::size_t level);

  void warn(const std::string& message, const SourceSpan& where) { diagnostics_.warning(message, where); }

  const TimeloopSpec& spec_;
  const NativePlan& plan_;
  Diagnostics& diagnostics_;
  std::string text_;
};

void ArchitectureWriter::write_head() {
  text_ = "ohmloop: 1\n";
  const SourceSpan& where = spec_.architecture->span;
  if (!spec_.hardware->technology.empty())
    text_ += fmt::format("technology: {}\n", spec_.hardware->technology);
  else
    warn("no technology is stated: components that need one can't be estimated", where);
  if (!spec_.hardware->cycle_s) warn("no global_cycle_seconds is stated: the clock is taken as 1 GHz", where);
  text_ += fmt::format("clock: {:.9g} GHz\n", 1e-9 / spec_.hardware->cycle_s.value_or(1e-9));
  text_ += fmt::format("bits: {{input: {}, weight: {}, output: {}}}\n", plan_.bits[0], plan_.bits[1], plan_.bits[2]);
  text_ += "architecture:\n";
}

/// The nearest of our classes; compound components are Accelergy's own and stay behind.
std::string ArchitectureWriter::memory_class(const SpecLevel& level) {
  const auto contains = [&](std::string_view word) { return level.class_name.find(word) != std::string::npos; };
  std::string name = "sram";
  if (level.storage.is_dram)
    name = "dram";
  else if (contains("regfile") || contains("RF") || contains("register"))
    name = "register_file";
  if (level.class_name != "DRAM" && level.class_name != "SRAM" && level.class_name != "regfile") {
    warn(fmt::format("class '{}' of '{}' becomes '{}': compound components are not converted", level.class_name,
                     level.storage.name, name),
         level.where);
  }
  return name;
}

std::string ArchitectureWriter::dram_type(const SpecLevel& level) {
  std::string type;
  for (const char c : level.memory_type) type += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  static const std::vector<std::string> known = {"lpddr", "lpddr4", "ddr3", "gddr5", "hbm2", "hbm3", "hbm4"};
  if (std::find(known.begin(), known.end(), type) != known.end()) return type;
  warn(fmt::format("'{}' does not state a known type of DRAM: lpddr4 is written", level.storage.name), level.where);
  return "lpddr4";
}

std::string ArchitectureWriter::keep_lists(std::size_t level) const {
  std::string keep;
  std::string bypass;
  for (std::size_t i = 0; i < plan_.roles.size(); ++i) {
    const std::optional<bool>& constrained = spec_.constraints.keep[level][i];
    const bool mapped_here = spec_.mapping && spec_.mapping->keep[level][i] == true;
    const bool mapped_past = spec_.mapping && spec_.mapping->keep[level][i] == false;
    const bool is_outermost = level + 1 == plan_.levels.size();
    // The outermost memory that may store a tensor must: where the mapping passes it by, the description says so.
    const bool is_bypassed = constrained == false ? !mapped_here : is_outermost && mapped_past;
    const bool is_kept = constrained == true || (is_outermost && !is_bypassed);
    std::string& list = is_bypassed ? bypass : keep;
    if (is_bypassed || is_kept) list += (list.empty() ? "" : ", ") + std::string(to_string(plan_.roles[i]));
  }
  std::string text;
  if (!keep.empty()) text += fmt::format("\n  keep: [{}]", keep);
  if (!bypass.empty()) text += fmt::format("\n  bypass: [{}]", bypass);
  return text;
}

std::string ArchitectureWriter::bandwidths(const SpecLevel& level) {
  std::string text;
  const double bits = static_cast<double>(level.storage.word_bits);
  if (const auto read = level.storage.read_bandwidth)
    text += fmt::format("\n  read_bandwidth: {} bit/cycle", *read * bits);
  if (const auto write = level.storage.write_bandwidth) {
    text += fmt::format("\n  write_bandwidth: {} bit/cycle", *write * bits);
  }
  if (level.storage.shared_bandwidth) {
    warn(fmt::format("shared_bandwidth of '{}' is left out: reads and writes have bandwidths of their own",
                     level.storage.name),
         level.where);
  }
  return text;
}

/// "loops: {factors: {M: 4, C: <= 8}, order: [C, M]}", outer to inner; ranks that are not named stand outside, as in
/// Timeloop's permutations.
std::string ArchitectureWriter::loops(std::size_t level, bool spatial) {
  const LoopDirective* directive = spec_.constraints.find(level, spatial);
  if (directive == nullptr) return {};
  const std::string& name = spec_.hardware->levels[level].storage.name;
  if (!plan_.ranks_of_a_convolution) {
    warn(fmt::format("constraints of '{}' are left out: an architecture knows the ranks of a convolution alone", name),
         directive->where);
    return {};
  }
  std::string factors;
  for (const Factor& factor : directive->factors) {
    if (factor.bound == Factor::remainder) continue;
    const std::string value = factor.relation == Factor::Relation::equal     ? fmt::format("{}", factor.bound)
                              : factor.relation == Factor::Relation::at_most ? fmt::format("<= {}", factor.bound)
                                                                             : fmt::format("\">= {}\"", factor.bound);
    factors += fmt::format("{}{}: {}", factors.empty() ? "" : ", ", plan_.ranks[factor.dimension], value);
  }
  std::string order;
  for (auto dimension = directive->permutation.rbegin(); dimension != directive->permutation.rend(); ++dimension) {
    order += (order.empty() ? "" : ", ") + plan_.ranks[*dimension];
  }
  std::string text;
  if (!factors.empty()) text += fmt::format("factors: {{{}}}", factors);
  // The order of spatial loops changes nothing that we count.
  if (!order.empty() && !spatial) text += fmt::format("{}order: [{}]", text.empty() ? "" : ", ", order);
  return text.empty() ? "" : fmt::format("\n  loops: {{{}}}", text);
}

void ArchitectureWriter::warn_of_losses(std::size_t level) {
  const SpecLevel& from = spec_.hardware->levels[level];
  std::vector<std::string> lost;
  const auto lose = [&](bool is_set, const char* what) {
    if (is_set && std::find(lost.begin(), lost.end(), what) == lost.end()) lost.emplace_back(what);
  };
  for (std::size_t i = 0; i < plan_.roles.size(); ++i) {
    DataSpaceRules rules = spec_.constraints.rules[level][i];
    if (spec_.mapping) {
      const DataSpaceRules& mapped = spec_.mapping->rules[level][i];
      rules.no_temporal_reuse |= mapped.no_temporal_reuse;
      rules.no_coalesce |= mapped.no_coalesce;
      rules.rmw_first_update |= mapped.rmw_first_update;
    }
    lose(rules.no_temporal_reuse, "no_temporal_reuse");
    lose(rules.no_coalesce, "no_coalesce");
    lose(rules.rmw_first_update, "rmw_first_update");
  }
  lose(from.storage.cluster_size > 1, "cluster_size");
  lose(from.storage.multiple_buffering > 1, "multiple_buffering");
  lose(from.min_utilization > 0, "min_utilization");
  lose(!from.power_gated_at.empty(), "power_gated_at");
  lose(from.stated_access_pj.has_value(), "vector_access_energy");
  lose(!from.networks.empty(), "networks");
  lose(spec_.constraints.min_parallelism[level].has_value(), "min utilization");
  const LoopDirective* spatial = spec_.constraints.find(level, true);
  const bool both = !plan_.levels[level].across_x.empty() && !plan_.levels[level].across_y.empty();
  lose(spatial != nullptr && spatial->split && both, "split");
  if (lost.empty()) return;
  warn(fmt::format("left out at '{}', for it has no counterpart: {}", from.storage.name, list_names(lost)), from.where);
}

void ArchitectureWriter::write_memory(std::size_t level) {
  const SpecLevel& from = spec_.hardware->levels[level];
  const std::string& name = plan_.levels[level].memory;
  if (name.empty()) return;
  const std::string class_name = memory_class(from);
  text_ += fmt::format("- !Memory\n  name: {}\n  class: {}", name, class_name);
  if (class_name == "dram") text_ += fmt::format("\n  type: {}", dram_type(from));
  const StorageLevel& storage = from.storage;
  std::int64_t capacity = storage.capacity_words.value_or(0);
  if (storage.multiple_buffering > 1) {
    capacity = static_cast<std::int64_t>(static_cast<double>(capacity) / storage.multiple_buffering);
  }
  if (capacity > 0) text_ += fmt::format("\n  size: {} bit", checked_multiply(capacity, storage.word_bits));
  text_ += fmt::format("\n  width: {} bit", checked_multiply(storage.word_bits, storage.block_size));
  // Timeloop's front end gives every storage two banks; only other numbers were meant.
  if (class_name == "sram" && from.banks && *from.banks != 2) text_ += fmt::format("\n  banks: {}", *from.banks);
  text_ += bandwidths(from) + keep_lists(level) + loops(level, false) + "\n";
}

void ArchitectureWriter::write_containers(std::size_t level) {
  const NativeLevel& native = plan_.levels[level];
  std::string separate;
  for (std::size_t i = 0; i < plan_.roles.size(); ++i) {
    const bool mapped = spec_.mapping && spec_.mapping->rules[level][i].no_spatial_reuse;
    if (!mapped && !spec_.constraints.rules[level][i].no_spatial_reuse) continue;
    separate += (separate.empty() ? "" : ", ") + std::string(to_string(plan_.roles[i]));
  }
  for (const auto& [name, copies] :
       {std::pair{native.across_x, native.copies_x}, std::pair{native.across_y, native.copies_y}}) {
    if (name.empty()) continue;
    text_ += fmt::format("- !Container\n  name: {}\n  fanout: {}", name, copies);
    if (!separate.empty()) text_ += fmt::format("\n  separate: [{}]", separate);
    const bool alone = native.across_x.empty() || native.across_y.empty();
    if (alone) text_ += loops(level, true);
    text_ += "\n";
  }
}

void ArchitectureWriter::write_compute() {
  const SpecArithmetic& from = *spec_.hardware->arithmetic;
  const std::int64_t multiplier = from.multiplier_bits.value_or(from.arithmetic.word_bits);
  if (!from.multiplier_bits || !from.adder_bits) {
    warn(fmt::format("'{}' does not state the widths of its multiplier and adder: {} and {} bit are written",
                     from.arithmetic.name, multiplier, from.adder_bits.value_or(plan_.bits[2])),
         from.where);
  }
  if (from.class_name.find("fpmac") != std::string::npos) {
    warn(fmt::format("class '{}' of '{}' becomes 'int_mac'", from.class_name, from.arithmetic.name), from.where);
  }
  text_ += fmt::format("- !Compute {{name: {}, class: int_mac, multiplier_bits: {} bit, adder_bits: {} bit}}\n",
                       from.arithmetic.name, multiplier, from.adder_bits.value_or(plan_.bits[2]));
}

std::string ArchitectureWriter::write() {
  write_head();
  for (std::size_t level = plan_.levels.size(); level-- > 0;) {
    warn_of_losses(level);
    write_memory(level);
    write_containers(level);
  }
  write_compute();
  for (const SpecNetwork& network : spec_.hardware->networks) {
    warn(fmt::format("network '{}' is left out: transfers are not charged", network.network.name), network.where);
  }
  return std::move(text_);
}

}  // namespace

std::string native_architecture(const TimeloopSpec& spec, const NativePlan& plan, Diagnostics& diagnostics) {
  return ArchitectureWriter(spec, plan, diagnostics).write();
}

}  // namespace ohmloop::timeloop
