#include "ohmloop/energy/table_estimator.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// How a row meets a component.
struct Fit {
  const TableRow* row = nullptr;
  std::size_t given = 0;             ///< conditions that the component gives
  std::vector<std::string> assumed;  ///< conditions that it leaves open
  std::string obstacle;              ///< why it does not fit; empty: it fits
};

bool nearly_equal(double a, double b) { return std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b)); }

std::string condition_text(const TableRow::Condition& condition) {
  const auto* number = std::get_if<double>(&condition.value);
  const std::string value = number != nullptr ? fmt::format("{:g}", *number) : std::get<std::string>(condition.value);
  const std::string& unit = condition.attribute->unit;
  return condition.attribute->name + " " + value + (unit.empty() ? "" : " " + unit);
}

enum class Meeting { equal, open, different };

Meeting meet(const TableRow::Condition& condition, Query& query) {
  const std::string& name = condition.attribute->name;
  if (const auto* expected = std::get_if<double>(&condition.value)) {
    const std::optional<double> given = query.number(name);
    if (!given) return Meeting::open;
    return nearly_equal(*given, *expected) ? Meeting::equal : Meeting::different;
  }
  const std::optional<std::string> given = query.word(name);
  if (!given) return Meeting::open;
  return *given == std::get<std::string>(condition.value) ? Meeting::equal : Meeting::different;
}

Fit fit_row(const TableRow& row, Query& query) {
  Fit fit{&row, 0, {}, {}};
  for (const TableRow::Condition& condition : row.conditions) {
    switch (meet(condition, query)) {
      case Meeting::equal:
        ++fit.given;
        break;
      case Meeting::open:
        fit.assumed.push_back(condition_text(condition));
        break;
      case Meeting::different:
        fit.obstacle += (fit.obstacle.empty() ? "" : ", ") + condition_text(condition);
        break;
    }
  }
  return fit;
}

std::string places(const std::vector<Fit>& fits) {
  std::string text;
  for (const Fit& fit : fits) text += (text.empty() ? "" : ", ") + to_string(fit.row->where);
  return text;
}

Answer answer_from(const Fit& fit, Query& query, const ComponentTable& table) {
  const TableRow& row = *fit.row;
  Estimate estimate;
  estimate.value = row.value;
  estimate.accuracy_percent = table.accuracy_percent;
  estimate.full_rate_hz = row.full_rate;
  estimate.unknown = row.unknown;
  estimate.provenance = {"table " + table.name, row.source, row.derivation, row.fitted};
  const ActionSpec* action = query.action();
  if (action != nullptr && row.per_bit && action->unit != ActionUnit::bit) {
    const std::optional<double> width = query.number("width");
    if (!width) return Rejection{"a number per bit, and the component gives no 'width'"};
    estimate.value *= *width;
    estimate.full_rate_hz /= *width;
    estimate.provenance.derivation += fmt::format(
        "{}{:.4g} pJ/bit x {:g} bit", estimate.provenance.derivation.empty() ? "" : "; ", row.value, *width);
  }
  if (action != nullptr && !row.per_bit && action->unit == ActionUnit::bit) {
    return Rejection{fmt::format("{} gives no 'bits' for an action that counts bits", to_string(row.where))};
  }
  for (const std::string& assumed : fit.assumed) {
    estimate.provenance.derivation +=
        (estimate.provenance.derivation.empty() ? "" : "; ") + ("the row holds for " + assumed);
  }
  return estimate;
}

}  // namespace

TableEstimator::TableEstimator(ComponentTable table) : table_(std::move(table)) {}

std::vector<std::string> TableEstimator::classes() const {
  std::set<std::string> names;
  for (const TableRow& row : table_.rows) names.insert(row.component_class->name);
  return {names.begin(), names.end()};
}

std::vector<std::string> TableEstimator::pinned_classes() const {
  const std::vector<std::string> all = classes();
  std::set<std::string> names(all.begin(), all.end());
  for (const TableRow& row : table_.rows) {
    if (!row.pinned) names.erase(row.component_class->name);
  }
  return {names.begin(), names.end()};
}

Answer TableEstimator::estimate(Query& query) const {
  const std::string subject = query.subject_name();
  std::vector<Fit> best;
  std::set<std::string> obstacles;
  bool unnamed = false;
  for (const TableRow& row : table_.rows) {
    if (row.component_class->name != query.component_class().name || row.subject != subject) continue;
    if (row.pinned && !query.named()) {
      unnamed = true;
      continue;
    }
    Fit fit = fit_row(row, query);
    if (!fit.obstacle.empty()) {
      obstacles.insert(fit.obstacle);
    } else if (best.empty() || fit.given > best.front().given) {
      best = {std::move(fit)};
    } else if (fit.given == best.front().given) {
      best.push_back(std::move(fit));
    }
  }
  if (best.empty() && unnamed) {
    return Rejection{fmt::format(
        "holds for its own design: it answers only where 'tables: {0}' or 'from: {0}' names it", table_.name)};
  }
  if (best.empty() && obstacles.empty()) return Rejection{"has no row for it"};
  if (best.empty()) {
    std::string known;
    for (const std::string& obstacle : obstacles) known += (known.empty() ? "" : " | ") + obstacle;
    return Rejection{"has rows for other attributes only: " + known};
  }
  const bool agree = std::all_of(best.begin(), best.end(), [&](const Fit& fit) {
    return nearly_equal(fit.row->value, best.front().row->value) && fit.row->per_bit == best.front().row->per_bit;
  });
  if (!agree) return Rejection{"has several rows that fit and differ: " + places(best)};
  return answer_from(best.front(), query, table_);
}

std::vector<double> TableEstimator::technologies_nm(const ComponentClass& component_class) const {
  std::set<double> technologies;
  for (const TableRow& row : table_.rows) {
    if (row.component_class->name != component_class.name) continue;
    for (const TableRow::Condition& condition : row.conditions) {
      if (condition.attribute->name == "technology") technologies.insert(std::get<double>(condition.value));
    }
  }
  return {technologies.begin(), technologies.end()};
}

}  // namespace ohmloop
