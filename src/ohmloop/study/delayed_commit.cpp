#include "ohmloop/study/delayed_commit.hpp"

#include <chrono>
#include <utility>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

namespace {

constexpr std::chrono::milliseconds longest_delay(200);

}  // namespace

DelayedCommit::DelayedCommit(Database& database, std::mutex& mutex) : database_(database), mutex_(mutex) {}

DelayedCommit::~DelayedCommit() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void DelayedCommit::begin() {
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  if (is_open_) return;
  database_.execute("BEGIN IMMEDIATE");
  is_open_ = true;
  if (!thread_.joinable()) thread_ = std::thread([this] { commit_in_time(); });
  changed_.notify_all();
}

void DelayedCommit::commit() {
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  if (!is_open_) return;
  is_open_ = false;
  try {
    database_.execute("COMMIT");
  } catch (const IoError&) {
    try {
      database_.execute("ROLLBACK");
    } catch (const IoError&) {
      // SQLite has rolled back on its own, as it does when the disk is full: the commit's failure is what matters.
    }
    throw;
  }
}

void DelayedCommit::commit_in_time() {
  std::unique_lock lock(mutex_);
  while (!ends_ || is_open_) {
    changed_.wait(lock, [&] { return ends_ || is_open_; });
    if (!is_open_) break;
    changed_.wait_for(lock, longest_delay, [&] { return ends_ || !is_open_; });
    try {
      commit();
    } catch (const IoError&) {
      failure_ = std::current_exception();
    }
  }
}

}  // namespace ohmloop
