#include "ohmloop/mapper/timeloop/explain_spec.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/least_need.hpp"

namespace ohmloop {
namespace {

using timeloop::Factor;
using timeloop::LoopDirective;

std::string place_name(const timeloop::TimeloopSpec& spec, const LoopDirective& directive) {
  return fmt::format("{} factor of '{}'", directive.spatial ? "spatial" : "temporal",
                     spec.hardware->levels[directive.level].storage.name);
}

std::string written(const std::string& dimension, const Factor& factor) {
  const char* sign = factor.relation == Factor::Relation::equal     ? "="
                     : factor.relation == Factor::Relation::at_most ? "<="
                                                                    : ">=";
  return fmt::format("{}{}{}", dimension, sign, factor.bound);
}

bool helps(const timeloop::TimeloopSpec& changed, std::size_t rank) {
  Diagnostics ignored;
  const std::unique_ptr<TimeloopSpace> made = TimeloopSpace::make(changed, ignored);
  return made != nullptr && rank_has_factors(made->space(), rank);
}

/// Another bound for one of the constraints on the dimension, the nearest that helps.
std::optional<NoMapping> change_a_factor(const timeloop::TimeloopSpec& spec, const std::string& reason,
                                         std::size_t dimension, std::size_t rank) {
  timeloop::TimeloopSpec changed = spec;
  for (LoopDirective& directive : changed.constraints.loops) {
    for (Factor& factor : directive.factors) {
      if (factor.dimension != dimension || factor.bound < 1) continue;
      const Factor before = factor;
      std::vector<std::int64_t> bounds = divisors(spec.problem->sizes[dimension]);
      std::stable_sort(bounds.begin(), bounds.end(), [&](std::int64_t a, std::int64_t b) {
        return std::abs(a - before.bound) < std::abs(b - before.bound);
      });
      for (const std::int64_t bound : bounds) {
        factor.bound = factor.last_bound = bound;
        if (bound == before.bound || !helps(changed, rank)) continue;
        const std::string& name = spec.problem->dimensions[dimension];
        return NoMapping{fmt::format("{}, with {} as {}", reason, written(name, before), place_name(spec, directive)),
                         fmt::format("{} there", written(name, factor)), before.where};
      }
      factor = before;
    }
  }
  return std::nullopt;
}

NoMapping explain_factors(const timeloop::TimeloopSpec& spec, const TimeloopSpace& made, std::size_t rank) {
  const std::size_t dimension = made.dimension(rank);
  const std::string reason = fmt::format("no factors that the constraints allow make the {} iterations of {}",
                                         spec.problem->sizes[dimension], spec.problem->dimensions[dimension]);
  if (auto change = change_a_factor(spec, reason, dimension, rank)) return *change;
  SourceSpan where = spec.hardware->levels.front().where;
  std::string all;
  for (const LoopDirective& directive : spec.constraints.loops) {
    for (const Factor& factor : directive.factors) {
      if (factor.dimension != dimension || factor.bound < 1) continue;
      all += fmt::format("{}{} as {}", all.empty() ? "" : ", ", written(spec.problem->dimensions[dimension], factor),
                         place_name(spec, directive));
      where = factor.where;
    }
  }
  return {reason, all.empty() ? "more instances" : fmt::format("to drop some of: {}", all), where};
}

}  // namespace

NoMapping explain_spec(const timeloop::TimeloopSpec& spec, const TimeloopSpace& made) {
  for (std::size_t rank = 0; rank < made.space().ranks.size(); ++rank) {
    if (!rank_has_factors(made.space(), rank)) return explain_factors(spec, made, rank);
  }
  return explain_no_mapping(made.space());
}

}  // namespace ohmloop
