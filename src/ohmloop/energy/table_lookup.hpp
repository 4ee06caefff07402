#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/component_table.hpp"
#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// How a row meets a component.
struct RowFit {
  const TableRow* row = nullptr;
  std::size_t given = 0;                              ///< conditions that the component gives and meets
  std::vector<std::string> assumed;                   ///< conditions that it leaves open
  std::vector<const TableRow::Condition*> differing;  ///< numbers that it gives otherwise, and that may be interpolated
  std::string obstacle;                               ///< what else it gives otherwise; empty: nothing
};

/// Meets the row's conditions with the component and these values of arguments. A technology that is scaled is never
/// interpolated.
RowFit fit_row(const TableRow& row, Query& query, const ActionArguments& arguments);

/// The component's number for a condition's attribute or argument.
std::optional<double> number_of(const TableRow::Condition& condition, Query& query, const ActionArguments& arguments);

/// The row's number as one of the component, in pJ per action, um2 or W.
Answer answer_from(const RowFit& fit, Query& query, const ComponentTable& table);

/// Interpolates between rows of which none fits exactly: docs/estimators.md, "Tables". `fits` are those without
/// obstacle.
Answer interpolate_rows(const std::vector<RowFit>& fits, Query& query, const ActionArguments& arguments,
                        const ComponentTable& table);

/// What each interpolated attribute leaves of a table's declared accuracy.
inline constexpr double interpolation_accuracy = 0.9;

bool nearly_equal(double a, double b);
/// "size 64 KiB", "data_delta 1".
std::string describe_condition(const TableRow::Condition& condition);

}  // namespace ohmloop
