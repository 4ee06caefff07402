#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

enum class Align { left, right };

struct TableColumn {
  std::string header;
  std::string unit;  ///< stands below the header; empty if the column has none
  Align align = Align::right;
  bool may_shrink = false;  ///< long names, shortened in the middle where the line is too long
};

struct TableStyle {
  std::size_t width = 0;  ///< columns of the terminal; 0: no limit
  bool colour = false;    ///< bold headers
};

/// Rows of text under headers, two spaces between columns, no frame.
class TextTable {
 public:
  explicit TextTable(std::vector<TableColumn> columns);

  /// As many cells as columns. Control characters are shown as '?'.
  void add_row(std::vector<std::string> cells);
  /// A line across the table, as before totals.
  void add_rule();

  [[nodiscard]] std::string render(const TableStyle& style = {}) const;

 private:
  [[nodiscard]] std::vector<std::size_t> column_widths(std::size_t limit) const;

  std::vector<TableColumn> columns_;
  std::vector<std::vector<std::string>> rows_;  ///< an empty row is a rule
};

/// Characters of a UTF-8 text.
std::size_t display_width(std::string_view text);

/// The text, cut in the middle ("layer1..conv2") if it is wider than `width`.
std::string shorten(const std::string& text, std::size_t width);

}  // namespace ohmloop
