#pragma once

#include <string>
#include <variant>
#include <vector>

#include "ohmloop/energy/class_library.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// One published number.
struct TableRow {
  /// What the row holds for: a number in the class's unit or a word; or the value of one of the action's arguments.
  struct Condition {
    std::string name;
    std::string unit;  ///< of the number, for people
    std::variant<double, std::string> value;
    bool argument = false;
  };

  const ComponentClass* component_class = nullptr;  ///< of the library that the table was read with
  std::vector<Condition> conditions;
  std::string subject;     ///< an action of the class, "area" or "leakage"
  double value = 0;        ///< of one unit: pJ, um2 or W
  bool per_bit = false;    ///< energy of one bit, whatever the unit of the action
  bool unknown = false;    ///< the source is silent
  double full_rate = 0;    ///< actions (bits if per_bit) per second at full load; 0: not said
  std::string derivation;  ///< "16 mW / 8 / (128 / 100 ns)"
  std::string source;
  bool fitted = false;
  bool pinned = false;  ///< answers only where the description names the table
  SourceSpan where;
};

/// A CSV table of components. Columns: `class`, attributes of the class and arguments of the action (a cell per
/// condition), `action` (of the class, `area` or `leakage`), `value`, `unit`, `source`, and if wanted `fitted` (yes,
/// no), `count` (units that the value is of), `full_rate` (actions or bits per second at full load, which turns power
/// into energy), `bits` (that the energy is of), `note`, `use`. Before the header stand "# title: ..." and
/// "# accuracy: 0..100", and where rows belong to one design alone "# use: pinned"; the column `use` decides for a row.
/// "# interpolate: no" forbids numbers between rows.
struct ComponentTable {
  std::string name;  ///< the file's name without .csv
  std::string title;
  double accuracy_percent = 0;
  bool pinned = false;       ///< rows that say nothing else answer only where the description names the table
  bool interpolates = true;  ///< "# interpolate: no": its numbers are no points of one curve
  std::vector<TableRow> rows;
};

/// Reports every bad cell with its place, and both places of two rows that say something about the same thing.
/// Only classes of the library may occur.
ComponentTable read_component_table(const SourceFilePtr& source, const ClassLibrary& classes, Diagnostics& diagnostics);

/// The same for a user's table, which adds classes of its own to the library: table_classes.hpp.
ComponentTable read_user_table(const SourceFilePtr& source, ClassLibrary& classes, Diagnostics& diagnostics);

}  // namespace ohmloop
