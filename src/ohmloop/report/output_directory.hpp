#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ohmloop {

/// A directory that gets all of its files or none. Construction creates it, and a hidden folder for unfinished files in
/// it, so that a run learns before the work whether it may write; such folders of runs that were killed go. commit()
/// moves the files to their names; without it the destructor removes everything that was made.
class OutputDirectory {
 public:
  /// Throws FileError.
  explicit OutputDirectory(const std::string& path);
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;
  ~OutputDirectory();

  /// `name` may stand in a folder: "mappings/conv1.txt". Throws FileError.
  void add(const std::string& name, std::string_view text);

  /// Says that an earlier run may have left files in `folder`, several for each name, one with each of the endings:
  /// commit() removes those that are not among the new ones, lest they look as if they belonged to this run.
  void replace_series(const std::string& folder, std::vector<std::string> endings);

  /// Throws FileError; files that stood there before are replaced.
  void commit();

 private:
  struct Series {
    std::string folder;
    std::vector<std::string> endings;
  };
  void remove_others(const Series& series) const;

  std::filesystem::path path_;
  std::filesystem::path unfinished_;
  std::filesystem::path topmost_created_;  ///< empty if the directory was there
  std::vector<std::string> names_;
  std::vector<Series> series_;
  bool committed_ = false;
};

/// Turns layer names into file names: letters, digits, '.', '_' and '-' stay, other characters become '_'; a name that
/// was given out before gets a number.
class FileNames {
 public:
  std::string unique_name(std::string_view name);

 private:
  std::set<std::string> taken_;
};

}  // namespace ohmloop
