#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/estimator.hpp"
#include "ohmloop/text/csv.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A row of a table plug-in: an action's energy and the component's area, for components whose attributes and actions
/// whose arguments are those of the row.
struct FieldTableRow {
  struct Cell {
    std::string column;
    Value value;
  };
  std::vector<Cell> cells;  ///< of all columns but action, energy, area and comments; empty ones left out
  std::string action;
  std::optional<double> energy_pj;
  std::optional<double> area_um2;
  SourceSpan where;
};

/// The rows about one primitive class, a file NAME.csv.
struct FieldTableClass {
  std::string class_name;  ///< as the file says
  std::vector<std::string> columns;
  std::vector<FieldTableRow> rows;
};

/// A table plug-in: an identifier (`name`, `technology`, `accuracy`, `path_to_data_dir`) and its CSV files.
struct FieldTable {
  std::string name;
  Value technology;
  double accuracy_percent = 0;
  std::vector<FieldTableClass> classes;
  SourceSpan where;
};

/// Reads an identifier and the files that it names, beside it. Reports everything that is wrong in them; two rows that
/// hold for the same thing and say different energies are an error, different areas a warning.
std::optional<FieldTable> read_field_table(const YamlNode& identifier, Diagnostics& diagnostics);

/// One class of a table; `diagnostics` as above.
FieldTableClass read_field_table_class(const SourceFilePtr& csv, std::string class_name, Diagnostics& diagnostics);

/// Answers from a table plug-in. A row fits if no attribute that the component gives and no argument of the action is
/// different in it; if several rows fit and differ, it rejects and names them. Of a memory's access without arguments
/// in the table 70% are charged with `data_delta` and 30% with the changed part of `address_delta`, on top of `idle`
/// (as Accelergy's wrapper of CACTI does).
class FieldTableEstimator final : public Estimator {
 public:
  explicit FieldTableEstimator(FieldTable table) : table_(std::move(table)) {}

  [[nodiscard]] std::string name() const override { return table_.name; }
  [[nodiscard]] std::string title() const override { return "table " + table_.name; }
  [[nodiscard]] std::vector<std::string> classes() const override;
  [[nodiscard]] Answer estimate(Query& query) const override;
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

 private:
  [[nodiscard]] Answer energy(Query& query, const FieldTableClass& rows, const std::string& action,
                              const ActionArguments& arguments) const;
  [[nodiscard]] Answer access(Query& query, const FieldTableClass& rows) const;
  [[nodiscard]] Answer area(Query& query, const FieldTableClass& rows) const;

  FieldTable table_;
};

}  // namespace ohmloop
