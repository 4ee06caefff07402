#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/energy/component_table.hpp"
#include "ohmloop/text/csv.hpp"

namespace ohmloop {

/// Columns with a meaning of their own; all others are attributes.
enum class ReservedColumn { component_class, action, value, unit, bits, count, rate, source, fitted, note, use };
inline constexpr std::size_t table_column_count = 11;

struct TableColumns {
  std::array<std::optional<std::size_t>, table_column_count> places;
  std::vector<std::pair<std::string, std::size_t>> attributes;  ///< and arguments of actions

  [[nodiscard]] std::optional<std::size_t> reserved(ReservedColumn column) const {
    return places[static_cast<std::size_t>(column)];
  }
};

/// Nothing after an error: a column that stands twice, a mandatory one that is missing. Columns that no class of the
/// library has are an error unless `own_columns`: then they describe classes of the table's own.
std::optional<TableColumns> read_table_columns(const CsvRow& header, const ClassLibrary& classes, bool own_columns,
                                               Diagnostics& diagnostics);

/// Whether a class of the library has such an attribute, or one of its actions such an argument; and all such names.
bool is_known_column(const ClassLibrary& classes, std::string_view name);
std::vector<std::string> known_columns(const ClassLibrary& classes);

/// A cell as an expression without names.
std::optional<Value> evaluate_cell(const CsvCell& cell, Diagnostics& diagnostics);

/// "32 nm" under `technology`, "lpddr4" under `type`.
std::optional<TableRow::Condition> read_condition(const AttributeSpec& attribute, const CsvCell& cell,
                                                  Diagnostics& diagnostics);

/// "1" under `data_delta`: a whole number.
std::optional<TableRow::Condition> read_argument_condition(const std::string& name, const CsvCell& cell,
                                                           Diagnostics& diagnostics);

struct TableQuantityCells {
  const CsvCell& value;
  const CsvCell& unit;
  const CsvCell& count;
  const CsvCell& rate;
  const CsvCell& bits;
};

/// Fills value, per_bit, unknown, full_rate and derivation of a row whose class and subject are known.
bool read_table_quantity(const TableQuantityCells& cells, TableRow& row, Diagnostics& diagnostics);

/// Whether `pinned` (true) or `anywhere` (false) stands in a cell; nothing after an error.
std::optional<bool> read_use(const CsvCell& cell, Diagnostics& diagnostics);

/// A decimal number and nothing else.
std::optional<double> parse_plain_number(const std::string& text);

}  // namespace ohmloop
