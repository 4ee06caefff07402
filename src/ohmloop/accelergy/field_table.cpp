#include "ohmloop/accelergy/field_table.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "ohmloop/accelergy/primitive_classes.hpp"

namespace ohmloop {
namespace {

bool same_value(const Value& a, const Value& b) {
  const auto* left = std::get_if<Quantity>(&a);
  const auto* right = std::get_if<Quantity>(&b);
  if (left == nullptr || right == nullptr) return a == b;
  const double size = std::max(std::abs(left->value), std::abs(right->value));
  return left->dimension == right->dimension && std::abs(left->value - right->value) <= 1e-9 * size;
}

/// What one query asks of the rows.
struct Match {
  std::vector<const FieldTableRow*> rows;
  std::set<std::string> obstacles;  ///< "depth 1152" of rows that hold for something else
  std::set<std::string> assumed;    ///< conditions of fitting rows that the component leaves open
};

std::string cell_text(const FieldTableRow::Cell& cell) { return cell.column + " " + to_string(cell.value); }

/// The cell that stands in the way, or null; open ones go to `assumed`.
const FieldTableRow::Cell* obstacle_of(const FieldTableRow& row, Query& query, const ActionArguments& arguments,
                                       std::set<std::string>& assumed) {
  for (const FieldTableRow::Cell& cell : row.cells) {
    const auto argument = arguments.find(cell.column);
    if (argument != arguments.end()) {
      if (!same_value(cell.value, Quantity{argument->second, dimension::none})) return &cell;
      continue;
    }
    const Value* given = query.value(cell.column);
    if (given == nullptr) {
      assumed.insert(cell_text(cell));
    } else if (!same_value(cell.value, *given)) {
      return &cell;
    }
  }
  return nullptr;
}

Match match(const FieldTableClass& table, Query& query, const std::string* action, const ActionArguments& arguments) {
  Match result;
  for (const FieldTableRow& row : table.rows) {
    if (action != nullptr && row.action != *action) continue;
    if (action != nullptr ? !row.energy_pj : !row.area_um2) continue;
    std::set<std::string> assumed;
    if (const FieldTableRow::Cell* obstacle = obstacle_of(row, query, arguments, assumed)) {
      result.obstacles.insert(cell_text(*obstacle));
    } else {
      result.rows.push_back(&row);
      result.assumed.insert(assumed.begin(), assumed.end());
    }
  }
  return result;
}

Rejection nothing_fits(const Match& match) {
  if (match.obstacles.empty()) return {"has no row for it"};
  return {fmt::format("has rows for other components only: {}", fmt::join(match.obstacles, " | "))};
}

Rejection several_fit(const Match& match) {
  std::string places;
  for (const FieldTableRow* row : match.rows) places += (places.empty() ? "" : ", ") + to_string(row->where);
  return {"has several rows that fit and differ: " + places};
}

/// "intadder.csv:2": the table's name stands before it.
std::string source_of(const FieldTableRow& row) {
  const std::string& path = row.where.file->path;
  return fmt::format("{}:{}", path.substr(path.rfind('/') + 1), row.where.line);
}

bool has_column(const FieldTableClass& table, std::string_view name) {
  return std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end();
}

}  // namespace

std::vector<std::string> FieldTableEstimator::classes() const {
  std::vector<std::string> names;
  names.reserve(table_.classes.size());
  for (const FieldTableClass& each : table_.classes) names.push_back(class_name_here(each.class_name));
  return names;
}

Answer FieldTableEstimator::energy(Query& query, const FieldTableClass& rows, const std::string& action,
                                   const ActionArguments& arguments) const {
  const Match found = match(rows, query, &action, arguments);
  if (found.rows.empty()) return nothing_fits(found);
  const FieldTableRow& first = *found.rows.front();
  for (const FieldTableRow* row : found.rows) {
    if (*row->energy_pj != *first.energy_pj) return several_fit(found);
  }
  Estimate estimate;
  estimate.value = *first.energy_pj;
  estimate.accuracy_percent = table_.accuracy_percent;
  estimate.provenance = {title(), source_of(first), {}, false};
  if (!found.assumed.empty()) {
    estimate.provenance.derivation = fmt::format("the row holds for {}", fmt::join(found.assumed, ", "));
  }
  return estimate;
}

Answer FieldTableEstimator::access(Query& query, const FieldTableClass& rows) const {
  const std::optional<double> data = query.argument("data_delta");
  const std::optional<double> address = query.argument("address_delta");
  Answer full = energy(query, rows, query.action()->name, {});
  auto* estimate = std::get_if<Estimate>(&full);
  if (estimate == nullptr || (!data && !address)) return full;
  const Answer rest = energy(query, rows, "idle", {});
  const auto* idle = std::get_if<Estimate>(&rest);
  if (idle == nullptr) return Rejection{"gives an access as a whole, and no 'idle' to tell its changes from"};
  const double banks = std::max(1.0, query.number("n_banks").value_or(1));
  const double share = .7 * data.value_or(1) + .3 * address.value_or(banks) / banks;
  std::string& derivation = estimate->provenance.derivation;
  derivation += fmt::format(
      "{}idle {:g} + {:g} of {:g} pJ: 30% go with the address, 70% with the data (Accelergy's wrapper of CACTI)",
      derivation.empty() ? "" : "; ", idle->value, share, estimate->value);
  estimate->value = idle->value + share * estimate->value;
  return full;
}

Answer FieldTableEstimator::area(Query& query, const FieldTableClass& rows) const {
  const Match found = match(rows, query, nullptr, {});
  if (found.rows.empty()) return nothing_fits(found);
  const FieldTableRow& first = *found.rows.front();
  for (const FieldTableRow* row : found.rows) {
    if (*row->area_um2 != *first.area_um2) return several_fit(found);
  }
  Estimate estimate;
  estimate.value = *first.area_um2;
  estimate.accuracy_percent = table_.accuracy_percent;
  estimate.provenance = {title(), source_of(first), {}, false};
  return estimate;
}

Answer FieldTableEstimator::estimate(Query& query) const {
  if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
  const Value* technology = query.value("technology");
  if (technology == nullptr) return Rejection{"holds for one technology, and the component names none"};
  if (!same_value(*technology, table_.technology)) {
    return Rejection{fmt::format("holds for technology {}", to_string(table_.technology))};
  }
  const std::string wanted = query.component_class().name;
  const auto found = std::find_if(table_.classes.begin(), table_.classes.end(), [&](const FieldTableClass& each) {
    return class_name_here(each.class_name) == wanted;
  });
  if (found == table_.classes.end()) return Rejection{"has no row for it"};
  if (query.subject() == Query::Subject::area) return area(query, *found);
  const std::string& action = query.action()->name;
  const bool spreads =
      !query.action()->arguments.empty() && !has_column(*found, "address_delta") && !has_column(*found, "data_delta");
  return spreads ? access(query, *found) : energy(query, *found, action, query.arguments());
}

}  // namespace ohmloop
