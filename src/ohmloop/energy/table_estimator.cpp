#include "ohmloop/energy/table_estimator.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ohmloop/energy/table_lookup.hpp"

namespace ohmloop {
namespace {

std::string places(const std::vector<RowFit>& fits) {
  std::string text;
  for (const RowFit& fit : fits) text += (text.empty() ? "" : ", ") + to_string(fit.row->where);
  return text;
}

/// Rows of the component's class and number that may answer.
struct Rows {
  std::vector<const TableRow*> usable;
  bool pinned = false;  ///< others hold for their own design alone
};

Rows rows_for(const ComponentTable& table, const Query& query) {
  const std::string subject = query.subject_name();
  Rows rows;
  for (const TableRow& row : table.rows) {
    if (row.component_class->name != query.component_class().name || row.subject != subject) continue;
    if (row.pinned && !query.named()) {
      rows.pinned = true;
    } else {
      rows.usable.push_back(&row);
    }
  }
  return rows;
}

/// Arguments that nobody gives stand for the costliest case: what to try then.
std::set<ActionArguments> cases_of(const Rows& rows, const Query& query) {
  if (!query.arguments().empty()) return {query.arguments()};
  std::set<ActionArguments> cases;
  for (const TableRow* row : rows.usable) {
    ActionArguments arguments;
    for (const TableRow::Condition& condition : row->conditions) {
      if (condition.argument) arguments[condition.name] = std::get<double>(condition.value);
    }
    cases.insert(std::move(arguments));
  }
  if (cases.empty()) cases.emplace();
  return cases;
}

Answer look_up(const Rows& rows, Query& query, const ActionArguments& arguments, const ComponentTable& table) {
  std::vector<RowFit> fits;  // nothing but numbers is in the way
  std::vector<RowFit> best;
  std::set<std::string> obstacles;
  for (const TableRow* row : rows.usable) {
    RowFit fit = fit_row(*row, query, arguments);
    if (!table.interpolates) {
      for (const TableRow::Condition* condition : fit.differing) {
        fit.obstacle += (fit.obstacle.empty() ? "" : ", ") + describe_condition(*condition);
      }
    }
    if (!fit.obstacle.empty()) {
      obstacles.insert(fit.obstacle);
      continue;
    }
    if (fit.differing.empty()) {
      if (!best.empty() && fit.given > best.front().given) best.clear();
      if (best.empty() || fit.given == best.front().given) best.push_back(fit);
    }
    fits.push_back(std::move(fit));
  }
  if (best.empty() && !fits.empty()) return interpolate_rows(fits, query, arguments, table);
  if (best.empty()) {
    std::string known;
    for (const std::string& obstacle : obstacles) known += (known.empty() ? "" : " | ") + obstacle;
    return Rejection{"has rows for other attributes only: " + known};
  }
  const bool agree = std::all_of(best.begin(), best.end(), [&](const RowFit& fit) {
    return nearly_equal(fit.row->value, best.front().row->value) && fit.row->per_bit == best.front().row->per_bit;
  });
  if (!agree) return Rejection{"has several rows that fit and differ: " + places(best)};
  return answer_from(best.front(), query, table);
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
  const Rows rows = rows_for(table_, query);
  if (rows.usable.empty() && rows.pinned) {
    return Rejection{fmt::format(
        "holds for its own design: it answers only where 'tables: {0}' or 'from: {0}' names it", table_.name)};
  }
  if (rows.usable.empty()) return Rejection{"has no row for it"};
  const std::set<ActionArguments> cases = cases_of(rows, query);
  std::optional<Answer> answer;
  for (const ActionArguments& arguments : cases) {
    Answer one = look_up(rows, query, arguments, table_);
    const auto* best = answer ? std::get_if<Estimate>(&*answer) : nullptr;
    const auto* estimate = std::get_if<Estimate>(&one);
    if (best == nullptr || (estimate != nullptr && estimate->value > best->value)) answer.emplace(std::move(one));
  }
  return std::move(*answer);
}

std::vector<double> TableEstimator::technologies_nm(const ComponentClass& component_class) const {
  std::set<double> technologies;
  for (const TableRow& row : table_.rows) {
    if (row.component_class->name != component_class.name) continue;
    for (const TableRow::Condition& condition : row.conditions) {
      if (condition.name == "technology") technologies.insert(std::get<double>(condition.value));
    }
  }
  return {technologies.begin(), technologies.end()};
}

}  // namespace ohmloop
