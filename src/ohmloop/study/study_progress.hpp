#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ohmloop {

struct ShardProgress {
  bool has_begun = false;
  std::uint64_t points = 0;
  std::uint64_t done = 0;    ///< of `points`, those that have their results
  std::uint64_t failed = 0;  ///< of `done`, those whose result is why there is none
};

/// How far a study is that was submitted in shards.
struct StudyProgress {
  std::string study;  ///< its name
  std::vector<ShardProgress> shards;
  bool is_merged = false;

  [[nodiscard]] ShardProgress all() const;  ///< the shards' sums
};

/// Reads the stores in FOLDER/shard-*, those that are being written, too, on any node (StoreCopy). Throws InputError:
/// no shard has begun, or shards of different studies, forms, numbers of shards or versions of `tool`; or IoError.
StudyProgress read_progress(const std::string& folder, const std::string& tool);

}  // namespace ohmloop
