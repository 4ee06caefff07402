#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// A row of a table of images.
struct ImageRow {
  std::string file;
  std::int64_t label = 0;
  std::size_t file_offset = 0;  ///< where the cells stand in the table's text
  std::size_t label_offset = 0;
};

/// Reads a tab-separated table with names of columns in its first row. Reports missing columns (with the nearest name),
/// rows that are too short, and labels that are no whole numbers.
std::vector<ImageRow> read_image_table(const SourceFilePtr& table, const std::string& file_column,
                                       const std::string& label_column, Diagnostics& diagnostics);

}  // namespace ohmloop
