#include "ohmloop/study/database.hpp"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

/// A reader may look at the store while a run writes it.
constexpr int longest_wait_ms = 10'000;

}  // namespace

Database::Database(const std::string& path, Mode mode) : path_(path) {
  const int flags = SQLITE_OPEN_READWRITE | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    const std::string why = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
    sqlite3_close(handle_);
    throw IoError(fmt::format("cannot open '{}': {}", path, why));
  }
  sqlite3_busy_timeout(handle_, longest_wait_ms);
}

Database::~Database() { sqlite3_close(handle_); }

void Database::fail(const std::string& doing) const {
  throw IoError(fmt::format("cannot {} '{}': {}", doing, path_, sqlite3_errmsg(handle_)));
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("write");
}

Statement Database::prepare(const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &handle, nullptr) != SQLITE_OK) fail("read");
  return {*this, handle};
}

Statement::Statement(Database& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), handle_(std::exchange(other.handle_, nullptr)) {}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::check(int result) {
  if (result != SQLITE_OK) database_->fail("use");
}

void Statement::bind(int parameter, std::int64_t value) { check(sqlite3_bind_int64(handle_, parameter, value)); }

void Statement::bind(int parameter, double value) { check(sqlite3_bind_double(handle_, parameter, value)); }

void Statement::bind(int parameter, std::string_view value) {
  // Null as destructor would mean that the text outlives the statement; it is copied instead.
  const auto copied = SQLITE_TRANSIENT;  // NOLINT
  check(sqlite3_bind_text64(handle_, parameter, value.data(), value.size(), copied, SQLITE_UTF8));
}

void Statement::bind_null(int parameter) { check(sqlite3_bind_null(handle_, parameter)); }

bool Statement::step() {
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) database_->fail(sqlite3_stmt_readonly(handle_) != 0 ? "read" : "write");
  return false;
}

void Statement::reset() { sqlite3_reset(handle_); }

void Statement::run() {
  try {
    step();
  } catch (...) {
    reset();
    throw;
  }
  reset();
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

bool Statement::is_integer(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_INTEGER; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::number(int column) const { return sqlite3_column_double(handle_, column); }

std::string Statement::text(int column) const {
  const void* const bytes = sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Transaction::Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (committed_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const IoError&) {
    // SQLite has rolled back on its own, as it does when the disk is full.
    return;
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  committed_ = true;
}

}  // namespace ohmloop
