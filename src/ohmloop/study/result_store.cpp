#include "ohmloop/study/result_store.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

/// "OHMS", so that a file of somebody else's is not taken for one of ours.
constexpr std::int64_t application_id = 0x4f484d53;
constexpr std::int64_t layout_version = 2;

std::string table_of(MetricKind kind) { return fmt::format("{}_results", to_string(kind)); }

std::string columns_of(MetricKind kind) {
  std::string columns = "key, failure, warnings";
  for (const Metric* metric : metrics_of(kind)) columns += fmt::format(", {}", metric->name);
  return columns;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string text_of(std::vector<std::string> lines) {
  std::string text;
  for (std::string& line : lines) {
    std::replace(line.begin(), line.end(), '\n', ' ');
    text += line + "\n";
  }
  return text;
}

void bind_value(Statement& statement, int parameter, const MetricValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    statement.bind(parameter, *whole);
  } else if (const auto* number = std::get_if<double>(&value)) {
    statement.bind(parameter, *number);
  } else {
    statement.bind_null(parameter);
  }
}

MetricValue value_in(const Statement& row, int column) {
  if (row.is_null(column)) return {};
  if (row.is_integer(column)) return row.integer(column);
  return row.number(column);
}

[[noreturn]] void refuse(const std::string& message, std::vector<std::string> notes) {
  throw InputError(Diagnostic{Severity::error, message, {}, {}, std::move(notes)});
}

void remove_store(const std::string& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + ending, ignored);
}

}  // namespace

std::string ResultStore::path_in(const std::string& folder) {
  return (std::filesystem::path(folder) / "results.sqlite").string();
}

ResultStore::ResultStore(const std::string& path, Database::Mode mode)
    : database_(path, mode), writes_(database_, mutex_) {}

std::unique_ptr<ResultStore> ResultStore::create(const std::string& folder, const StoreLabel& label) {
  const std::string path = path_in(folder);
  const std::string unfinished = path + ".new";
  try {
    remove_store(unfinished);
    {
      ResultStore tables(unfinished, Database::Mode::create);
      tables.label_ = label;
      tables.create_tables();
    }
    remove_store(path);
    std::error_code error;
    std::filesystem::rename(unfinished, path, error);
    if (error) throw IoError(fmt::format("cannot write '{}': {}", path, error.message()));
    std::unique_ptr<ResultStore> store(new ResultStore(path, Database::Mode::existing));
    store->label_ = label;
    store->database_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    return store;
  } catch (const IoError&) {
    remove_store(unfinished);
    remove_store(path);
    throw;
  }
}

std::unique_ptr<ResultStore> ResultStore::open(const std::string& folder, const std::string& tool) {
  const std::string path = path_in(folder);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    refuse(fmt::format("'{}' holds no results of a study", folder), {fmt::format("there is no file '{}'", path)});
  }
  std::unique_ptr<ResultStore> store(new ResultStore(path, Database::Mode::existing));
  store->read_label(tool);
  return store;
}

void ResultStore::create_tables() {
  Transaction all(database_);
  database_.execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, layout_version));
  database_.execute("CREATE TABLE label (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID");
  database_.execute("CREATE TABLE inputs (path TEXT PRIMARY KEY, sha256 TEXT, number INTEGER) WITHOUT ROWID");
  database_.execute(
      "CREATE TABLE points (part INTEGER, point INTEGER, network TEXT, cost TEXT, accuracy TEXT, "
      "PRIMARY KEY (part, point)) WITHOUT ROWID");
  database_.execute("CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID");
  for (const MetricKind kind : all_metric_kinds) {
    database_.execute(
        fmt::format("CREATE TABLE {} ({}, PRIMARY KEY (key)) WITHOUT ROWID", table_of(kind), columns_of(kind)));
  }
  write_label();
  all.commit();
}

void ResultStore::write_label() {
  Statement put = database_.prepare("INSERT OR REPLACE INTO label VALUES (?, ?)");
  const auto write = [&](const char* key, std::string_view value) {
    put.bind(1, std::string_view(key));
    put.bind(2, value);
    put.run();
  };
  write("tool", label_.tool);
  write("study", label_.study);
  write("identity", label_.identity);
  write("study_path", label_.study_path);
  write("study_text", label_.study_text);
  write("quick", label_.quick ? "1" : "0");
  write("shard", std::to_string(label_.shard));
  write("shards", std::to_string(label_.shards));
}

void ResultStore::read_label(const std::string& tool) {
  const auto pragma = [&](const char* name) {
    Statement statement = database_.prepare(fmt::format("PRAGMA {}", name));
    return statement.step() ? statement.integer(0) : 0;
  };
  if (pragma("application_id") != application_id)
    refuse(fmt::format("'{}' holds no results of a study", database_.path()), {});
  const bool known_layout = pragma("user_version") == layout_version;
  Statement get = database_.prepare("SELECT value FROM label WHERE key = ?");
  const auto read = [&](const char* key) {
    get.bind(1, std::string_view(key));
    std::string value = get.step() ? get.text(0) : std::string();
    get.reset();
    return value;
  };
  label_.tool = read("tool");
  if (!known_layout || (!tool.empty() && label_.tool != tool)) {
    refuse(fmt::format("'{}' holds results of {}", database_.path(), label_.tool),
           {fmt::format("this is {}: results of two versions don't mix", tool),
            "give another folder with -o, or remove this one"});
  }
  label_.study = read("study");
  label_.identity = read("identity");
  label_.study_path = read("study_path");
  label_.study_text = read("study_text");
  label_.quick = read("quick") == "1";
  label_.shard = std::strtoull(read("shard").c_str(), nullptr, 10);
  label_.shards = std::max<std::uint64_t>(1, std::strtoull(read("shards").c_str(), nullptr, 10));
}

void ResultStore::set_text(const std::string& path, const std::string& text) {
  commit();
  label_.study_path = path;
  label_.study_text = text;
  write_label();
}

void ResultStore::set_inputs(const std::vector<InputFile>& files) {
  commit();
  Transaction all(database_);
  database_.execute("DELETE FROM inputs");
  Statement put = database_.prepare("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?)");
  for (std::size_t i = 0; i < files.size(); ++i) {
    put.bind(1, std::string_view(files[i].path));
    put.bind(2, std::string_view(files[i].sha256));
    put.bind(3, static_cast<std::int64_t>(i));
    put.run();
  }
  all.commit();
}

std::vector<InputFile> ResultStore::inputs() {
  std::vector<InputFile> files;
  Statement rows = database_.prepare("SELECT path, sha256 FROM inputs ORDER BY number");
  while (rows.step()) files.push_back({rows.text(0), rows.text(1)});
  return files;
}

void ResultStore::set_notes(const std::map<std::string, std::string>& notes) {
  commit();
  Transaction all(database_);
  database_.execute("DELETE FROM notes");
  Statement put = database_.prepare("INSERT INTO notes VALUES (?, ?)");
  for (const auto& [name, text] : notes) {
    put.bind(1, std::string_view(name));
    put.bind(2, std::string_view(text));
    put.run();
  }
  all.commit();
}

std::map<std::string, std::string> ResultStore::notes() {
  std::map<std::string, std::string> notes;
  Statement rows = database_.prepare("SELECT name, text FROM notes");
  while (rows.step()) notes.emplace(rows.text(0), rows.text(1));
  return notes;
}

void ResultStore::put_points(std::size_t part, const std::vector<std::pair<std::uint64_t, PointKeys>>& points) {
  commit();
  Transaction all(database_);
  Statement put = database_.prepare("INSERT OR REPLACE INTO points VALUES (?, ?, ?, ?, ?)");
  for (const auto& [point, keys] : points) {
    put.bind(1, static_cast<std::int64_t>(part));
    put.bind(2, static_cast<std::int64_t>(point));
    for (std::size_t kind = 0; kind < keys.size(); ++kind)
      put.bind(static_cast<int>(kind) + 3, std::string_view(keys[kind]));
    put.run();
  }
  all.commit();
}

void ResultStore::for_each_point(std::size_t part,
                                 const std::function<void(std::uint64_t point, const PointKeys& keys)>& use) {
  Statement rows = database_.prepare("SELECT point, network, cost, accuracy FROM points WHERE part = ? ORDER BY point");
  rows.bind(1, static_cast<std::int64_t>(part));
  while (rows.step()) use(static_cast<std::uint64_t>(rows.integer(0)), {rows.text(1), rows.text(2), rows.text(3)});
}

void ResultStore::put(MetricKind kind, const std::string& key, const StoredResult& result) {
  const std::size_t figures = metrics_of(kind).size();
  const std::lock_guard lock(mutex_);
  writes_.begin();
  std::optional<Statement>& put = puts_[kind_index(kind)];
  if (!put) {
    std::string places = "?, ?, ?";
    for (std::size_t i = 0; i < figures; ++i) places += ", ?";
    put.emplace(database_.prepare(fmt::format("INSERT OR REPLACE INTO {} VALUES ({})", table_of(kind), places)));
  }
  put->bind(1, std::string_view(key));
  put->bind(2, std::string_view(result.failure));
  put->bind(3, std::string_view(text_of(result.warnings)));
  for (std::size_t i = 0; i < figures; ++i) {
    bind_value(*put, static_cast<int>(i) + 4, result.values.empty() ? MetricValue() : result.values[i]);
  }
  put->run();
}

bool ResultStore::has(MetricKind kind, const std::string& key) { return get(kind, key).has_value(); }

std::optional<StoredResult> ResultStore::get(MetricKind kind, const std::string& key) {
  const std::size_t figures = metrics_of(kind).size();
  const std::lock_guard lock(mutex_);
  std::optional<Statement>& get = gets_[kind_index(kind)];
  if (!get)
    get.emplace(database_.prepare(fmt::format("SELECT {} FROM {} WHERE key = ?", columns_of(kind), table_of(kind))));
  get->bind(1, std::string_view(key));
  std::optional<StoredResult> result;
  if (get->step()) {
    result.emplace();
    result->failure = get->text(1);
    result->warnings = lines_of(get->text(2));
    for (std::size_t i = 0; i < figures && result->failure.empty(); ++i) {
      result->values.push_back(value_in(*get, static_cast<int>(i) + 3));
    }
  }
  get->reset();
  return result;
}

void ResultStore::commit() {
  const std::lock_guard lock(mutex_);
  writes_.commit();
}

std::int64_t ResultStore::results() {
  std::int64_t count = 0;
  for (const MetricKind kind : all_metric_kinds) {
    Statement rows = database_.prepare(fmt::format("SELECT count(*) FROM {}", table_of(kind)));
    if (rows.step()) count += rows.integer(0);
  }
  return count;
}

void ResultStore::take_from(const ResultStore& other) {
  commit();
  {
    Statement attach = database_.prepare("ATTACH DATABASE ? AS other");
    attach.bind(1, std::string_view(other.database_.path()));
    attach.run();
  }
  {
    Transaction all(database_);
    database_.execute("INSERT OR REPLACE INTO points SELECT * FROM other.points");
    database_.execute("INSERT OR REPLACE INTO notes SELECT * FROM other.notes");
    for (const MetricKind kind : all_metric_kinds) {
      database_.execute(fmt::format("INSERT OR REPLACE INTO {0} SELECT * FROM other.{0}", table_of(kind)));
    }
    all.commit();
  }
  database_.execute("DETACH DATABASE other");
}

void ResultStore::close() {
  commit();
  for (auto* statements : {&puts_, &gets_}) {
    for (std::optional<Statement>& each : *statements) each.reset();
  }
  database_.execute("PRAGMA journal_mode = DELETE");
}

}  // namespace ohmloop
