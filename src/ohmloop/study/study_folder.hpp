#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ohmloop/study/folder_lock.hpp"
#include "ohmloop/study/result_store.hpp"

namespace ohmloop {

/// A folder that a run writes its results to, and nobody else.
class StudyFolder {
 public:
  /// Makes the folder and the store; with `resume`, one that is there already is taken on. Throws InputError: results
  /// that are there without `resume`, those of another study, version, shard or of the quick form, another process; or
  /// IoError.
  StudyFolder(const std::string& path, const StoreLabel& label, bool resume);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] ResultStore& store() { return *store_; }

 private:
  std::string path_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<ResultStore> store_;
};

/// Throws InputError where StudyFolder with `resume` would, because of what the folder's results are results of;
/// nothing is changed. A folder without results is fine.
void check_resumable(const std::string& path, const StoreLabel& label);

/// Joins shards of one study in a folder. Throws InputError: shards of different studies, versions or inputs, or a
/// folder with results; or IoError.
void merge_shards(const std::vector<std::string>& folders, const std::string& tool, StudyFolder& merged);

/// The label that shards have in common, for the folder that they are merged in. Throws as merge_shards.
StoreLabel label_of_shards(const std::vector<std::string>& folders, const std::string& tool);

}  // namespace ohmloop
