#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <ostream>
#include <string>

namespace ohmloop {

enum class ProgressStyle {
  none,
  bar,   ///< one line that is redrawn, for terminals
  plain  ///< a line every ten seconds
};

/// Shows how far a run is, once it has lasted half a second. update() may be called from any thread; the destructor
/// clears the bar.
class ProgressBar {
 public:
  using Seconds = std::chrono::duration<double>;

  /// `elapsed` tells the time since the start; tests hand in their own.
  ProgressBar(std::ostream& err, ProgressStyle style, std::string what, std::function<Seconds()> elapsed);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  void update(std::size_t done, std::size_t all);

 private:
  void draw_bar(std::size_t done, std::size_t all, Seconds now);

  std::ostream& err_;
  ProgressStyle style_;
  std::string what_;
  std::function<Seconds()> elapsed_;
  std::mutex mutex_;
  std::size_t furthest_ = 0;
  Seconds next_draw_;
  bool drawn_ = false;
};

/// A clock that starts now.
std::function<ProgressBar::Seconds()> time_since_now();

}  // namespace ohmloop
