#include "ohmloop/report/page/page_table.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/picture_bytes.hpp"

namespace ohmloop {
namespace {

constexpr std::string_view no_number = "<td class=\"number\" data-value=\"\">–</td>";

/// Whether all cells are numbers or nothing, one of them a number.
bool is_numeric(const PageTable& table, std::size_t column) {
  bool any = false;
  for (const std::vector<PageCell>& row : table.rows) {
    if (std::holds_alternative<std::string>(row[column])) return false;
    any = any || std::holds_alternative<double>(row[column]);
  }
  return any;
}

std::string head_html(const PageColumn& column, bool numeric) {
  const std::string unit =
      column.unit.empty() ? "" : fmt::format("<span class=\"unit\">{}</span>", escaped_markup(column.unit));
  return fmt::format("<th scope=\"col\" aria-sort=\"none\"{}><button type=\"button\">{}</button>{}</th>",
                     numeric ? " class=\"number\"" : "", escaped_markup(column.name), unit);
}

enum class Digits { whole, three, all };

bool is_whole(double value) {
  constexpr double largest = 1e15;
  return std::abs(value) < largest && value == std::trunc(value);
}

/// A column of whole numbers shows all of their digits.
Digits digits_of(const PageTable& table, std::size_t column) {
  for (const std::vector<PageCell>& row : table.rows) {
    const auto* value = std::get_if<double>(&row[column]);
    if (value != nullptr && !std::isnan(*value) && !is_whole(*value)) return Digits::three;
  }
  return Digits::whole;
}

std::string number_text(double value, Digits digits) {
  if (std::isinf(value)) return value < 0 ? "−∞" : "∞";
  if (digits == Digits::whole && is_whole(value)) return format_count(static_cast<std::int64_t>(value));
  return digits == Digits::all ? shortest_double(value) : format_number(value);
}

/// `data-value` is what the script sorts by.
std::string number_html(double value, Digits digits) {
  if (std::isnan(value)) return std::string(no_number);
  const std::string key = std::isinf(value) ? (value < 0 ? "-Infinity" : "Infinity") : shortest_double(value);
  return fmt::format("<td class=\"number\" data-value=\"{}\">{}</td>", key, number_text(value, digits));
}

std::string cell_html(const PageCell& cell, bool numeric, Digits digits) {
  if (const auto* text = std::get_if<std::string>(&cell)) return fmt::format("<td>{}</td>", escaped_markup(*text));
  if (const auto* value = std::get_if<double>(&cell)) {
    if (numeric) return number_html(*value, digits);
    return fmt::format("<td>{}</td>", std::isnan(*value) ? "" : number_text(*value, Digits::whole));
  }
  return numeric ? std::string(no_number) : "<td></td>";
}

std::string open_table(const std::string& caption) {
  const std::string escaped = escaped_markup(caption);
  return fmt::format(
      "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table class=\"sortable\">\n"
      "<caption>{}</caption>\n<thead>\n<tr>",
      escaped, escaped);
}

constexpr std::string_view end_of_table = "</tbody>\n</table>\n</div>\n";

}  // namespace

std::string table_html(const PageTable& table) {
  for (const std::vector<PageCell>& row : table.rows)
    OHM_CHECK(row.size() == table.columns.size(), "a row of another length than the table's heads");
  std::vector<bool> numeric;
  std::vector<Digits> digits;
  std::string html = open_table(table.caption);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    numeric.push_back(is_numeric(table, column));
    digits.push_back(digits_of(table, column));
    html += head_html(table.columns[column], numeric.back());
  }
  html += "</tr>\n</thead>\n<tbody>\n";
  for (const std::vector<PageCell>& row : table.rows) {
    html += "<tr>";
    for (std::size_t column = 0; column < row.size(); ++column)
      html += cell_html(row[column], numeric[column], digits[column]);
    html += "</tr>\n";
  }
  return html + std::string(end_of_table);
}

std::string constants_table_html(const std::vector<PageConstant>& constants) {
  constexpr std::array<std::string_view, 3> kinds = {"published", "fitted", "predicted"};
  std::string html = open_table("Every constant, its source, and whether it was published, fitted or predicted");
  for (const char* name : {"constant", "value", "unit", "kind", "source"})
    html += head_html({name}, std::string_view(name) == "value");
  html += "</tr>\n</thead>\n<tbody>\n";
  for (const PageConstant& constant : constants) {
    const std::string_view kind = kinds[static_cast<std::size_t>(constant.kind)];
    html += fmt::format("<tr><td>{}</td>{}<td>{}</td><td><span class=\"kind {}\">{}</span></td><td>{}</td></tr>\n",
                        escaped_markup(constant.name), number_html(constant.value, Digits::all),
                        escaped_markup(constant.unit), kind, kind, escaped_markup(constant.source));
  }
  return html + std::string(end_of_table);
}

}  // namespace ohmloop
