#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "ohmloop/study/database.hpp"

namespace ohmloop {

/// Gathers what is written, so that a commit, which costs as much as many writes, serves all of a fifth of a second: a
/// process that is killed loses no more than that. Everything is called with the mutex held that it is made with.
class DelayedCommit {
 public:
  /// Both must outlive it.
  DelayedCommit(Database& database, std::mutex& mutex);
  DelayedCommit(const DelayedCommit&) = delete;
  DelayedCommit& operator=(const DelayedCommit&) = delete;
  /// Commits, if it can; the mutex must not be held.
  ~DelayedCommit();

  /// Before a write. Throws IoError, also where a commit has failed meanwhile.
  void begin();
  /// Throws IoError; what was not committed is then lost.
  void commit();

 private:
  void commit_in_time();

  Database& database_;
  std::mutex& mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
  bool ends_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  ///< runs from the first write on
};

}  // namespace ohmloop
