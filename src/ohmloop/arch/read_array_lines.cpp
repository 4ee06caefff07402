#include <bit>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "ohmloop/arch/read_array_parts.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t most_levels = 65536;

/// The divisor of `lines` nearest to `wanted`, of those that hold whole pairs; nothing if there is none.
std::optional<std::int64_t> nearest_divisor(std::int64_t lines, std::int64_t pair, std::int64_t wanted) {
  std::optional<std::int64_t> nearest;
  for (std::int64_t divisor = pair; divisor <= lines; divisor += pair) {
    if (lines % divisor != 0) continue;
    if (!nearest || std::abs(divisor - wanted) < std::abs(*nearest - wanted)) nearest = divisor;
  }
  return nearest;
}

/// Lines that lie in pairs come in even numbers.
bool check_pairs(NodeReader& reader, const char* lines_key, std::int64_t lines, std::int64_t pair) {
  if (lines % pair == 0) return true;
  if (const YamlNode* at = reader.keys().node(lines_key)) {
    reader.diagnostics().error(
        fmt::format("{} has {} {}, but a weight slice takes {} of them", reader.keys().what(), lines, lines_key, pair),
        at->span, fmt::format("{} would do", lines + 1));
  }
  return false;
}

std::optional<std::int64_t> read_active(NodeReader& reader, const char* key, const char* lines_key, std::int64_t lines,
                                        std::int64_t pair) {
  const bool whole = check_pairs(reader, lines_key, lines, pair);
  const std::optional<std::int64_t> active = reader.count(key, 1, 1'000'000);
  if (!active || !whole) return std::nullopt;
  if (*active == lines) return std::nullopt;
  if (lines % *active == 0 && *active % pair == 0) return active;
  const std::string pairs = pair == 1 ? "" : " in whole pairs";
  reader.diagnostics().error(
      fmt::format("'{}' of {} must divide its {} {}{}", key, reader.keys().what(), lines, lines_key, pairs),
      reader.keys().node(key)->span, fmt::format("{} does", nearest_divisor(lines, pair, *active).value_or(lines)));
  return std::nullopt;
}

void check_levels(NodeReader& reader, int bits_per_cell) {
  const std::optional<std::int64_t> levels = reader.count("levels", 2, most_levels);
  if (!levels) return;
  const int most = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(*levels))) - 1;
  if (bits_per_cell <= most) return;
  reader.diagnostics().error(fmt::format("a storage element of {} has {} levels and cannot hold {} bit",
                                         reader.keys().what(), *levels, bits_per_cell),
                             reader.keys().node("bits_per_cell")->span, fmt::format("at most {} bit", most));
}

}  // namespace

void read_bits_per_cell(NodeReader& reader, int weight_bits, ArraySlicing& array) {
  if (reader.keys().required_node("bits_per_cell") == nullptr) return;
  const auto bits = reader.keys().integer_in_bits("bits_per_cell", 1, 16);
  if (!bits) return;
  array.bits_per_cell = static_cast<int>(*bits);
  reader.set_attribute("bits_per_cell", dimension::bits, static_cast<double>(*bits), true);
  check_levels(reader, array.bits_per_cell);
  const int most = stored_bits(array.weight_encoding, weight_bits);
  if (*bits <= most) return;
  const bool magnitude = array.weight_encoding == WeightEncoding::differential;
  reader.diagnostics().error(fmt::format("a storage element of {} holds more bits than {} has", reader.keys().what(),
                                         magnitude ? "the magnitude of a weight" : "a weight"),
                             reader.keys().node("bits_per_cell")->span, fmt::format("at most {}", most));
}

void read_active_lines(NodeReader& reader, ArraySlicing& array) {
  array.active_rows = read_active(reader, "active_rows", "rows", array.rows, array.rows_per_input());
  array.active_columns = read_active(reader, "active_columns", "columns", array.columns, array.columns_per_sum());
}

void read_write_cycle(NodeReader& reader, ArraySlicing& array) {
  const std::optional<double> seconds = reader.keys().number("write_cycle", dimension::time);
  if (!seconds) return;
  if (*seconds > 0 && std::isfinite(*seconds)) {
    array.write_row_seconds = seconds;
    return;
  }
  reader.diagnostics().error(fmt::format("'write_cycle' of {} must be longer than nothing", reader.keys().what()),
                             reader.keys().node("write_cycle")->span, "as in 10 us");
}

}  // namespace ohmloop
