#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/base/provenance.hpp"
#include "ohmloop/study/database.hpp"
#include "ohmloop/study/delayed_commit.hpp"
#include "ohmloop/study/metrics.hpp"

namespace ohmloop {

/// What the results in a folder are results of.
struct StoreLabel {
  std::string tool;        ///< with its version
  std::string study;       ///< name
  std::string identity;    ///< Study::identity
  std::string study_path;  ///< for messages about its text
  std::string study_text;  ///< the file
  bool quick = false;
  std::uint64_t shard = 0;  ///< points whose number is this modulo `shards`
  std::uint64_t shards = 1;
};

/// What was found for one network, chip with network, or measurement.
struct StoredResult {
  std::string failure;                ///< why there are no values
  std::vector<std::string> warnings;  ///< their messages
  std::vector<MetricValue> values;    ///< in the order of metrics_of(kind); empty if there is a failure
};

/// The keys of a point's results; empty for kinds that its part does not want.
using PointKeys = std::array<std::string, all_metric_kinds.size()>;

/// A SQLite file, `results.sqlite`, with everything that was found. A result that was put stays whatever happens to
/// the process, from a fifth of a second later on (delayed_commit.hpp). Throws IoError.
class ResultStore {
 public:
  static std::string path_in(const std::string& folder);

  /// A new file, which is there with its label or not at all.
  static std::unique_ptr<ResultStore> create(const std::string& folder, const StoreLabel& label);
  /// An existing one. Throws InputError if it is no store, or one of another version of `tool` (nothing given: any).
  static std::unique_ptr<ResultStore> open(const std::string& folder, const std::string& tool);

  [[nodiscard]] const StoreLabel& label() const { return label_; }
  /// The study's text may have changed where that leaves its identity.
  void set_text(const std::string& path, const std::string& text);

  void set_inputs(const std::vector<InputFile>& files);
  [[nodiscard]] std::vector<InputFile> inputs();

  /// Texts that figures and reports need beyond the points, by name. Replaces those that are there.
  void set_notes(const std::map<std::string, std::string>& notes);
  [[nodiscard]] std::map<std::string, std::string> notes();

  /// Points of a part, all at once. Replaces what was known of them.
  void put_points(std::size_t part, const std::vector<std::pair<std::uint64_t, PointKeys>>& points);
  /// In order.
  void for_each_point(std::size_t part, const std::function<void(std::uint64_t point, const PointKeys& keys)>& use);

  /// These may be called from any thread.
  void put(MetricKind kind, const std::string& key, const StoredResult& result);
  bool has(MetricKind kind, const std::string& key);
  std::optional<StoredResult> get(MetricKind kind, const std::string& key);

  /// All that was put is in the file. Throws IoError also for what could not be written meanwhile.
  void commit();

  [[nodiscard]] std::int64_t results();  ///< of all kinds
  /// Copies the points and results of another one.
  void take_from(const ResultStore& other);

  /// One plain file from now on: nothing more will be written.
  void close();

 private:
  ResultStore(const std::string& path, Database::Mode mode);
  void create_tables();
  void write_label();
  void read_label(const std::string& tool);

  Database database_;
  StoreLabel label_;
  std::mutex mutex_;
  std::array<std::optional<Statement>, all_metric_kinds.size()> puts_;
  std::array<std::optional<Statement>, all_metric_kinds.size()> gets_;
  DelayedCommit writes_;
};

}  // namespace ohmloop
