#include "ohmloop/energy/component_table.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/energy/table_classes.hpp"
#include "ohmloop/energy/table_columns.hpp"
#include "ohmloop/text/csv.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::string table_name(const std::string& path) {
  const std::size_t slash = path.find_last_of("/:");
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (name.size() > 4 && name.ends_with(".csv")) name.resize(name.size() - 4);
  return name;
}

std::string row_identity(const TableRow& row) {
  std::string text = row.component_class->name + "|" + row.subject;
  for (const TableRow::Condition& condition : row.conditions) {
    const auto* number = std::get_if<double>(&condition.value);
    text += "|" + condition.name + "=" +
            (number != nullptr ? fmt::format("{:.9g}", *number) : std::get<std::string>(condition.value));
  }
  return text;
}

class TableReader {
 public:
  /// `own` takes the classes that the table declares; null: it declares none.
  TableReader(const SourceFilePtr& source, const ClassLibrary& classes, ClassLibrary* own, Diagnostics& diagnostics)
      : source_(source),
        classes_(classes),
        own_(own),
        diagnostics_(diagnostics),
        csv_(parse_csv(source, diagnostics)) {}

  ComponentTable run() {
    table_.name = table_name(source_->path);
    read_properties();
    columns_ = read_table_columns(csv_.header, classes_, own_ != nullptr, diagnostics_);
    if (columns_) {
      if (own_ != nullptr) declare_table_classes(csv_, *columns_, table_.name, *own_, diagnostics_);
      for (const CsvRow& row : csv_.rows) read_row(row);
    }
    return std::move(table_);
  }

 private:
  void read_properties() {
    const SourceSpan top{source_, 1, 1, 1};
    const CsvCell* title = csv_.property("title");
    if (title != nullptr) table_.title = title->text;
    if (title == nullptr) diagnostics_.error("the table has no title", top, "expected a line '# title: ...'");
    if (const CsvCell* use = csv_.property("use")) table_.pinned = read_use(*use, diagnostics_).value_or(false);
    if (const CsvCell* interpolate = csv_.property("interpolate")) {
      table_.interpolates = interpolate->text == "yes";
      if (interpolate->text != "yes" && interpolate->text != "no") {
        diagnostics_.error(fmt::format("bad 'interpolate': '{}'", interpolate->text), interpolate->where,
                           "expected yes or no");
      }
    }
    const CsvCell* accuracy = csv_.property("accuracy");
    if (accuracy == nullptr) {
      diagnostics_.error("the table declares no accuracy", top, "expected a line '# accuracy: 0..100'");
      return;
    }
    const std::optional<double> percent = parse_plain_number(accuracy->text);
    if (!percent || *percent < 0 || *percent > 100) {
      diagnostics_.error("bad accuracy", accuracy->where, "expected a number from 0 to 100");
      return;
    }
    table_.accuracy_percent = *percent;
  }

  const CsvCell& cell(const CsvRow& row, ReservedColumn column) const {
    static const CsvCell nothing;
    const std::optional<std::size_t> index = columns_->reserved(column);
    return index ? row.cells[*index] : nothing;
  }

  void read_row(const CsvRow& source_row) {
    TableRow row;
    row.where = source_row.where;
    const bool good = read_class(source_row, row) && read_subject(source_row, row) &&
                      read_conditions(source_row, row) && read_value(source_row, row) && read_origin(source_row, row);
    if (!good) return;
    const auto [known, fresh] = places_.emplace(row_identity(row), row.where);
    if (!fresh) {
      diagnostics_.error(fmt::format("two rows give the {} of the same {}", row.subject, row.component_class->name),
                         row.where, "second one", {"first one: " + to_string(known->second)});
      return;
    }
    table_.rows.push_back(std::move(row));
  }

  bool read_class(const CsvRow& source_row, TableRow& row) {
    const CsvCell& name = cell(source_row, ReservedColumn::component_class);
    row.component_class = classes_.find(name.text);
    if (row.component_class != nullptr) return true;
    if (own_ != nullptr) return false;  // its declaration failed and was reported
    diagnostics_.error(fmt::format("unknown class '{}'", name.text), name.where,
                       did_you_mean(name.text, classes_.names()), {"classes: " + list_names(classes_.names())});
    return false;
  }

  bool read_conditions(const CsvRow& source_row, TableRow& row) {
    bool good = true;
    for (const auto& [name, index] : columns_->attributes) {
      const CsvCell& given = source_row.cells[index];
      if (given.text.empty()) continue;
      const AttributeSpec* spec = row.component_class->attribute(name);
      std::optional<TableRow::Condition> condition;
      if (spec != nullptr) {
        condition = read_condition(*spec, given, diagnostics_);
      } else if (has_argument(row, name)) {
        condition = read_argument_condition(name, given, diagnostics_);
      } else {
        diagnostics_.error(fmt::format("class {} has no attribute '{}'", row.component_class->name, name), given.where,
                           "leave this cell empty");
      }
      if (condition) row.conditions.push_back(std::move(*condition));
      good = good && condition.has_value();
    }
    return good;
  }

  static bool has_argument(const TableRow& row, const std::string& name) {
    const ActionSpec* action = row.component_class->action(row.subject);
    return action != nullptr && std::any_of(action->arguments.begin(), action->arguments.end(),
                                            [&](const ActionArgumentSpec& argument) { return argument.name == name; });
  }

  bool read_subject(const CsvRow& source_row, TableRow& row) {
    const CsvCell& action = cell(source_row, ReservedColumn::action);
    row.subject = action.text;
    if (row.subject == "area" || row.subject == "leakage" || row.component_class->action(row.subject) != nullptr) {
      return true;
    }
    std::vector<std::string> known = row.component_class->action_names();
    known.insert(known.end(), {"area", "leakage"});
    diagnostics_.error(fmt::format("class {} has no action '{}'", row.component_class->name, row.subject), action.where,
                       did_you_mean(row.subject, known), {"known: " + list_names(known)});
    return false;
  }

  bool read_value(const CsvRow& source_row, TableRow& row) {
    const TableQuantityCells cells = {cell(source_row, ReservedColumn::value), cell(source_row, ReservedColumn::unit),
                                      cell(source_row, ReservedColumn::count), cell(source_row, ReservedColumn::rate),
                                      cell(source_row, ReservedColumn::bits)};
    return read_table_quantity(cells, row, diagnostics_);
  }

  bool read_origin(const CsvRow& source_row, TableRow& row) {
    const CsvCell& origin = cell(source_row, ReservedColumn::source);
    row.source = origin.text;
    if (row.source.empty()) {
      diagnostics_.error("a number without a source", origin.where, "say where it was published");
      return false;
    }
    const CsvCell& fitted = cell(source_row, ReservedColumn::fitted);
    row.fitted = fitted.text == "yes";
    if (!fitted.text.empty() && fitted.text != "yes" && fitted.text != "no") {
      diagnostics_.error(fmt::format("bad 'fitted': '{}'", fitted.text), fitted.where, "expected yes or no");
      return false;
    }
    const CsvCell& use = cell(source_row, ReservedColumn::use);
    const std::optional<bool> pinned = use.text.empty() ? table_.pinned : read_use(use, diagnostics_);
    if (!pinned) return false;
    row.pinned = *pinned;
    const CsvCell& note = cell(source_row, ReservedColumn::note);
    if (!note.text.empty()) row.derivation += (row.derivation.empty() ? "" : "; ") + note.text;
    return true;
  }

  const SourceFilePtr& source_;
  const ClassLibrary& classes_;
  ClassLibrary* own_;
  Diagnostics& diagnostics_;
  CsvFile csv_;
  std::optional<TableColumns> columns_;
  ComponentTable table_;
  std::map<std::string, SourceSpan> places_;
};

}  // namespace

ComponentTable read_component_table(const SourceFilePtr& source, const ClassLibrary& classes,
                                    Diagnostics& diagnostics) {
  return TableReader(source, classes, nullptr, diagnostics).run();
}

ComponentTable read_user_table(const SourceFilePtr& source, ClassLibrary& classes, Diagnostics& diagnostics) {
  return TableReader(source, classes, &classes, diagnostics).run();
}

}  // namespace ohmloop
