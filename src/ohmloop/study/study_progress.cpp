#include "ohmloop/study/study_progress.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/store_copy.hpp"
#include "ohmloop/study/study_results.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view shard_prefix = "shard-";
/// As many as --shard takes.
constexpr std::uint64_t most_shards = 1'000'000;

/// I of "shard-I".
std::optional<std::uint64_t> shard_number(const std::string& name) {
  if (!name.starts_with(shard_prefix)) return std::nullopt;
  std::uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data() + shard_prefix.size(), end, number);
  return error == std::errc() && stopped == end ? std::optional(number) : std::nullopt;
}

/// Folders of shards with a store, in the order of the shards.
std::vector<std::pair<std::uint64_t, std::string>> begun_shards(const std::string& folder) {
  std::vector<std::pair<std::uint64_t, std::string>> begun;
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const std::optional<std::uint64_t> number = shard_number(entries->path().filename().string());
    if (!number) continue;
    const std::string store = ResultStore::path_in(entries->path().string());
    std::error_code ignored;
    if (!fs::exists(store, ignored) || fs::file_size(store, ignored) == 0) continue;
    begun.emplace_back(*number, entries->path().string());
  }
  if (error) throw IoError(fmt::format("cannot read the folder '{}': {}", folder, error.message()));
  std::sort(begun.begin(), begun.end());
  return begun;
}

[[noreturn]] void refuse(const std::string& message, std::vector<std::string> notes) {
  throw InputError(Diagnostic{Severity::error, message, {}, {}, std::move(notes)});
}

ShardProgress progress_of(const StudyResults& results) {
  ShardProgress progress;
  progress.has_begun = true;
  progress.done = results.points.size();
  progress.points = progress.done + results.missing_points;
  progress.failed = static_cast<std::uint64_t>(std::count_if(
      results.points.begin(), results.points.end(), [](const StudyPoint& point) { return !point.failure.empty(); }));
  return progress;
}

/// All shards as if none had begun.
std::vector<ShardProgress> empty_shards(const StudyResults& results, const std::string& path) {
  const std::uint64_t shards = results.label.shards;
  if (shards > most_shards) refuse(fmt::format("'{}' is one of {} shards", path, shards), {"more than there can be"});
  const auto points = static_cast<std::uint64_t>(count_points(results.study));
  std::vector<ShardProgress> all(shards);
  for (std::uint64_t shard = 0; shard < shards; ++shard) all[shard].points = (points + shards - 1 - shard) / shards;
  return all;
}

void check_same(const StoreLabel& label, std::uint64_t number, const std::string& path, const StoreLabel& first,
                const std::string& first_path) {
  if (label.study == first.study && label.identity == first.identity && label.quick == first.quick &&
      label.shards == first.shards && label.shard == number && number < first.shards) {
    return;
  }
  const auto told = [](const StoreLabel& one) {
    return fmt::format("shard {}/{} of '{}'{}", one.shard, one.shards, one.study, one.quick ? ", the quick form" : "");
  };
  refuse(fmt::format("'{}' and '{}' are not of one submission", first_path, path),
         {fmt::format("'{}' holds {}", first_path, told(first)), fmt::format("'{}' holds {}", path, told(label))});
}

}  // namespace

ShardProgress StudyProgress::all() const {
  ShardProgress sum;
  for (const ShardProgress& shard : shards) {
    sum.has_begun = sum.has_begun || shard.has_begun;
    sum.points += shard.points;
    sum.done += shard.done;
    sum.failed += shard.failed;
  }
  return sum;
}

StudyProgress read_progress(const std::string& folder, const std::string& tool) {
  const auto begun = begun_shards(folder);
  if (begun.empty()) {
    refuse(fmt::format("'{}' holds no shards of a study yet", folder),
           {"they are in folders shard-0, shard-1, ..., which tasks of 'study submit' make when they begin"});
  }
  StudyProgress progress;
  std::optional<StoreLabel> first;
  for (const auto& [number, path] : begun) {
    const StoreCopy copy(path);
    const StudyResults results = read_results(*ResultStore::open(copy.folder(), tool));
    if (!first) {
      first = results.label;
      progress.study = results.study.name;
      progress.shards = empty_shards(results, path);
    }
    check_same(results.label, number, path, *first, begun.front().second);
    progress.shards[number] = progress_of(results);
  }
  std::error_code ignored;
  progress.is_merged = fs::exists(fs::path(folder) / "results.json", ignored);
  return progress;
}

}  // namespace ohmloop
