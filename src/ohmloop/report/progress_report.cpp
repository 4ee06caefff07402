#include "ohmloop/report/progress_report.hpp"

#include <string_view>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"

namespace ohmloop {

namespace {

std::string_view state_of(const ShardProgress& shard) {
  if (!shard.has_begun) return "not begun";
  return shard.done == shard.points ? "done" : "";
}

std::string count(std::uint64_t number) { return format_count(static_cast<std::int64_t>(number)); }

}  // namespace

std::string progress_table(const StudyProgress& progress, const TableStyle& style) {
  TextTable table(
      {{"shard", "", Align::left}, {"points", ""}, {"done", ""}, {"without result", ""}, {"", "", Align::left}});
  const auto add = [&](const std::string& name, const ShardProgress& shard, std::string_view state) {
    table.add_row({name, count(shard.points), count(shard.done), count(shard.failed), std::string(state)});
  };
  for (std::size_t i = 0; i < progress.shards.size(); ++i) {
    add(fmt::format("{}/{}", i, progress.shards.size()), progress.shards[i], state_of(progress.shards[i]));
  }
  table.add_rule();
  add(progress.study, progress.all(), progress.is_merged ? "merged" : "not merged");
  return table.render(style);
}

}  // namespace ohmloop
