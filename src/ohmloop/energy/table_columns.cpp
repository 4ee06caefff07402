#include "ohmloop/energy/table_columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::array<const char*, table_column_count> column_names = {
    "class", "action", "value", "unit", "bits", "count", "full_rate", "source", "fitted", "note", "use"};
constexpr std::array<ReservedColumn, 5> mandatory = {ReservedColumn::component_class, ReservedColumn::action,
                                                     ReservedColumn::value, ReservedColumn::unit,
                                                     ReservedColumn::source};

enum class UnitKind { energy, power, area };

struct TableUnit {
  const char* name;
  UnitKind kind;
  double factor;  ///< to pJ, W or um2
};

constexpr std::array<TableUnit, 9> units = {{{"fJ", UnitKind::energy, 1e-3},
                                             {"pJ", UnitKind::energy, 1},
                                             {"nJ", UnitKind::energy, 1e3},
                                             {"nW", UnitKind::power, 1e-9},
                                             {"uW", UnitKind::power, 1e-6},
                                             {"mW", UnitKind::power, 1e-3},
                                             {"W", UnitKind::power, 1},
                                             {"um2", UnitKind::area, 1},
                                             {"mm2", UnitKind::area, 1e6}}};

const TableUnit* find_unit(const std::string& name) {
  for (const TableUnit& unit : units) {
    if (name == unit.name) return &unit;
  }
  return nullptr;
}

/// Reads value, unit, count, rate and bits of one row.
class QuantityReader {
 public:
  QuantityReader(const TableQuantityCells& cells, TableRow& row, Diagnostics& diagnostics)
      : cells_(cells), row_(row), diagnostics_(diagnostics) {}

  bool run() {
    const TableUnit* unit = read_unit();
    if (unit == nullptr) return false;
    row_.unknown = cells_.value.text == "unknown";
    const std::optional<double> value = row_.unknown ? 0.0 : positive_or_zero(cells_.value);
    const std::optional<double> count = cells_.count.text.empty() ? 1.0 : positive(cells_.count);
    const std::optional<double> bits = cells_.bits.text.empty() ? 1.0 : positive(cells_.bits);
    if (!value || !count || !bits) return false;
    row_.derivation = describe(*unit);
    row_.value = *value * unit->factor / *count;
    if (row_.subject == "area" || row_.subject == "leakage") return check_no_rate() && check_size();
    row_.per_bit = !cells_.bits.text.empty();
    row_.value /= *bits;
    if (!read_rate()) return false;
    return (unit->kind == UnitKind::energy || divide_by_rate()) && check_size();
  }

 private:
  bool fail(const std::string& message, const CsvCell& cell, const std::string& label) {
    diagnostics_.error(message, cell.where.empty() ? row_.where : cell.where, label);
    return false;
  }

  const TableUnit* read_unit() {
    const TableUnit* unit = find_unit(cells_.unit.text);
    std::vector<std::string> fitting;
    for (const TableUnit& known : units) {
      if (fits(known.kind)) fitting.emplace_back(known.name);
    }
    if (unit != nullptr && fits(unit->kind)) return unit;
    fail(fmt::format("bad unit '{}' for {}", cells_.unit.text, row_.subject), cells_.unit,
         "expected one of " + list_names(fitting));
    return nullptr;
  }

  [[nodiscard]] bool fits(UnitKind kind) const {
    if (row_.subject == "area") return kind == UnitKind::area;
    if (row_.subject == "leakage") return kind == UnitKind::power;
    return kind != UnitKind::area;
  }

  std::optional<double> positive_or_zero(const CsvCell& cell) {
    const std::optional<double> number = parse_plain_number(cell.text);
    if (number && *number >= 0) return number;
    fail(fmt::format("bad number '{}'", cell.text), cell, "expected a number >= 0");
    return std::nullopt;
  }

  std::optional<double> positive(const CsvCell& cell) {
    const std::optional<double> number = parse_plain_number(cell.text);
    if (number && *number > 0) return number;
    fail(fmt::format("bad number '{}'", cell.text), cell, "expected a number > 0");
    return std::nullopt;
  }

  bool check_no_rate() {
    if (cells_.rate.text.empty() && cells_.bits.text.empty()) return true;
    const CsvCell& cell = cells_.rate.text.empty() ? cells_.bits : cells_.rate;
    return fail(fmt::format("{} has no rate and no bits", row_.subject), cell, "leave this cell empty");
  }

  bool check_size() {
    if (std::isfinite(row_.value)) return true;
    return fail("the number is too large", cells_.value, "in pJ, um2 or W, and for one unit, no double holds it");
  }

  bool read_rate() {
    if (cells_.rate.text.empty()) return true;
    const std::optional<Value> value = evaluate_cell(cells_.rate, diagnostics_);
    if (!value) return false;
    const auto* quantity = std::get_if<Quantity>(&*value);
    const bool of_bits = quantity != nullptr && quantity->dimension == dimension::bits_per_second;
    const bool of_actions = quantity != nullptr && quantity->dimension == dimension::frequency;
    if ((!of_bits && !of_actions) || quantity->value <= 0) {
      return fail(fmt::format("bad rate '{}'", cells_.rate.text), cells_.rate,
                  "expected actions or bits per time, as in '128 / (100 ns)' or '1024 bit / (100 ns)'");
    }
    if (of_bits && !cells_.bits.text.empty()) {
      return fail("a rate in bits and 'bits' exclude each other", cells_.bits, "leave this cell empty");
    }
    row_.per_bit = row_.per_bit || of_bits;
    row_.full_rate = quantity->value;
    return true;
  }

  bool divide_by_rate() {
    if (row_.full_rate <= 0) return fail("power without a rate is no energy", cells_.unit, "fill in 'full_rate'");
    constexpr double pj_per_joule = 1e12;
    row_.value *= pj_per_joule / row_.full_rate;
    return true;
  }

  [[nodiscard]] std::string describe(const TableUnit& unit) const {
    std::string text;
    const auto divide = [&](const std::string& by) {
      text += (text.empty() ? cells_.value.text + " " + cells_.unit.text : std::string()) + " / " + by;
    };
    if (!cells_.count.text.empty() && cells_.count.text != "1") divide(cells_.count.text);
    if (!cells_.rate.text.empty() && unit.kind == UnitKind::power) {
      divide("(" + cells_.rate.text + ")");
    }
    if (!cells_.bits.text.empty()) divide(cells_.bits.text + " bit");
    return text;
  }

  const TableQuantityCells& cells_;
  TableRow& row_;
  Diagnostics& diagnostics_;
};

bool check_number(const AttributeSpec& attribute, const CsvCell& cell, double value, Diagnostics& diagnostics) {
  if (std::isfinite(value) && value >= attribute.low && value <= attribute.high) return true;
  diagnostics.error(fmt::format("'{}' is out of range", attribute.name), cell.where,
                    fmt::format("expected {} to {} {}", attribute.low, attribute.high, attribute.unit));
  return false;
}

}  // namespace

std::optional<Value> evaluate_cell(const CsvCell& cell, Diagnostics& diagnostics) {
  EmptyScope scope;
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = cell.text;
  scalar.span = cell.where;
  return evaluate(scalar, scope, diagnostics);
}

bool is_known_column(const ClassLibrary& classes, std::string_view name) {
  const auto has = [&](const auto& component) {
    const auto takes = [&](const ActionSpec& action) {
      return std::any_of(action.arguments.begin(), action.arguments.end(),
                         [&](const ActionArgumentSpec& argument) { return argument.name == name; });
    };
    return component->attribute(name) != nullptr ||
           std::any_of(component->actions.begin(), component->actions.end(), takes);
  };
  return std::any_of(classes.all().begin(), classes.all().end(), has);
}

std::vector<std::string> known_columns(const ClassLibrary& classes) {
  std::set<std::string> names(column_names.begin(), column_names.end());
  for (const auto& component : classes.all()) {
    for (const AttributeSpec& attribute : component->attributes) names.insert(attribute.name);
    for (const ActionSpec& action : component->actions) {
      for (const ActionArgumentSpec& argument : action.arguments) names.insert(argument.name);
    }
  }
  return {names.begin(), names.end()};
}

std::optional<double> parse_plain_number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<TableColumns> read_table_columns(const CsvRow& header, const ClassLibrary& classes, bool own_columns,
                                               Diagnostics& diagnostics) {
  if (header.cells.empty()) return std::nullopt;
  const std::vector<std::string> known = known_columns(classes);
  const std::set<std::string> known_set(known.begin(), known.end());
  TableColumns columns;
  std::set<std::string> seen;
  bool good = true;
  const auto fail = [&](const std::string& message, const CsvCell& cell, const std::string& label) {
    diagnostics.error(message, cell.where, label);
    good = false;
  };
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const CsvCell& cell = header.cells[i];
    if (!seen.insert(cell.text).second) fail(fmt::format("column '{}' stands twice", cell.text), cell, "");
    if (cell.text.empty()) {
      fail("a column has no name", cell, "");
    } else if (!own_columns && !known_set.contains(cell.text)) {
      fail(fmt::format("no component class has an attribute '{}'", cell.text), cell, did_you_mean(cell.text, known));
    }
    const auto* const reserved = std::find(column_names.begin(), column_names.end(), cell.text);
    if (reserved != column_names.end()) {
      columns.places[static_cast<std::size_t>(reserved - column_names.begin())] = i;
    } else {
      columns.attributes.emplace_back(cell.text, i);
    }
  }
  for (const ReservedColumn column : mandatory) {
    if (columns.reserved(column)) continue;
    diagnostics.error(fmt::format("column '{}' is missing", column_names[static_cast<std::size_t>(column)]),
                      header.where, "expected class, action, value, unit and source");
    good = false;
  }
  return good ? std::optional(std::move(columns)) : std::nullopt;
}

std::optional<TableRow::Condition> read_condition(const AttributeSpec& attribute, const CsvCell& cell,
                                                  Diagnostics& diagnostics) {
  const auto fail = [&](const std::string& label) {
    diagnostics.error(fmt::format("bad '{}': '{}'", attribute.name, cell.text), cell.where, label);
    return std::nullopt;
  };
  if (attribute.kind == AttributeKind::word) {
    const bool any = attribute.words.empty();
    if (any || std::find(attribute.words.begin(), attribute.words.end(), cell.text) != attribute.words.end()) {
      return TableRow::Condition{attribute.name, attribute.unit, cell.text};
    }
    return fail(did_you_mean(cell.text, attribute.words));
  }
  const std::optional<Value> value = evaluate_cell(cell, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  if (quantity == nullptr || quantity->dimension != attribute.dimension) {
    return fail("expected " + describe(attribute.dimension));
  }
  const double number = quantity->value / attribute.in_base;
  if (!check_number(attribute, cell, number, diagnostics)) return std::nullopt;
  return TableRow::Condition{attribute.name, attribute.unit, number};
}

std::optional<TableRow::Condition> read_argument_condition(const std::string& name, const CsvCell& cell,
                                                           Diagnostics& diagnostics) {
  const std::optional<double> number = parse_plain_number(cell.text);
  if (number && *number == std::floor(*number)) return TableRow::Condition{name, "", *number, true};
  diagnostics.error(fmt::format("bad '{}': '{}'", name, cell.text), cell.where,
                    "expected a whole number: it is an argument of the action");
  return std::nullopt;
}

std::optional<bool> read_use(const CsvCell& cell, Diagnostics& diagnostics) {
  static const std::vector<std::string> uses = {"pinned", "anywhere"};
  const auto found = std::find(uses.begin(), uses.end(), cell.text);
  if (found != uses.end()) return found == uses.begin();
  diagnostics.error(fmt::format("bad 'use': '{}'", cell.text), cell.where, "expected pinned or anywhere");
  return std::nullopt;
}

bool read_table_quantity(const TableQuantityCells& cells, TableRow& row, Diagnostics& diagnostics) {
  return QuantityReader(cells, row, diagnostics).run();
}

}  // namespace ohmloop
