#pragma once

#include <string>

#include "ohmloop/energy/class_library.hpp"
#include "ohmloop/energy/table_columns.hpp"
#include "ohmloop/text/csv.hpp"

namespace ohmloop {

/// Adds the classes that a table uses and the library does not know, as their rows describe them:
/// - attributes: the columns in which its rows have cells, with the dimension and the unit of the first one; words
/// where
///   the cells are words; `technology` is an ordinary attribute, unless "# scales: yes" stands at the top;
/// - arguments: those of these columns that "# arguments: a, b" names, with whole values from the least to the highest
///   cell of the action's rows;
/// - actions: what its rows give beside area and leakage, charged per access (read, write), per bit (where all rows
/// give
///   `bits` or a rate in bits) or per value;
/// - at a converter it is charged with its only action, or with `convert`; at a compute node with `compute`, or its
/// only
///   action.
/// Reports cells of one column that don't fit each other, columns that no row of any class uses, and classes without
/// actions.
void declare_table_classes(const CsvFile& csv, const TableColumns& columns, const std::string& table,
                           ClassLibrary& classes, Diagnostics& diagnostics);

}  // namespace ohmloop
