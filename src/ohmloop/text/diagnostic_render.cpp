#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t widest_excerpt = 120;  // characters of a source line that are shown
constexpr std::string_view tab_text = "    ";
constexpr std::string_view ellipsis = "...";

/// Terminal escapes, or nothing where no colour is wanted.
struct Palette {
  std::string_view error, warning, place, strong, plain;
};
constexpr Palette no_colours{};
constexpr Palette ansi_colours{"\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[1m", "\x1b[0m"};

/// One source line as cells, one for each character of the output, and the cells that the span covers.
struct Excerpt {
  std::vector<std::string> cells;
  std::size_t mark_begin = 0;
  std::size_t mark_end = 0;
};

std::string_view line_of(std::string_view text, std::size_t line) {
  for (std::size_t skipped = 1; skipped < line; ++skipped) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

void append_cells(std::vector<std::string>& cells, std::string_view character) {
  const std::string shown = character == "\t" ? std::string(tab_text) : printable(character);
  if (character.size() > 1 && shown == character) {
    cells.push_back(shown);
  } else {
    for (const char c : shown) cells.emplace_back(1, c);
  }
}

Excerpt excerpt_of(const SourceSpan& where) {
  const std::string_view line = line_of(where.file->text, where.line);
  const std::size_t begin = where.column == 0 ? 0 : where.column - 1;
  Excerpt excerpt;
  for (std::size_t offset = 0; offset < line.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length_at(line, offset));
    if (offset <= begin) excerpt.mark_begin = excerpt.cells.size();
    append_cells(excerpt.cells, line.substr(offset, length));
    if (offset < begin + where.length) excerpt.mark_end = excerpt.cells.size();
    offset += length;
  }
  // A span at or beyond the end of its line (an unfinished expression, an end of file) is marked behind the last cell.
  if (begin >= line.size()) excerpt.mark_begin = excerpt.cells.size();
  excerpt.mark_end = std::max(excerpt.mark_end, excerpt.mark_begin + 1);
  return excerpt;
}

/// Keeps a window around the begin of the mark of a line that is too long to show.
void shorten(Excerpt& excerpt) {
  if (excerpt.cells.size() <= widest_excerpt) return;
  constexpr std::size_t context_before = 40;
  const std::size_t latest_begin = excerpt.cells.size() - widest_excerpt;
  const std::size_t wanted_begin = excerpt.mark_begin - std::min(excerpt.mark_begin, context_before);
  const std::size_t begin = std::min(wanted_begin, latest_begin);
  const std::size_t end = begin + widest_excerpt;
  // A mark behind the last cell stays there; any other ends with the window.
  if (excerpt.mark_begin < end) excerpt.mark_end = std::min(excerpt.mark_end, end);

  std::vector<std::string> window;
  if (begin > 0) window.emplace_back(ellipsis);
  window.insert(window.end(), excerpt.cells.begin() + static_cast<std::ptrdiff_t>(begin),
                excerpt.cells.begin() + static_cast<std::ptrdiff_t>(end));
  if (end < excerpt.cells.size()) window.emplace_back(ellipsis);
  const std::size_t shift = begin > 0 ? ellipsis.size() : 0;
  excerpt.mark_begin = excerpt.mark_begin - begin + shift;
  excerpt.mark_end = excerpt.mark_end - begin + shift;
  excerpt.cells = std::move(window);
}

std::string render_place(const Diagnostic& diagnostic, const Palette& colours) {
  Excerpt excerpt = excerpt_of(diagnostic.where);
  shorten(excerpt);
  const std::string number = fmt::format("{}", diagnostic.where.line);
  const std::string margin(number.size(), ' ');
  const std::string_view mark_colour = diagnostic.severity == Severity::error ? colours.error : colours.warning;

  std::string text =
      fmt::format("{0}{1}-->{2} {3}\n", margin, colours.place, colours.plain, printable(to_string(diagnostic.where)));
  text += fmt::format("{} {}|{}\n", margin, colours.place, colours.plain);
  text += fmt::format("{}{} |{} {}\n", colours.place, number, colours.plain, fmt::join(excerpt.cells, ""));
  text += fmt::format("{} {}|{} {}{}{}", margin, colours.place, colours.plain, std::string(excerpt.mark_begin, ' '),
                      mark_colour, std::string(excerpt.mark_end - excerpt.mark_begin, '^'));
  if (!diagnostic.label.empty()) text += fmt::format(" {}", printable(diagnostic.label));
  text += fmt::format("{}\n", colours.plain);
  return text;
}

}  // namespace

std::string render(const Diagnostic& diagnostic, bool colour) {
  const Palette& colours = colour ? ansi_colours : no_colours;
  const bool is_error = diagnostic.severity == Severity::error;
  std::string text =
      fmt::format("{}{}:{} {}{}{}\n", is_error ? colours.error : colours.warning, is_error ? "error" : "warning",
                  colours.plain, colours.strong, printable(diagnostic.message), colours.plain);
  std::size_t margin = 1;
  if (!diagnostic.where.empty()) {
    text += render_place(diagnostic, colours);
    margin = fmt::format("{}", diagnostic.where.line).size();
  } else if (!diagnostic.label.empty()) {
    text += fmt::format("{} {}={} {}\n", std::string(margin, ' '), colours.place, colours.plain,
                        printable(diagnostic.label));
  }
  for (const std::string& note : diagnostic.notes) {
    text += fmt::format("{} {}={} {}\n", std::string(margin, ' '), colours.place, colours.plain, printable(note));
  }
  return text;
}

std::string render(const std::vector<Diagnostic>& diagnostics, bool colour, std::size_t limit) {
  std::string text;
  const std::size_t shown = std::min(limit, diagnostics.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += "\n";
    text += render(diagnostics[i], colour);
  }
  if (shown < diagnostics.size()) text += fmt::format("\nand {} more\n", diagnostics.size() - shown);
  return text;
}

}  // namespace ohmloop
