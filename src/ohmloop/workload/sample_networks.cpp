#include "ohmloop/workload/sample_networks.hpp"

#include <algorithm>
#include <charconv>
#include <span>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/embedded_file.hpp"
#include "ohmloop/text/csv.hpp"

namespace ohmloop {
namespace trained_networks {
std::span<const EmbeddedFile> network_files();
}  // namespace trained_networks

namespace {

constexpr std::string_view table_name = "networks.csv";

std::string_view embedded_bytes(const std::string& name) {
  for (const EmbeddedFile& file : trained_networks::network_files()) {
    if (file.name == name) return file.text;
  }
  OHM_CHECK(false, "no embedded network " + name);
  return {};
}

const std::string& cell(const CsvFile& table, const CsvRow& row, std::string_view column) {
  const std::vector<CsvCell>& names = table.header.cells;
  const auto found = std::find_if(names.begin(), names.end(), [&](const CsvCell& name) { return name.text == column; });
  OHM_CHECK(found != names.end(), "no column " + std::string(column) + " in the table of networks");
  return row.cells[static_cast<std::size_t>(found - names.begin())].text;
}

template <typename Number>
Number number(const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, value);
  OHM_CHECK(result.ec == std::errc() && result.ptr == end, "not a number in the table of networks: " + text);
  return value;
}

std::vector<SampleNetwork> read_table(const EmbeddedFile& file) {
  Diagnostics diagnostics;
  const CsvFile table = parse_csv(
      std::make_shared<const SourceFile>(SourceFile{std::string(file.name), std::string(file.text)}), diagnostics);
  OHM_CHECK(!diagnostics.has_errors(), render(diagnostics.all()));

  const std::string folder(file.name.substr(0, file.name.size() - table_name.size()));
  std::vector<SampleNetwork> networks;
  for (const CsvRow& row : table.rows) {
    networks.push_back({.name = cell(table, row, "name"),
                        .data_set = cell(table, row, "data_set"),
                        .bytes = embedded_bytes(folder + cell(table, row, "file")),
                        .top1_percent = number<double>(cell(table, row, "top1_percent")),
                        .weights = number<std::int64_t>(cell(table, row, "weights")),
                        .macs = number<std::int64_t>(cell(table, row, "macs")),
                        .sha256 = cell(table, row, "sha256")});
  }
  return networks;
}

}  // namespace

std::vector<SampleNetwork> sample_networks() {
  std::vector<SampleNetwork> networks;
  for (const EmbeddedFile& file : trained_networks::network_files()) {
    if (!file.name.ends_with(table_name)) continue;
    for (SampleNetwork& network : read_table(file)) networks.push_back(std::move(network));
  }
  return networks;
}

}  // namespace ohmloop
