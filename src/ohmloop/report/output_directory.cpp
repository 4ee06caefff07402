#include "ohmloop/report/output_directory.hpp"

#include <cerrno>
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

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

OutputDirectory::OutputDirectory(const std::string& path) : path_(fs::path(path).lexically_normal()) {
  if (!path_.has_filename()) path_ = path_.parent_path();
  topmost_created_ = first_missing(path_);
  create(path_);
  unfinished_ = path_ / fmt::format(".unfinished-{}", ::getpid());
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
  committed_ = true;
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
