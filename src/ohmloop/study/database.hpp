#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace ohmloop {

class Statement;

/// A connection to a SQLite file. Every failure is an IoError that names the file and says what SQLite says.
class Database {
 public:
  enum class Mode { create, existing };

  Database(const std::string& path, Mode mode);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  void execute(const std::string& sql);
  Statement prepare(const std::string& sql);
  [[nodiscard]] const std::string& path() const { return path_; }

  [[noreturn]] void fail(const std::string& doing) const;

 private:
  std::string path_;
  sqlite3* handle_ = nullptr;
};

/// One prepared statement; parameters count from 1, columns from 0. The database must outlive it.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* handle);
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  void bind(int parameter, std::int64_t value);
  void bind(int parameter, double value);
  void bind(int parameter, std::string_view value);
  void bind_null(int parameter);

  /// True while there is a row.
  bool step();
  /// Ready for other parameters.
  void reset();
  /// A statement without rows, from its parameters to the next ones.
  void run();

  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] bool is_integer(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double number(int column) const;
  [[nodiscard]] std::string text(int column) const;  ///< empty for NULL

 private:
  void check(int result);

  Database* database_;
  sqlite3_stmt* handle_;
};

/// Everything until commit() happens as a whole, or, without it, not at all.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Database& database_;
  bool committed_ = false;
};

}  // namespace ohmloop
