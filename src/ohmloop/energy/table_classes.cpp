#include "ohmloop/energy/table_classes.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ohmloop/energy/class_specs.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr double widest = std::numeric_limits<double>::max();

std::vector<std::string> split_names(const std::string& text) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : text + ",") {
    if (c != ',' && c != ' ') {
      name += c;
    } else if (!name.empty()) {
      names.push_back(std::move(name));
      name.clear();
    }
  }
  return names;
}

/// "nm" of "45 nm", if one of them is a number of that dimension; base units otherwise.
void take_unit(const CsvCell& cell, AttributeSpec& spec) {
  double number = 0;
  const char* const end = cell.text.data() + cell.text.size();
  const auto parsed = std::from_chars(cell.text.data(), end, number);
  const char* start = parsed.ptr;
  while (start != end && *start == ' ') ++start;
  CsvCell one = cell;
  one.text = "1 " + std::string(start, end);
  Diagnostics own;
  const std::optional<Value> value = parsed.ec == std::errc() && start != end ? evaluate_cell(one, own) : std::nullopt;
  const auto* quantity = value ? std::get_if<Quantity>(&*value) : nullptr;
  if (quantity == nullptr || quantity->dimension != spec.dimension) return;
  spec.unit = std::string(start, end);
  spec.in_base = quantity->value;
}

class ClassDeclarer {
 public:
  ClassDeclarer(const CsvFile& csv, const TableColumns& columns, const std::string& table, ClassLibrary& classes,
                Diagnostics& diagnostics)
      : csv_(csv), columns_(columns), table_(table), classes_(classes), diagnostics_(diagnostics) {}

  void run() {
    read_properties();
    std::vector<std::string> order;
    std::map<std::string, std::vector<const CsvRow*>> rows;
    for (const CsvRow& row : csv_.rows) {
      const CsvCell& name = cell(row, ReservedColumn::component_class);
      if (name.text.empty()) {
        diagnostics_.error("a row names no class", name.where.empty() ? row.where : name.where);
      } else if (classes_.find(name.text) == nullptr) {
        if (!rows.contains(name.text)) order.push_back(name.text);
        rows[name.text].push_back(&row);
      }
    }
    for (const std::string& name : order) declare(name, rows[name]);
    check_columns();
  }

 private:
  [[nodiscard]] const CsvCell& cell(const CsvRow& row, ReservedColumn column) const {
    static const CsvCell nothing;
    const std::optional<std::size_t> index = columns_.reserved(column);
    return index ? row.cells[*index] : nothing;
  }

  void read_properties() {
    if (const CsvCell* scales = csv_.property("scales")) {
      scales_ = scales->text == "yes";
      if (scales->text != "yes" && scales->text != "no") {
        diagnostics_.error(fmt::format("bad 'scales': '{}'", scales->text), scales->where, "expected yes or no");
      }
    }
    const CsvCell* arguments = csv_.property("arguments");
    if (arguments == nullptr) return;
    for (std::string& name : split_names(arguments->text)) {
      const bool has = std::any_of(columns_.attributes.begin(), columns_.attributes.end(),
                                   [&](const auto& column) { return column.first == name; });
      if (!has) {
        diagnostics_.error(fmt::format("no column '{}' for an argument", name), arguments->where,
                           did_you_mean(name, known_columns(classes_)));
      }
      arguments_.insert(std::move(name));
    }
  }

  void declare(const std::string& name, const std::vector<const CsvRow*>& rows) {
    ComponentClass declared;
    declared.name = name;
    declared.description = "Declared by table " + table_ + ".";
    declared.scales = scales_;
    bool good = true;
    for (const auto& [column, index] : columns_.attributes) {
      if (std::any_of(rows.begin(), rows.end(),
                      [at = index](const CsvRow* row) { return !row->cells[at].text.empty(); })) {
        used_.insert(column);
      }
      const bool common = column == "technology" || column == "units" || column == "from";
      if (!common && !arguments_.contains(column)) good = add_attribute(column, index, rows, declared) && good;
    }
    for (const CsvRow* row : rows) add_action(*row, rows, declared);
    if (declared.actions.empty()) {
      diagnostics_.error(fmt::format("class '{}' has no action", name), rows.front()->where,
                         "add a row with the energy of what it does", near_classes(name));
      good = false;
    }
    if (!good) return;
    if (const std::vector<std::string> near = near_classes(name); !near.empty()) {
      diagnostics_.warning(fmt::format("table {} declares a class '{}'", table_, name),
                           cell(*rows.front(), ReservedColumn::component_class).where, "its rows say nothing of others",
                           near);
    }
    charge_with(declared);
    add_common_attributes(declared);
    classes_.add(std::move(declared));
  }

  [[nodiscard]] std::vector<std::string> near_classes(const std::string& name) const {
    const std::optional<std::string> near = nearest_name(name, classes_.names());
    const bool misspelt = near && near->size() <= name.size() + 1 && name.size() <= near->size() + 1;
    return misspelt ? std::vector<std::string>{"a known class is called " + *near} : std::vector<std::string>();
  }

  bool add_attribute(const std::string& name, std::size_t index, const std::vector<const CsvRow*>& rows,
                     ComponentClass& declared) {
    AttributeSpec spec{.name = name, .low = -widest, .high = widest, .meaning = "of table " + table_};
    const CsvCell* first = nullptr;
    for (const CsvRow* row : rows) {
      const CsvCell& given = row->cells[index];
      if (given.text.empty()) continue;
      const std::optional<Value> value = evaluate_cell(given, diagnostics_);
      if (!value) return false;
      const auto* quantity = std::get_if<Quantity>(&*value);
      const AttributeKind kind = quantity == nullptr ? AttributeKind::word : AttributeKind::number;
      const Dimension dimension = quantity == nullptr ? Dimension{} : quantity->dimension;
      if (first == nullptr) {
        first = &given;
        spec.kind = kind;
        spec.dimension = dimension;
        if (quantity != nullptr) take_unit(given, spec);
      } else if (kind != spec.kind || dimension != spec.dimension) {
        diagnostics_.error(fmt::format("'{}' of class '{}' is of two kinds", name, declared.name), given.where,
                           fmt::format("'{}' does not fit '{}'", given.text, first->text),
                           {"first one: " + to_string(first->where)});
        return false;
      }
    }
    if (first != nullptr) declared.attributes.push_back(std::move(spec));
    return true;
  }

  void add_action(const CsvRow& row, const std::vector<const CsvRow*>& rows, ComponentClass& declared) {
    const std::string& name = cell(row, ReservedColumn::action).text;
    if (name.empty() || name == "area" || name == "leakage" || declared.action(name) != nullptr) return;
    ActionSpec action{name, ActionUnit::value, "of table " + table_, {}};
    std::vector<const CsvRow*> own;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(own),
                 [&](const CsvRow* each) { return cell(*each, ReservedColumn::action).text == name; });
    if (name == "read" || name == "write") {
      action.unit = ActionUnit::access;
    } else if (std::all_of(own.begin(), own.end(), [&](const CsvRow* each) { return of_bits(*each); })) {
      action.unit = ActionUnit::bit;
    }
    for (const auto& [column, index] : columns_.attributes) {
      if (arguments_.contains(column)) add_argument(column, index, own, action);
    }
    declared.actions.push_back(std::move(action));
  }

  [[nodiscard]] bool of_bits(const CsvRow& row) const {
    if (!cell(row, ReservedColumn::bits).text.empty()) return true;
    const CsvCell& rate = cell(row, ReservedColumn::rate);
    if (rate.text.empty()) return false;
    Diagnostics own;
    const std::optional<Value> value = evaluate_cell(rate, own);
    const auto* quantity = value ? std::get_if<Quantity>(&*value) : nullptr;
    return quantity != nullptr && quantity->dimension == dimension::bits_per_second;
  }

  static void add_argument(const std::string& name, std::size_t index, const std::vector<const CsvRow*>& rows,
                           ActionSpec& action) {
    ActionArgumentSpec argument{name, widest, -widest, "", ""};
    for (const CsvRow* row : rows) {
      const std::optional<double> number = parse_plain_number(row->cells[index].text);
      if (!number) continue;  // empty, or reported where the row is read
      argument.low = std::min(argument.low, *number);
      argument.high = std::max(argument.high, *number);
    }
    if (argument.low <= argument.high) action.arguments.push_back(std::move(argument));
  }

  static void charge_with(ComponentClass& declared) {
    const std::string only = declared.actions.size() == 1 ? declared.actions.front().name : "";
    declared.passing_action = declared.action("convert") != nullptr ? "convert" : only;
    declared.compute_action = declared.action("compute") != nullptr ? "compute" : only;
  }

  /// A misspelt column of a table that declares nothing would otherwise be read by nobody.
  void check_columns() {
    for (const auto& [column, index] : columns_.attributes) {
      const bool empty = std::all_of(csv_.rows.begin(), csv_.rows.end(),
                                     [at = index](const CsvRow& row) { return row.cells[at].text.empty(); });
      if (empty || used_.contains(column) || is_known_column(classes_, column)) continue;
      diagnostics_.error(fmt::format("no component class has an attribute '{}'", column),
                         csv_.header.cells[index].where, did_you_mean(column, known_columns(classes_)));
    }
  }

  const CsvFile& csv_;
  const TableColumns& columns_;
  const std::string& table_;
  ClassLibrary& classes_;
  Diagnostics& diagnostics_;
  std::set<std::string> arguments_;
  std::set<std::string> used_;
  bool scales_ = false;
};

}  // namespace

void declare_table_classes(const CsvFile& csv, const TableColumns& columns, const std::string& table,
                           ClassLibrary& classes, Diagnostics& diagnostics) {
  ClassDeclarer(csv, columns, table, classes, diagnostics).run();
}

}  // namespace ohmloop
