#pragma once

#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

struct CsvCell {
  std::string text;  ///< without quotes and surrounding blanks
  SourceSpan where;
};

struct CsvRow {
  std::vector<CsvCell> cells;
  SourceSpan where;
};

/// Comma-separated values (RFC 4180: quotes, doubled quotes; one row per line), with "# key: value" lines before the
/// header and blank or '#' lines anywhere.
struct CsvFile {
  struct Property {
    std::string key;
    CsvCell value;
  };
  std::vector<Property> properties;
  CsvRow header;
  std::vector<CsvRow> rows;

  [[nodiscard]] const CsvCell* property(std::string_view key) const;
};

/// Every error with its line: a quote that does not end, text after a quote, a row with another number of cells than
/// the header, no header. Such rows are left out.
CsvFile parse_csv(const SourceFilePtr& source, Diagnostics& diagnostics);

}  // namespace ohmloop
