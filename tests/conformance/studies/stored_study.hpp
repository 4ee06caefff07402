#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ohmloop::test {

using Row = std::map<std::string, std::string>;                  ///< cells by column
using Where = std::vector<std::pair<std::string, std::string>>;  ///< columns and the cells that a row must have

/// Rows of a results.csv. Throws std::runtime_error where it can't be read.
std::vector<Row> read_rows(const std::string& text, const std::string& name);

/// What studies/NAME keeps: results.csv of the full run, and the README that speaks of it.
class StoredStudy {
 public:
  explicit StoredStudy(const std::string& name);

  [[nodiscard]] const std::vector<Row>& all() const { return rows_; }
  [[nodiscard]] std::vector<Row> rows(const Where& where) const;
  /// Of the one row that has these cells; another number of them is a std::runtime_error.
  [[nodiscard]] double number(const Where& where, const std::string& column) const;
  /// The series whose `column` is largest among the rows.
  [[nodiscard]] std::string best(const Where& where, const std::string& column, const std::string& series) const;

  /// A test fails unless the README says so, wherever its lines break.
  void says(const std::string& words) const;

 private:
  std::string name_;
  std::vector<Row> rows_;
  std::string readme_;
};

double number_of(const Row& row, const std::string& column);

/// Results.csv of the study's quick form, evaluated here.
std::string quick_results(const std::string& name);

}  // namespace ohmloop::test
