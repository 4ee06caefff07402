#include "ohmloop/energy/table_lookup.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace ohmloop {
namespace {

enum class Meeting { equal, open, different };

Meeting meet(const TableRow::Condition& condition, Query& query, const ActionArguments& arguments) {
  if (const auto* expected = std::get_if<double>(&condition.value)) {
    const std::optional<double> given = number_of(condition, query, arguments);
    if (!given) return Meeting::open;
    return nearly_equal(*given, *expected) ? Meeting::equal : Meeting::different;
  }
  const std::optional<std::string> given = query.word(condition.name);
  if (!given) return Meeting::open;
  return *given == std::get<std::string>(condition.value) ? Meeting::equal : Meeting::different;
}

bool may_interpolate(const TableRow::Condition& condition, const ComponentClass& component_class) {
  if (std::holds_alternative<std::string>(condition.value)) return false;
  return condition.name != "technology" || !component_class.scales;
}

void join(std::string& text, const std::string& more) { text += (text.empty() ? "" : "; ") + more; }

}  // namespace

bool nearly_equal(double a, double b) { return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b)); }

std::string describe_condition(const TableRow::Condition& condition) {
  const auto* number = std::get_if<double>(&condition.value);
  const std::string value = number != nullptr ? fmt::format("{:g}", *number) : std::get<std::string>(condition.value);
  return condition.name + " " + value + (condition.unit.empty() ? "" : " " + condition.unit);
}

std::optional<double> number_of(const TableRow::Condition& condition, Query& query, const ActionArguments& arguments) {
  if (!condition.argument) return query.number(condition.name);
  const auto found = arguments.find(condition.name);
  return found == arguments.end() ? std::nullopt : std::optional<double>(found->second);
}

RowFit fit_row(const TableRow& row, Query& query, const ActionArguments& arguments) {
  RowFit fit;
  fit.row = &row;
  for (const TableRow::Condition& condition : row.conditions) {
    switch (meet(condition, query, arguments)) {
      case Meeting::equal:
        ++fit.given;
        break;
      case Meeting::open:
        fit.assumed.push_back(describe_condition(condition));
        break;
      case Meeting::different:
        if (may_interpolate(condition, query.component_class())) {
          fit.differing.push_back(&condition);
        } else {
          fit.obstacle += (fit.obstacle.empty() ? "" : ", ") + describe_condition(condition);
        }
        break;
    }
  }
  return fit;
}

Answer answer_from(const RowFit& fit, Query& query, const ComponentTable& table) {
  const TableRow& row = *fit.row;
  Estimate estimate;
  estimate.value = row.value;
  estimate.accuracy_percent = table.accuracy_percent;
  estimate.full_rate_hz = row.full_rate;
  estimate.unknown = row.unknown;
  estimate.provenance = {"table " + table.name, row.source, row.derivation, row.fitted};
  std::string& derivation = estimate.provenance.derivation;
  const ActionSpec* action = query.action();
  if (action != nullptr && row.per_bit && action->unit != ActionUnit::bit) {
    const std::optional<double> width = query.number("width");
    if (!width) return Rejection{"a number per bit, and the component gives no 'width'"};
    estimate.value *= *width;
    estimate.full_rate_hz /= *width;
    join(derivation, fmt::format("{:.4g} pJ/bit x {:g} bit", row.value, *width));
  }
  if (action != nullptr && !row.per_bit && action->unit == ActionUnit::bit) {
    return Rejection{fmt::format("{} gives no 'bits' for an action that counts bits", to_string(row.where))};
  }
  for (const std::string& assumed : fit.assumed) join(derivation, "the row holds for " + assumed);
  return estimate;
}

}  // namespace ohmloop
