#include "ohmloop/cli/mapper_settings.hpp"

#include <fmt/format.h>

#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/text/expression.hpp"

namespace ohmloop {

Objective objective_of(const ParsedArguments& arguments) {
  if (!arguments.has("objective")) return {};
  const ArgumentText word = arguments.values("objective").back();
  return parse_objective(word.text, word.where);
}

std::optional<std::chrono::duration<double>> budget_of(const ParsedArguments& arguments) {
  if (!arguments.has("budget")) return std::nullopt;
  const ArgumentText word = arguments.values("budget").back();
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = word.text;
  scalar.span = word.where;
  EmptyScope scope;
  Diagnostics diagnostics;
  const std::optional<Value> value = evaluate(scalar, scope, diagnostics);
  diagnostics.throw_if_errors();
  const Quantity* time = std::get_if<Quantity>(&*value);
  if (time == nullptr || !(time->dimension == dimension::time)) {
    diagnostics.error(fmt::format("'{}' is no time", word.text), word.where, "expected a time, as in 10s or '500 ms'");
  } else if (!(time->value > 0)) {
    diagnostics.error(fmt::format("a budget of {} leaves no time to search", word.text), word.where,
                      "expected a time above 0; leave --budget out to search to the end");
  }
  diagnostics.throw_if_errors();
  return std::chrono::duration<double>(time->value);
}

std::function<bool()> stop_of(const ParsedArguments& arguments) {
  using Clock = std::chrono::steady_clock;
  const auto budget = budget_of(arguments);
  if (!budget) return [] { return interrupt_requested(); };
  constexpr std::chrono::duration<double> longest = std::chrono::hours(24 * 365);
  const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::min(*budget, longest));
  return [end] { return interrupt_requested() || Clock::now() >= end; };
}

}  // namespace ohmloop
