#include "ohmloop/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace ohmloop {
namespace {

/// Keeps the exception of the lowest index.
class FirstFailure {
 public:
  /// Whether an index still matters: one above a failure can't change what is thrown.
  [[nodiscard]] bool may_skip(std::size_t index) const { return index > lowest_.load(std::memory_order_relaxed); }

  void record(std::size_t index, std::exception_ptr exception) {
    const std::lock_guard lock(mutex_);
    if (index > lowest_.load(std::memory_order_relaxed)) return;
    lowest_.store(index, std::memory_order_relaxed);
    exception_ = std::move(exception);
  }

  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_;
  std::atomic<std::size_t> lowest_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr exception_;
};

}  // namespace

std::size_t available_threads() { return static_cast<std::size_t>(std::max(1, tbb::info::default_concurrency())); }

void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& function) {
  const std::size_t used = std::min(count, threads == 0 ? available_threads() : threads);
  if (used <= 1) {
    for (std::size_t index = 0; index < count; ++index) function(index);
    return;
  }
  constexpr std::size_t most_threads = 64;
  const std::size_t concurrency = std::min(used, std::max(most_threads, available_threads()));
  // Whoever asks for more threads than cores gets them: that is how a small machine shows races.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  std::max(concurrency, available_threads()));
  FirstFailure failure;
  tbb::task_arena arena(static_cast<int>(concurrency));
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t index) {
      if (failure.may_skip(index)) return;
      try {
        function(index);
      } catch (...) {
        failure.record(index, std::current_exception());
      }
    });
  });
  failure.rethrow();
}

}  // namespace ohmloop
