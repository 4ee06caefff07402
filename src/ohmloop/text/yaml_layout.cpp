#include "ohmloop/text/yaml_layout.hpp"

#include <algorithm>
#include <utility>

namespace ohmloop {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view ends_of_property = " \t\r\n,[]{}";

}  // namespace

YamlLayout::YamlLayout(SourceFilePtr source) : source_(std::move(source)), line_starts_{0} {
  for (std::size_t i = 0; i < text().size(); ++i) {
    if (text()[i] == '\n') line_starts_.push_back(i + 1);
  }
  if (text().starts_with(byte_order_mark)) mark_length_ = byte_order_mark.size();
}

SourceSpan YamlLayout::span(std::size_t offset, std::size_t length) const {
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), std::min(offset, text().size()));
  const auto line = static_cast<std::size_t>(next - line_starts_.begin());
  return {.file = source_, .line = line, .column = offset - line_starts_[line - 1] + 1, .length = length};
}

std::size_t YamlLayout::offset_of(int position) const {
  const std::size_t offset = mark_length_ + static_cast<std::size_t>(std::max(position, 0));
  return std::min(offset, text().size());
}

std::size_t YamlLayout::skip_blanks_and_comments(std::size_t offset) const {
  while (true) {
    offset = std::min(text().find_first_not_of(blanks, offset), text().size());
    if (offset == text().size() || text()[offset] != '#') return offset;
    offset = std::min(text().find('\n', offset), text().size());
  }
}

YamlLayout::Properties YamlLayout::properties_at(std::size_t offset) const {
  Properties result{.tag_offset = 0, .tag_length = 0, .node_offset = offset};
  while (offset < text().size() && (text()[offset] == '!' || text()[offset] == '&')) {
    const std::size_t end = std::min(text().find_first_of(ends_of_property, offset), text().size());
    if (text()[offset] == '!') {
      result.tag_offset = offset;
      result.tag_length = end - offset;
    }
    offset = skip_blanks_and_comments(end);
    result.node_offset = offset;
  }
  return result;
}

bool YamlLayout::is_quote(std::size_t offset) const {
  return offset < text().size() && (text()[offset] == '"' || text()[offset] == '\'');
}

std::size_t YamlLayout::scalar_length(std::size_t offset, std::string_view value) const {
  if (is_quote(offset)) {
    const char quote = text()[offset];
    for (std::size_t i = offset + 1; i < text().size(); ++i) {
      const bool doubled = quote == '\'' && text().substr(i).starts_with("''");
      const bool escapes = quote == '"' && text()[i] == '\\';
      if (doubled || escapes) {
        ++i;
      } else if (text()[i] == quote) {
        return i - offset + 1;
      }
    }
    return 0;
  }
  if (text().substr(offset).starts_with(value)) return std::max<std::size_t>(1, value.size());
  std::string_view line = text().substr(offset, text().find('\n', offset) - offset);
  line = line.substr(0, line.find(" #"));
  const std::size_t last = line.find_last_not_of(blanks);
  return last == std::string_view::npos ? 1 : last + 1;
}

std::size_t YamlLayout::line_start(std::size_t offset) const {
  return *(std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) - 1);
}

std::size_t YamlLayout::tab_in_indentation(std::size_t offset) const {
  std::size_t start = line_start(offset);
  for (int line = 0; line < 2; ++line) {
    const std::size_t end = std::min(text().find_first_not_of(" \t", start), text().size());
    const std::size_t tab = text().substr(start, end - start).find('\t');
    if (tab != std::string_view::npos) return start + tab;
    // The library often notices a mistake only on the next line that has something on it.
    do {
      if (start == 0) return std::string_view::npos;
      start = line_start(start - 1);
    } while (text().find_first_not_of(blanks, start) > text().find('\n', start));
  }
  return std::string_view::npos;
}

}  // namespace ohmloop
