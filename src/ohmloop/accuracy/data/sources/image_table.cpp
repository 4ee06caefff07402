#include "ohmloop/accuracy/data/sources/image_table.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/sources/image_files.hpp"
#include "ohmloop/accuracy/data/sources/label_number.hpp"
#include "ohmloop/accuracy/data/sources/open_images.hpp"
#include "ohmloop/accuracy/data/sources/placed_file.hpp"
#include "ohmloop/accuracy/data/sources/text_lines.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::optional<std::size_t> find_column(const SourceFilePtr& table, const TextPiece& header,
                                       const std::vector<TextPiece>& cells, const std::string& name,
                                       Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const TextPiece& cell : cells) names.emplace_back(cell.text);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  diagnostics.error(fmt::format("the table has no column '{}'", name), span_of(table, header),
                    did_you_mean(name, names), {"columns: " + list_names(names)});
  return std::nullopt;
}

/// Files that are not there, at their cells.
void check_images(const std::vector<ImageFileSource::File>& files, const std::vector<ImageRow>& rows,
                  const SourceFilePtr& table, OpenContext& context) {
  ErrorsOfAKind missing(context.diagnostics);
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(files[i].path, ignored)) continue;
    if (!missing.tells_next()) {
      missing.add_untold();
      continue;
    }
    missing.add(fmt::format("there is no image '{}'", files[i].path),
                span_at(table, rows[i].file_offset, rows[i].file.size()), nearest_file(files[i].path));
  }
  missing.finish("images that are not there");
}

}  // namespace

std::vector<ImageRow> read_image_table(const SourceFilePtr& table, const std::string& file_column,
                                       const std::string& label_column, Diagnostics& diagnostics) {
  const std::vector<TextPiece> lines = text_lines(*table);
  if (lines.empty()) {
    diagnostics.error("the table is empty", span_at(table, 0));
    return {};
  }
  const std::vector<TextPiece> header = split_cells(lines.front(), '\t');
  const auto file_index = find_column(table, lines.front(), header, file_column, diagnostics);
  const auto label_index = find_column(table, lines.front(), header, label_column, diagnostics);
  if (!file_index || !label_index) return {};

  std::vector<ImageRow> rows;
  ErrorsOfAKind errors(diagnostics);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<TextPiece> cells = split_cells(lines[i], '\t');
    if (cells.size() <= std::max(*file_index, *label_index)) {
      errors.add(fmt::format("a row of {} cells under {} columns", cells.size(), header.size()),
                 errors.tells_next() ? span_of(table, lines[i]) : SourceSpan{});
      continue;
    }
    const TextPiece& file = cells[*file_index];
    const TextPiece& label = cells[*label_index];
    const auto number = label_number(label.text);
    if (!number || file.text.empty()) {
      const SourceSpan where = errors.tells_next() ? span_of(table, number ? file : label) : SourceSpan{};
      errors.add(number ? "expected the path of an image"
                        : fmt::format("expected the number of a class, found '{}'", label.text),
                 where);
      continue;
    }
    rows.push_back({std::string(file.text), *number, file.offset, label.offset});
  }
  errors.finish("rows that cannot be read");
  return rows;
}

std::optional<LabelledImages> open_images(const TableOfImages& files, OpenContext& context) {
  const SourceFilePtr table = open_text(files.table, context);
  const bool has_folder = check_folder(files.folder, context);
  if (!table) return std::nullopt;
  Diagnostics& diagnostics = context.diagnostics;
  std::vector<ImageRow> rows = read_image_table(table, files.file_column.name, files.label_column.name, diagnostics);
  if (diagnostics.has_errors() || !has_folder) return std::nullopt;

  if (context.limit && rows.size() > *context.limit) rows.resize(*context.limit);
  std::vector<ImageFileSource::File> images;
  LabelledImages result;
  for (const ImageRow& row : rows) {
    images.push_back({(std::filesystem::path(files.folder.path) / row.file).string(), row.file});
    result.labels.push_back(row.label);
  }
  check_images(images, rows, table, context);
  if (diagnostics.has_errors()) return std::nullopt;
  result.images = std::make_shared<ImageFileSource>(std::move(images), context.options.image_limits);
  result.label_place = [table, rows = std::move(rows)](std::size_t index) {
    return span_at(table, rows[index].label_offset, std::to_string(rows[index].label).size());
  };
  return result;
}

}  // namespace ohmloop
