#include "ohmloop/cli/progress_bar.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace ohmloop {

namespace {

using Seconds = ProgressBar::Seconds;

constexpr Seconds first_bar{0.5};
constexpr Seconds bar_interval{0.1};
constexpr Seconds plain_interval{10};
constexpr std::size_t bar_cells = 30;
// "\r" and "erase to the end of the line", which every terminal since the VT100 knows.
constexpr const char* erase_line = "\r\x1b[K";

std::string remaining(std::size_t done, std::size_t all, Seconds now) {
  if (done == 0) return "";
  const auto left =
      static_cast<long>(std::ceil(now.count() * static_cast<double>(all - done) / static_cast<double>(done)));
  return fmt::format("  {}:{:02} left", left / 60, left % 60);
}

}  // namespace

ProgressBar::ProgressBar(std::ostream& err, ProgressStyle style, std::string what, std::function<Seconds()> elapsed)
    : err_(err),
      style_(style),
      what_(std::move(what)),
      elapsed_(std::move(elapsed)),
      next_draw_(style == ProgressStyle::bar ? first_bar : plain_interval) {}

ProgressBar::~ProgressBar() {
  if (drawn_) err_ << erase_line << std::flush;
}

void ProgressBar::update(std::size_t done, std::size_t all) {
  if (style_ == ProgressStyle::none || all == 0) return;
  const std::lock_guard lock(mutex_);
  // Threads may report out of order; a bar that runs backwards would be a lie.
  if (done < furthest_) return;
  furthest_ = done;
  const Seconds now = elapsed_();
  if (now < next_draw_) return;
  if (style_ == ProgressStyle::bar) {
    next_draw_ = now + bar_interval;
    draw_bar(done, all, now);
  } else {
    next_draw_ = now + plain_interval;
    err_ << fmt::format("{}: {} of {}{}\n", what_, done, all, remaining(done, all, now)) << std::flush;
  }
}

void ProgressBar::draw_bar(std::size_t done, std::size_t all, Seconds now) {
  const std::size_t full = done * bar_cells / all;
  err_ << erase_line
       << fmt::format("{} {}/{} [{}{}]{}", what_, done, all, std::string(full, '='), std::string(bar_cells - full, ' '),
                      remaining(done, all, now))
       << std::flush;
  drawn_ = true;
}

std::function<Seconds()> time_since_now() {
  const auto start = std::chrono::steady_clock::now();
  return [start] { return Seconds(std::chrono::steady_clock::now() - start); };
}

}  // namespace ohmloop
