#include "ohmloop/report/output_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "ohmloop/base/file.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 100;
constexpr std::string_view unfinished_name = ".unfinished-";

void create(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!error && !fs::is_directory(directory, error)) error = std::make_error_code(std::errc::not_a_directory);
  if (error) throw FileError(fmt::format("cannot create directory '{}': {}", directory.string(), error.message()));
}

/// The outermost folder of the path that is not there yet.
fs::path first_missing(const fs::path& path) {
  fs::path missing;
  std::error_code error;
  for (fs::path current = path; !current.empty() && !fs::exists(current, error); current = current.parent_path()) {
    missing = current;
  }
  return missing;
}

/// Hidden folders of runs that were killed, told by the number of a process that is gone.
void remove_abandoned(const fs::path& directory) {
  std::vector<fs::path> abandoned;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(unfinished_name)) continue;
    ::pid_t process = 0;
    const char* last = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data() + unfinished_name.size(), last, process);
    if (problem != std::errc() || stop != last || process <= 0) continue;
    if (::kill(process, 0) == -1 && errno == ESRCH) abandoned.push_back(entry->path());
  }
  for (const fs::path& folder : abandoned) fs::remove_all(folder, error);
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

OutputDirectory::OutputDirectory(const std::string& path) : path_(fs::path(path).lexically_normal()) {
  if (!path_.has_filename()) path_ = path_.parent_path();
  topmost_created_ = first_missing(path_);
  create(path_);
  remove_abandoned(path_);
  unfinished_ = path_ / fmt::format("{}{}", unfinished_name, ::getpid());
  try {
    create(unfinished_);
  } catch (const FileError&) {
    throw FileError(fmt::format("cannot write to directory '{}'", path_.string()));
  }
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  fs::remove_all(unfinished_, ignored);
  if (committed_ || topmost_created_.empty()) return;
  // Only what this object created, and only while it is empty: others may have written there in the meantime.
  for (fs::path folder = path_;; folder = folder.parent_path()) {
    if (!fs::is_empty(folder, ignored) || !fs::remove(folder, ignored) || folder == topmost_created_) return;
  }
}

void OutputDirectory::add(const std::string& name, std::string_view text) {
  const fs::path target = unfinished_ / name;
  create(target.parent_path());
  // The rename in commit() is what makes the file appear; an fsync for each of some hundred files would take longer
  // than the run.
  std::ofstream file(target, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw FileError(fmt::format("cannot write '{}': {}", (path_ / name).string(), std::strerror(errno)));
  names_.push_back(name);
}

void OutputDirectory::commit() {
  for (const std::string& name : names_) {
    create((path_ / name).parent_path());
    std::error_code ignored;
    if (!fs::is_directory(path_ / name, ignored)) continue;
    throw FileError(fmt::format("cannot write '{}': a directory stands there", (path_ / name).string()));
  }
  for (const std::string& name : names_) {
    std::error_code error;
    fs::rename(unfinished_ / name, path_ / name, error);
    if (error) throw FileError(fmt::format("cannot write '{}': {}", (path_ / name).string(), error.message()));
  }
  for (const Series& series : series_) remove_others(series);
  committed_ = true;
}

void OutputDirectory::replace_series(const std::string& folder, std::vector<std::string> endings) {
  series_.push_back({folder, std::move(endings)});
}

void OutputDirectory::remove_others(const Series& series) const {
  const fs::path folder = path_ / series.folder;
  std::error_code error;
  std::set<std::string> stems;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == series.endings.front()) stems.insert(entry->path().stem().string());
  }
  for (const std::string& stem : stems) {
    const auto is_new = [&](const std::string& ending) {
      const std::string name = (fs::path(series.folder) / (stem + ending)).string();
      return std::find(names_.begin(), names_.end(), name) != names_.end();
    };
    const auto is_there = [&](const std::string& ending) {
      std::error_code ignored;
      return fs::is_regular_file(folder / (stem + ending), ignored);
    };
    // One of them alone may be somebody's notes.
    if (std::any_of(series.endings.begin(), series.endings.end(), is_new)) continue;
    if (!std::all_of(series.endings.begin(), series.endings.end(), is_there)) continue;
    for (const std::string& ending : series.endings) fs::remove(folder / (stem + ending), error);
  }
}

std::string FileNames::unique_name(std::string_view name) {
  std::string plain;
  for (const char c : name.substr(0, longest_name)) plain += is_plain(c) ? c : '_';
  const std::size_t first = plain.find_first_not_of("._");
  plain = first == std::string::npos ? "layer" : plain.substr(first);
  std::string unique = plain;
  for (int number = 2; !taken_.insert(unique).second; ++number) unique = fmt::format("{}-{}", plain, number);
  return unique;
}

}  // namespace ohmloop
