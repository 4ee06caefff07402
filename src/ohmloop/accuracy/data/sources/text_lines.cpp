#include "ohmloop/accuracy/data/sources/text_lines.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace ohmloop {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

}  // namespace

std::vector<TextPiece> text_lines(const SourceFile& file) {
  std::vector<TextPiece> lines;
  const std::string_view text = file.text;
  std::size_t start = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(blanks) != std::string_view::npos) lines.push_back({line, start});
    start = end + 1;
  }
  return lines;
}

std::vector<TextPiece> split_cells(const TextPiece& line, char separator) {
  std::vector<TextPiece> cells;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = line.text.find(separator, start);
    cells.push_back({line.text.substr(start, end == std::string_view::npos ? end : end - start), line.offset + start});
    if (end == std::string_view::npos) return cells;
    start = end + 1;
  }
}

std::vector<TextPiece> split_words(const TextPiece& line) {
  std::vector<TextPiece> words;
  std::size_t start = line.text.find_first_not_of(blanks);
  while (start != std::string_view::npos) {
    const std::size_t end = std::min(line.text.find_first_of(blanks, start), line.text.size());
    words.push_back({line.text.substr(start, end - start), line.offset + start});
    start = line.text.find_first_not_of(blanks, end);
  }
  return words;
}

SourceSpan span_of(const SourceFilePtr& file, const TextPiece& piece) {
  return span_at(file, piece.offset, std::max<std::size_t>(piece.text.size(), 1));
}

void ErrorsOfAKind::add(std::string message, const SourceSpan& where, std::string label,
                        std::vector<std::string> notes) {
  if (tells_next()) diagnostics_.error(std::move(message), where, std::move(label), std::move(notes));
  ++count_;
}

void ErrorsOfAKind::finish(std::string_view what) {
  if (count_ > most_told) diagnostics_.error(fmt::format("and {} more {}", count_ - most_told, what), {});
}

}  // namespace ohmloop
