#include "ohmloop/accuracy/data/sources/placed_file.hpp"

#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_text_bytes = std::size_t{256} << 20;
constexpr std::size_t most_names = 10'000;

/// What is wrong with a file as a whole, at the place of its path.
void report(const PlacedPath& file, const std::string& why, OpenContext& context) {
  context.diagnostics.error(why, file.where);
}

void report_missing(const PlacedPath& file, const std::string& what, OpenContext& context) {
  std::vector<std::string> notes;
  if (!context.package.empty()) {
    notes.push_back(fmt::format("the Debian package {0} brings it: apt install {0}", context.package));
  }
  context.diagnostics.error(fmt::format("there is no {} '{}'", what, file.path), file.where, nearest_file(file.path),
                            notes);
}

}  // namespace

std::string nearest_file(const std::string& path) {
  const fs::path wanted(path);
  const fs::path folder = wanted.parent_path().empty() ? fs::path(".") : wanted.parent_path();
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end && names.size() < most_names;
       each.increment(error)) {
    names.push_back(each->path().filename().string());
  }
  return did_you_mean(wanted.filename().string(), names);
}

bool check_file(const PlacedPath& file, OpenContext& context) {
  std::error_code ignored;
  const fs::file_status status = fs::status(file.path, ignored);
  if (!fs::exists(status)) {
    report_missing(file, "file", context);
    return false;
  }
  if (fs::is_regular_file(status)) return true;
  report(file, fmt::format("'{}' is {}", file.path, fs::is_directory(status) ? "a folder, not a file" : "no file"),
         context);
  return false;
}

bool check_folder(const PlacedPath& folder, OpenContext& context) {
  std::error_code ignored;
  const fs::file_status status = fs::status(folder.path, ignored);
  if (fs::is_directory(status)) return true;
  if (fs::exists(status)) {
    report(folder, fmt::format("'{}' is no folder", folder.path), context);
  } else {
    report_missing(folder, "folder", context);
  }
  return false;
}

std::optional<ByteSource> open_file(const PlacedPath& file, OpenContext& context) {
  if (!check_file(file, context)) return std::nullopt;
  try {
    return ByteSource::of_file(file.path);
  } catch (const IoError& error) {
    report(file, error.what(), context);
    return std::nullopt;
  }
}

SourceFilePtr open_text(const PlacedPath& file, OpenContext& context) {
  if (!check_file(file, context)) return nullptr;
  try {
    return read_source_file(file.path, most_text_bytes);
  } catch (const IoError& error) {
    report(file, error.what(), context);
  } catch (const InputError& error) {
    for (const Diagnostic& each : error.diagnostics()) report(file, each.message, context);
  }
  return nullptr;
}

}  // namespace ohmloop
