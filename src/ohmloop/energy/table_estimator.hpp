#pragma once

#include "ohmloop/energy/component_table.hpp"
#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// Answers from the rows of a table. A row fits if the component has none of its conditions otherwise; a condition on
/// an attribute that the component does not give is taken as it is and named in the derivation. Among fitting rows the
/// one with most conditions that the component gives wins; if several remain and differ, the table rejects and names
/// them. Where no row fits, numbers are interpolated inside the range of the rows, and never outside
/// (table_lookup.hpp). Where an action's arguments are not given, the row with the costliest ones answers.
class TableEstimator final : public Estimator {
 public:
  explicit TableEstimator(ComponentTable table);

  [[nodiscard]] std::string name() const override { return table_.name; }
  [[nodiscard]] std::string title() const override { return "table " + table_.name; }
  [[nodiscard]] std::vector<std::string> classes() const override;
  [[nodiscard]] std::vector<std::string> pinned_classes() const override;
  [[nodiscard]] Answer estimate(Query& query) const override;
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass& component_class) const override;

 private:
  ComponentTable table_;
};

}  // namespace ohmloop
