#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/to_nest.hpp"

namespace ohmloop::timeloop {
namespace {

/// The stated order, then the dimensions that it leaves out, as Timeloop pads it.
std::vector<std::size_t> complete_permutation(const LoopDirective& directive, std::size_t dimensions) {
  std::vector<std::size_t> order = directive.permutation;
  for (std::size_t i = 0; i < dimensions; ++i) {
    if (std::find(order.begin(), order.end(), i) == order.end()) order.push_back(i);
  }
  return order;
}

const Factor* factor_of(const LoopDirective& directive, std::size_t dimension) {
  const auto found = std::find_if(directive.factors.begin(), directive.factors.end(),
                                  [&](const Factor& factor) { return factor.dimension == dimension; });
  return found == directive.factors.end() ? nullptr : &*found;
}

/// Two loops of more than one iteration whose order the mapping leaves open.
void warn_of_open_order(const TimeloopSpec& spec, const LoopDirective& directive, Diagnostics& diagnostics) {
  std::vector<std::string> open;
  for (const Factor& factor : directive.factors) {
    const auto& stated = directive.permutation;
    const bool listed = std::find(stated.begin(), stated.end(), factor.dimension) != stated.end();
    if (!listed && factor.bound > 1) open.push_back(spec.problem->dimensions[factor.dimension]);
  }
  if (open.size() < 2 || directive.spatial) return;
  diagnostics.warning(
      fmt::format("the permutation of level '{}' leaves out {}: taken as the outermost, in the problem's order",
                  spec.hardware->levels[directive.level].storage.name, list_names(open)),
      directive.where);
}

void add_loops(const LoopDirective& directive, std::size_t dimensions, std::vector<Loop>& loops) {
  const std::vector<std::size_t> order = complete_permutation(directive, dimensions);
  const std::size_t split = directive.split.value_or(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Factor* factor = factor_of(directive, order[i]);
    if (factor == nullptr || factor->bound <= 1) continue;
    const LoopKind kind = !directive.spatial ? LoopKind::temporal
                          : i < split        ? LoopKind::spatial_x
                                             : LoopKind::spatial_y;
    loops.push_back({.dimension = order[i], .bound = factor->bound, .last_bound = factor->last_bound, .kind = kind});
  }
}

/// "GlobalBuffer 4 x DRAM 8", outer to inner.
std::string spell_factors(const TimeloopSpec& spec, const std::vector<std::vector<Loop>>& loops,
                          std::size_t dimension) {
  std::string text;
  for (std::size_t level = loops.size(); level-- > 0;) {
    for (auto loop = loops[level].rbegin(); loop != loops[level].rend(); ++loop) {
      if (loop->dimension != dimension) continue;
      const std::string last = loop->last_bound == loop->bound ? "" : fmt::format(",{}", loop->last_bound);
      text += fmt::format("{}{} {}{}", text.empty() ? "" : " x ", spec.hardware->levels[level].storage.name,
                          loop->bound, last);
    }
  }
  return text.empty() ? "no level has a factor" : text;
}

/// Points that the loops over a dimension reach: outer to inner, n -> (n - 1) x bound + last bound.
std::int64_t covered(const std::vector<std::vector<Loop>>& loops, std::size_t dimension) {
  std::int64_t last_point = 0;
  for (std::size_t level = loops.size(); level-- > 0;) {
    for (auto loop = loops[level].rbegin(); loop != loops[level].rend(); ++loop) {
      if (loop->dimension != dimension) continue;
      last_point = checked_add(checked_multiply(last_point, loop->bound), loop->last_bound - 1);
    }
  }
  return checked_add(last_point, 1);
}

bool check_products(const TimeloopSpec& spec, const std::vector<std::vector<Loop>>& loops, Diagnostics& diagnostics) {
  bool good = true;
  for (std::size_t i = 0; i < spec.problem->dimensions.size(); ++i) {
    const std::string& name = spec.problem->dimensions[i];
    const std::int64_t size = spec.problem->sizes[i];
    std::string product;
    try {
      const std::int64_t reached = covered(loops, i);
      if (reached == size) continue;
      product = fmt::format("{}", reached);
    } catch (const OverflowError&) {
      product = "more than 2^63";
    }
    good = false;
    diagnostics.error(fmt::format("the factors of dimension '{}' multiply to {}, its size is {}", name, product, size),
                      spec.mapping_where, {}, {fmt::format("{}: {}", name, spell_factors(spec, loops, i))});
  }
  return good;
}

bool check_levels(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < spec.hardware->levels.size(); ++i) {
    const SpecLevel& level = spec.hardware->levels[i];
    if (level.fanout_only || spec.mapping->find(i, false) != nullptr) continue;
    missing.push_back(level.storage.name);
  }
  if (missing.empty()) return true;
  diagnostics.error(
      fmt::format("the mapping says nothing of {} {}", missing.size() == 1 ? "level" : "levels", list_names(missing)),
      spec.mapping_where, {},
      {fmt::format("add a directive, as in {{target: {}, type: temporal, factors: {}=1}}", missing.front(),
                   spec.problem->dimensions.front())});
  return false;
}

}  // namespace

std::optional<std::vector<std::vector<Loop>>> mapping_loops(const TimeloopSpec& spec, Diagnostics& diagnostics) {
  if (!spec.hardware || !spec.problem || !spec.mapping) return std::nullopt;
  bool good = check_levels(spec, diagnostics);
  std::vector<std::vector<Loop>> loops(spec.hardware->levels.size());
  for (const bool spatial : {true, false}) {
    for (const LoopDirective& directive : spec.mapping->loops) {
      if (directive.spatial != spatial) continue;
      warn_of_open_order(spec, directive, diagnostics);
      add_loops(directive, spec.problem->dimensions.size(), loops[directive.level]);
    }
  }
  good = check_products(spec, loops, diagnostics) && good;
  if (!good) return std::nullopt;
  return loops;
}

}  // namespace ohmloop::timeloop
