#include "ohmloop/text/csv.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ohmloop {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

class CsvParser {
 public:
  CsvParser(const SourceFilePtr& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

  CsvFile run() {
    std::string_view rest = source_->text;
    if (rest.substr(0, 3) == "\xEF\xBB\xBF") rest.remove_prefix(3);
    while (!rest.empty()) {
      ++line_number_;
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      take_line(line);
    }
    if (file_.header.cells.empty()) {
      diagnostics_.error(fmt::format("table '{}' has no header", source_->path), span(1, 1),
                         "expected a line of column names");
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] SourceSpan span(std::size_t column, std::size_t length) const {
    return {source_, std::max<std::size_t>(line_number_, 1), column, std::max<std::size_t>(length, 1)};
  }

  void take_line(std::string_view line) {
    const std::string_view content = trimmed(line);
    if (content.empty()) return;
    if (content.front() == '#') return take_comment(line);
    CsvRow row;
    row.where = span(1, line.size());
    if (!split(line, row)) return;
    if (file_.header.cells.empty()) {
      file_.header = std::move(row);
    } else if (row.cells.size() != file_.header.cells.size()) {
      diagnostics_.error("a row does not fit the header", row.where,
                         fmt::format("{} cells, the header has {}", row.cells.size(), file_.header.cells.size()));
    } else {
      file_.rows.push_back(std::move(row));
    }
  }

  void take_comment(std::string_view line) {
    const std::size_t hash = line.find('#');
    const std::size_t colon = line.find(':', hash);
    if (!file_.header.cells.empty() || colon == std::string_view::npos) return;
    const std::string_view key = trimmed(line.substr(hash + 1, colon - hash - 1));
    const std::string_view value = trimmed(line.substr(colon + 1));
    const std::size_t column = value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data()) + 1;
    file_.properties.push_back({std::string(key), {std::string(value), span(column, value.size())}});
  }

  bool split(std::string_view line, CsvRow& row) {
    std::size_t at = 0;
    while (true) {
      while (at < line.size() && is_blank(line[at])) ++at;
      const bool quoted = at < line.size() && line[at] == '"';
      if (quoted ? !take_quoted(line, at, row) : !take_plain(line, at, row)) return false;
      if (at >= line.size()) return true;
      ++at;
    }
  }

  bool take_plain(std::string_view line, std::size_t& at, CsvRow& row) const {
    const std::size_t end = std::min(line.find(',', at), line.size());
    const std::string_view text = trimmed(line.substr(at, end - at));
    row.cells.push_back({std::string(text), span(at + 1, text.size())});
    at = end;
    return true;
  }

  bool take_quoted(std::string_view line, std::size_t& at, CsvRow& row) {
    const std::size_t start = at++;
    std::string text;
    while (at < line.size()) {
      if (line[at] != '"') {
        text += line[at++];
      } else if (at + 1 < line.size() && line[at + 1] == '"') {
        text += '"';
        at += 2;
      } else {
        break;
      }
    }
    if (at >= line.size()) {
      diagnostics_.error("a quote does not end", span(start + 1, line.size() - start), "expected '\"' on this line");
      return false;
    }
    ++at;
    row.cells.push_back({std::move(text), span(start + 1, at - start)});
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at < line.size() && line[at] != ',') {
      diagnostics_.error("text stands after a quoted cell", span(at + 1, 1), "expected ','");
      return false;
    }
    return true;
  }

  const SourceFilePtr& source_;
  Diagnostics& diagnostics_;
  CsvFile file_;
  std::size_t line_number_ = 0;
};

}  // namespace

const CsvCell* CsvFile::property(std::string_view key) const {
  const auto found =
      std::find_if(properties.begin(), properties.end(), [&](const Property& item) { return item.key == key; });
  return found == properties.end() ? nullptr : &found->value;
}

CsvFile parse_csv(const SourceFilePtr& source, Diagnostics& diagnostics) {
  return CsvParser(source, diagnostics).run();
}

}  // namespace ohmloop
