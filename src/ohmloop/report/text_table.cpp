#include "ohmloop/report/text_table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;
constexpr std::string_view ellipsis = "..";

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The first `count` characters.
std::string_view head(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    if (!continues_character(text[end]) && count-- == 0) break;
  }
  return text.substr(0, end);
}

/// The last `count` characters.
std::string_view tail(std::string_view text, std::size_t count) {
  std::size_t begin = text.size();
  while (begin > 0 && count > 0) {
    --begin;
    if (!continues_character(text[begin])) --count;
  }
  return text.substr(begin);
}

std::string padded(const std::string& text, std::size_t width, Align align) {
  const std::string shown = shorten(text, width);
  const std::string blank(width - std::min(width, display_width(shown)), ' ');
  return align == Align::left ? shown + blank : blank + shown;
}

void append_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

std::size_t display_width(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

std::string shorten(const std::string& text, std::size_t width) {
  const std::size_t size = display_width(text);
  if (size <= width) return text;
  if (width <= ellipsis.size()) return std::string(head(text, width));
  const std::size_t kept = width - ellipsis.size();
  // The end of a layer's name tells more than its middle: "layer1.0.conv2".
  const std::size_t back = kept / 2;
  return std::string(head(text, kept - back)) + std::string(ellipsis) + std::string(tail(text, back));
}

TextTable::TextTable(std::vector<TableColumn> columns) : columns_(std::move(columns)) {}

void TextTable::add_row(std::vector<std::string> cells) {
  OHM_CHECK(cells.size() == columns_.size(), "one cell per column");
  for (std::string& cell : cells) {
    std::replace_if(
        cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '?');
  }
  rows_.push_back(std::move(cells));
}

void TextTable::add_rule() { rows_.emplace_back(); }

std::vector<std::size_t> TextTable::column_widths(std::size_t limit) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = std::max(display_width(columns_[i].header), display_width(columns_[i].unit));
    for (const auto& row : rows_) width = std::max(width, row.empty() ? 0 : display_width(row[i]));
    widths.push_back(width);
  }
  const std::size_t gaps = columns_.empty() ? 0 : gap * (columns_.size() - 1);
  while (limit > 0 && std::accumulate(widths.begin(), widths.end(), gaps) > limit) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].may_shrink || widths[i] <= narrowest) continue;
      if (widest == columns_.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    --widths[widest];
  }
  return widths;
}

std::string TextTable::render(const TableStyle& style) const {
  const std::vector<std::size_t> widths = column_widths(style.width);
  const auto line = [&](auto cell_of) {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) text.append(gap, ' ');
      text += padded(cell_of(i), widths[i], columns_[i].align);
    }
    return text;
  };
  std::string text;
  std::string header = line([&](std::size_t i) { return columns_[i].header; });
  if (style.colour) header = fmt::format("\x1b[1m{}\x1b[0m", header);
  append_line(text, header);
  if (std::any_of(columns_.begin(), columns_.end(), [](const TableColumn& column) { return !column.unit.empty(); })) {
    append_line(text, line([&](std::size_t i) { return columns_[i].unit; }));
  }
  const std::size_t gaps = columns_.empty() ? 0 : gap * (columns_.size() - 1);
  const std::string rule(std::accumulate(widths.begin(), widths.end(), gaps), '-');
  append_line(text, rule);
  for (const auto& row : rows_) append_line(text, row.empty() ? rule : line([&](std::size_t i) { return row[i]; }));
  return text;
}

}  // namespace ohmloop
