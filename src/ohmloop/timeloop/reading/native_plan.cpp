#include "ohmloop/timeloop/reading/native_plan.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop::timeloop {
namespace {

bool contains_word(std::string_view name, std::string_view word) {
  const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
  return std::search(name.begin(), name.end(), word.begin(), word.end(), same) != name.end();
}

bool is_weight_name(std::string_view name) {
  return contains_word(name, "weight") || contains_word(name, "filter") || contains_word(name, "kernel");
}

std::string_view our_letter(std::string_view name) {
  if (name == "P") return "E";
  if (name == "Q") return "F";
  return name == "K" ? "M" : name;
}

/// Timeloop's letters of a convolution in ours: P and Q are E and F; K counts filters where there is no M.
void name_ranks(const Problem& problem, NativePlan& plan) {
  const auto has = [&](std::string_view name) {
    return std::find(problem.dimensions.begin(), problem.dimensions.end(), name) != problem.dimensions.end();
  };
  const std::string_view letters = "NGMCKRSPQ";
  plan.ranks_of_a_convolution = std::all_of(problem.dimensions.begin(), problem.dimensions.end(), [&](auto& name) {
    return name.size() == 1 && letters.find(name[0]) != std::string_view::npos && !(name == "K" && has("M"));
  });
  for (const std::string& name : problem.dimensions) {
    const std::string_view rank = plan.ranks_of_a_convolution ? our_letter(name) : std::string_view(name);
    plan.ranks.emplace_back(rank);
  }
}

bool assign_roles(const Problem& problem, const SourceSpan& where, NativePlan& plan, Diagnostics& diagnostics) {
  std::vector<std::size_t> operands;
  std::size_t results = 0;
  plan.roles.assign(problem.data_spaces.size(), Role::output);
  for (std::size_t i = 0; i < problem.data_spaces.size(); ++i) {
    if (problem.data_spaces[i].read_write)
      ++results;
    else
      operands.push_back(i);
  }
  if (operands.size() != 2 || results != 1) {
    diagnostics.error(fmt::format("the problem has {} read-only and {} read-write data spaces; a layer of ours has two "
                                  "operands and one result",
                                  operands.size(), results),
                      where);
    return false;
  }
  const bool first = is_weight_name(problem.data_spaces[operands[0]].name);
  const bool second = is_weight_name(problem.data_spaces[operands[1]].name);
  if (first == second) {
    diagnostics.warning(fmt::format("taken as the weight: '{}', the second read-only data space",
                                    problem.data_spaces[operands[1]].name),
                        where);
  }
  const bool weight_first = first && !second;
  plan.roles[operands[weight_first ? 0 : 1]] = Role::weight;
  plan.roles[operands[weight_first ? 1 : 0]] = Role::input;
  return true;
}

/// An element has the word width of the innermost level that stores it; others hold it in words of their own width.
void find_bits(const TimeloopSpec& spec, NativePlan& plan, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < plan.roles.size(); ++i) {
    std::int64_t& bits = plan.bits[static_cast<std::size_t>(plan.roles[i])];
    std::vector<std::string> others;
    for (std::size_t level = 0; level < spec.hardware->levels.size(); ++level) {
      const StorageLevel& storage = spec.hardware->levels[level].storage;
      if (spec.hardware->levels[level].fanout_only || !stores(spec, level, i)) continue;
      if (bits == 0)
        bits = storage.word_bits;
      else if (bits != storage.word_bits)
        others.push_back(fmt::format("{} ({} bit)", storage.name, storage.word_bits));
    }
    if (bits == 0) bits = spec.hardware->arithmetic->arithmetic.word_bits;
    if (others.empty()) continue;
    diagnostics.warning(fmt::format("elements of '{}' have {} bit everywhere; Timeloop's words differ at {}",
                                    spec.problem->data_spaces[i].name, bits, list_names(others)),
                        spec.architecture->span);
  }
}

/// Letters, digits and underscores, and unlike all before.
std::string node_name(std::string_view wanted, std::vector<std::string>& taken) {
  std::string name;
  for (const char c : wanted) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0) name.insert(0, 1, '_');
  while (std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
  taken.push_back(name);
  return name;
}

void name_nodes(const TimeloopSpec& spec, NativePlan& plan, Diagnostics& diagnostics) {
  std::vector<std::string> taken = {spec.hardware->arithmetic->arithmetic.name};
  const auto& levels = spec.hardware->levels;
  plan.levels.resize(levels.size());
  for (std::size_t i = levels.size(); i-- > 0;) {
    NativeLevel& native = plan.levels[i];
    const StorageLevel& storage = levels[i].storage;
    bool stores_something = false;
    for (std::size_t j = 0; j < plan.roles.size(); ++j) stores_something |= stores(spec, i, j);
    if (!levels[i].fanout_only && stores_something) native.memory = node_name(storage.name, taken);
    const Arithmetic& arithmetic = spec.hardware->arithmetic->arithmetic;
    const std::int64_t inner_x = i == 0 ? arithmetic.mesh_x : levels[i - 1].storage.mesh_x;
    const std::int64_t inner_y = i == 0 ? arithmetic.mesh_y : levels[i - 1].storage.mesh_y;
    if (inner_x % storage.mesh_x != 0 || inner_y % storage.mesh_y != 0) {
      diagnostics.error(fmt::format("the meshes below '{}' are no multiples of its own", storage.name),
                        levels[i].where);
      continue;
    }
    native.copies_x = inner_x / storage.mesh_x;
    native.copies_y = inner_y / storage.mesh_y;
    const std::string base = levels[i].fanout_only ? levels[i].node : storage.name + "_fanout";
    const bool both = native.copies_x > 1 && native.copies_y > 1;
    if (native.copies_x > 1) native.across_x = node_name(both ? base + "_x" : base, taken);
    if (native.copies_y > 1) native.across_y = node_name(both ? base + "_y" : base, taken);
  }
}

}  // namespace

bool stores(const TimeloopSpec& spec, std::size_t level, std::size_t data_space) {
  const bool fanout = spec.hardware->levels[level].fanout_only;
  if (spec.mapping) return spec.mapping->keep[level][data_space].value_or(!fanout);
  return spec.constraints.keep[level][data_space].value_or(!fanout);
}

std::optional<NativePlan> plan_roles(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  NativePlan plan;
  name_ranks(*spec.problem, plan);
  if (!assign_roles(*spec.problem, spec.architecture->span, plan, diagnostics)) return std::nullopt;
  return plan;
}

std::optional<NativePlan> plan_native(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  std::optional<NativePlan> plan = plan_roles(spec, diagnostics);
  if (!plan) return std::nullopt;
  find_bits(spec, *plan, diagnostics);
  name_nodes(spec, *plan, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  return plan;
}

}  // namespace ohmloop::timeloop
