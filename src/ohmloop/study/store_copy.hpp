#pragma once

#include <string>

#include "ohmloop/base/temporary_folder.hpp"

namespace ohmloop {

/// A copy of a folder's store as it was at some moment, to look at while a run writes the store, perhaps on another
/// machine: SQLite's log can't be shared between machines, not even to read (https://sqlite.org/wal.html). The copy
/// goes with this object.
class StoreCopy {
 public:
  /// Throws IoError or FileError: no store, no place for the copy, or the store never stood still for as long as
  /// copying takes.
  explicit StoreCopy(const std::string& folder);
  StoreCopy(const StoreCopy&) = delete;
  StoreCopy& operator=(const StoreCopy&) = delete;

  [[nodiscard]] const std::string& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

}  // namespace ohmloop
