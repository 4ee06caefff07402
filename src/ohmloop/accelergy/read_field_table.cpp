#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/accelergy/field_table.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

bool is_comment(std::string_view column) {
  return column.starts_with("comment") || column.starts_with("note") || column == "source" || column.empty();
}

/// A cell as a value: a number with its unit, a word, or just its text.
Value value_of(const CsvCell& cell) {
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = cell.text;
  EmptyScope nothing;
  Diagnostics unheard;
  return evaluate(scalar, nothing, unheard).value_or(Value(cell.text));
}

class ClassReader {
 public:
  ClassReader(const SourceFilePtr& csv, std::string class_name, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    result_.class_name = std::move(class_name);
    file_ = parse_csv(csv, diagnostics);
  }

  FieldTableClass run() {
    result_.columns.reserve(file_.header.cells.size());
    for (const CsvCell& cell : file_.header.cells) result_.columns.push_back(cell.text);
    if (!check_columns()) return std::move(result_);
    for (const CsvRow& row : file_.rows) read_row(row);
    check_contradictions();
    return std::move(result_);
  }

 private:
  bool check_columns() {
    if (file_.header.cells.empty()) return false;
    bool good = true;
    for (const char* needed : {"action", "energy"}) {
      if (std::find(result_.columns.begin(), result_.columns.end(), needed) != result_.columns.end()) continue;
      diagnostics_.error(fmt::format("the table of '{}' has no column '{}'", result_.class_name, needed),
                         file_.header.where, did_you_mean(needed, result_.columns));
      good = false;
    }
    return good;
  }

  void read_row(const CsvRow& row) {
    FieldTableRow read;
    read.where = row.where;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const std::string& column = result_.columns[i];
      const CsvCell& cell = row.cells[i];
      if (is_comment(column) || cell.text.empty()) continue;
      if (column == "action") {
        read.action = cell.text;
      } else if (column == "energy") {
        read.energy_pj = number(cell, "an energy in pJ");
      } else if (column == "area") {
        read.area_um2 = number(cell, "an area in um2");
      } else {
        read.cells.push_back({column, value_of(cell)});
      }
    }
    result_.rows.push_back(std::move(read));
  }

  std::optional<double> number(const CsvCell& cell, std::string_view what) {
    double value = 0;
    const char* end = cell.text.data() + cell.text.size();
    const auto [rest, error] = std::from_chars(cell.text.data(), end, value);
    if (error == std::errc() && rest == end && std::isfinite(value) && value >= 0) return value;
    diagnostics_.error(fmt::format("'{}' is not {}", cell.text, what), cell.where,
                       "expected a plain number that is not negative");
    return std::nullopt;
  }

  static std::string conditions_of(const FieldTableRow& row) {
    std::string text;
    for (const FieldTableRow::Cell& cell : row.cells) text += cell.column + "=" + to_string(cell.value) + "|";
    return text;
  }

  void check_contradictions() {
    std::map<std::string, const FieldTableRow*> energies;
    std::map<std::string, const FieldTableRow*> areas;
    for (const FieldTableRow& row : result_.rows) {
      const std::string conditions = conditions_of(row);
      const FieldTableRow* other = energies.try_emplace(row.action + "|" + conditions, &row).first->second;
      if (row.energy_pj && other->energy_pj && *row.energy_pj != *other->energy_pj) {
        diagnostics_.error(fmt::format("two rows of the table of '{}' contradict each other: {:g} and {:g} pJ for '{}'",
                                       result_.class_name, *other->energy_pj, *row.energy_pj, row.action),
                           row.where, {}, {"the other one is at " + to_string(other->where)});
      }
      if (!row.area_um2) continue;
      const FieldTableRow* same = areas.try_emplace(conditions, &row).first->second;
      if (*row.area_um2 != *same->area_um2) {
        diagnostics_.warning(fmt::format("two rows of the table of '{}' give {:g} and {:g} um2 for the same attributes",
                                         result_.class_name, *same->area_um2, *row.area_um2),
                             row.where, "the table says nothing of that area",
                             {"the other one is at " + to_string(same->where)});
      }
    }
  }

  Diagnostics& diagnostics_;
  CsvFile file_;
  FieldTableClass result_;
};

/// The CSV files of a folder, sorted by name.
std::vector<std::filesystem::path> csv_files(const std::filesystem::path& folder, const SourceSpan& where,
                                             Diagnostics& diagnostics) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == ".csv") files.push_back(at->path());
  }
  if (error) {
    diagnostics.error(fmt::format("the folder '{}' can't be read: {}", folder.string(), error.message()), where);
  } else if (files.empty()) {
    diagnostics.error(fmt::format("the folder '{}' has no CSV files", folder.string()), where);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

FieldTableClass read_field_table_class(const SourceFilePtr& csv, std::string class_name, Diagnostics& diagnostics) {
  return ClassReader(csv, std::move(class_name), diagnostics).run();
}

std::optional<FieldTable> read_field_table(const YamlNode& identifier, Diagnostics& diagnostics) {
  const std::vector<std::string> keys = {"name", "technology", "accuracy", "path_to_data_dir"};
  report_unknown_keys(identifier, keys, "the identifier of a table plug-in", diagnostics);
  bool good = true;
  for (const std::string& key : keys) {
    const YamlNode* found = identifier.find(key);
    if (found != nullptr && found->is_scalar() && !found->scalar.empty()) continue;
    diagnostics.error(fmt::format("the identifier of a table plug-in needs '{}'", key),
                      found == nullptr ? identifier.span : found->span);
    good = false;
  }
  if (!good) return std::nullopt;
  FieldTable table;
  table.where = identifier.find("name")->span;
  table.name = identifier.find("name")->scalar;
  EmptyScope nothing;
  const auto technology = evaluate_field(*identifier.find("technology"), FieldDialect::v03, nothing, diagnostics);
  const auto accuracy =
      whole_field_number(*identifier.find("accuracy"), FieldDialect::v03, nothing, "'accuracy'", 0, 100, diagnostics);
  if (!technology || !accuracy) return std::nullopt;
  table.technology = *technology;
  table.accuracy_percent = static_cast<double>(*accuracy);
  const YamlNode& path = *identifier.find("path_to_data_dir");
  const std::filesystem::path here = path.span.empty() ? "" : std::filesystem::path(path.span.file->path).parent_path();
  for (const std::filesystem::path& file : csv_files(here / path.scalar, path.span, diagnostics)) {
    table.classes.push_back(read_field_table_class(read_source_file(file.string()), file.stem().string(), diagnostics));
  }
  return table;
}

}  // namespace ohmloop
