#include "ohmloop/study/store_copy.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "ohmloop/study/result_store.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

/// The logs that complete a database.
constexpr std::array<const char*, 2> log_endings = {"-wal", "-journal"};
constexpr int most_attempts = 20;
/// Of a log: new with every round of it (https://sqlite.org/fileformat2.html#walformat).
constexpr std::size_t log_header_bytes = 32;

/// What changes where a copy of the files, one after the other, would not fit together. A log that grows does no harm.
struct Version {
  std::uintmax_t bytes = 0;
  fs::file_time_type written;
  std::array<char, log_header_bytes> log_header{};

  bool operator==(const Version&) const = default;
};

Version version_of(const std::string& store) {
  Version version;
  std::error_code ignored;
  version.bytes = fs::file_size(store, ignored);
  version.written = fs::last_write_time(store, ignored);
  std::ifstream(store + "-wal", std::ios::binary).read(version.log_header.data(), log_header_bytes);
  return version;
}

void copy_file(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::remove(to, error);
  if (fs::copy_file(from, to, error)) return;
  throw IoError(fmt::format("cannot copy '{}': {}", from, error.message()));
}

void copy_files(const std::string& from, const std::string& to) {
  copy_file(from, to);
  for (const char* ending : log_endings) {
    std::error_code ignored;
    fs::remove(to + ending, ignored);
    if (!fs::exists(from + ending, ignored)) continue;
    // A log may go at any moment; then the version has changed.
    fs::copy_file(from + ending, to + ending, ignored);
  }
}

void copy_store(const std::string& from, const std::string& to) {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const Version before = version_of(from);
    copy_files(from, to);
    if (version_of(from) == before) return;
  }
  throw IoError(fmt::format("'{}' changes faster than it can be read", from));
}

}  // namespace

StoreCopy::StoreCopy(const std::string& folder) {
  copy_store(ResultStore::path_in(folder), ResultStore::path_in(folder_.path()));
}

}  // namespace ohmloop
