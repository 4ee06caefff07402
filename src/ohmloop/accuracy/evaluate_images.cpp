#include "ohmloop/accuracy/evaluate_images.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

#include "ohmloop/base/parallel.hpp"

namespace ohmloop {

namespace {

/// Sessions of threads that are not at work.
class SessionPool {
 public:
  explicit SessionPool(const Program& program) : program_(program) {}

  std::unique_ptr<Session> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<Session>(program_);
    std::unique_ptr<Session> session = std::move(free_.back());
    free_.pop_back();
    return session;
  }
  void give(std::unique_ptr<Session> session) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(session));
  }

 private:
  const Program& program_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Session>> free_;
};

/// What all batches of an evaluation share.
class Evaluation {
 public:
  Evaluation(const Program& program, const DataSet& data, std::span<const TransformSet> runs, OutcomeTable& outcomes,
             const EvaluationOptions& options)
      : program_(program), data_(data), runs_(runs), outcomes_(outcomes), options_(options), pool_(program) {}

  void evaluate_batches(std::size_t first, std::size_t last) {
    done_.resize(last, 0);
    parallel_for(last - first, options_.threads, [&](std::size_t i) {
      if (options_.interrupted && options_.interrupted()) stop_ = true;
      if (stop_) return;
      evaluate_batch(first + i);
      done_[first + i] = 1;
    });
  }

  /// Batches without a gap from the first one on.
  [[nodiscard]] std::size_t finished_batches() const {
    return static_cast<std::size_t>(std::find(done_.begin(), done_.end(), 0) - done_.begin());
  }
  [[nodiscard]] bool stopped() const { return stop_; }
  std::vector<BadImage> bad_images() {
    std::sort(bad_.begin(), bad_.end(), [](const BadImage& a, const BadImage& b) { return a.image < b.image; });
    return std::move(bad_);
  }

 private:
  void evaluate_batch(std::size_t batch) {
    const auto size = static_cast<std::size_t>(program_.batch());
    const ImageRange range{batch * size, std::min(size, outcomes_.images() - batch * size)};
    std::unique_ptr<Session> session = pool_.take();
    load(range, *session);
    const std::vector<float> samples(session->input(0).begin(), session->input(0).end());
    for (std::size_t run = 0; run < runs_.size(); ++run) {
      // The memory of an input is used for other values once it was read.
      if (run > 0) std::copy(samples.begin(), samples.end(), session->input(0).begin());
      session->run(range, runs_[run]);
      note(range, run, session->output_values(0));
      if (options_.progress) options_.progress(range.count);
    }
    pool_.give(std::move(session));
  }

  void load(const ImageRange& range, Session& session) {
    const std::span<float> input = session.input(0);
    const std::size_t sample = input.size() / static_cast<std::size_t>(program_.batch());
    for (std::size_t i = 0; i < range.count; ++i) {
      const std::span<float> place = input.subspan(i * sample, sample);
      try {
        data_.load(range.first + i, place);
      } catch (const ImageError& error) {
        std::fill(place.begin(), place.end(), 0.0F);
        const std::lock_guard lock(mutex_);
        bad_.push_back({range.first + i, error.what()});
      }
    }
    std::fill(input.begin() + static_cast<std::ptrdiff_t>(range.count * sample), input.end(), 0.0F);
  }

  void note(const ImageRange& range, std::size_t run, std::span<const float> scores) {
    const std::size_t classes = scores.size() / static_cast<std::size_t>(program_.batch());
    for (std::size_t i = 0; i < range.count; ++i) {
      outcomes_.at(run, range.first + i) =
          outcome_of(scores.subspan(i * classes, classes), data_.label(range.first + i));
    }
  }

  const Program& program_;
  const DataSet& data_;
  std::span<const TransformSet> runs_;
  OutcomeTable& outcomes_;
  const EvaluationOptions& options_;
  SessionPool pool_;
  std::mutex mutex_;
  std::vector<BadImage> bad_;
  std::vector<char> done_;
  std::atomic<bool> stop_ = false;
};

}  // namespace

EvaluationStats evaluate_images(const Program& program, const DataSet& data, std::span<const TransformSet> runs,
                                OutcomeTable& outcomes, const EvaluationOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto batch = static_cast<std::size_t>(program.batch());
  const std::size_t batches = (outcomes.images() + batch - 1) / batch;
  const std::size_t round = options.go_on ? (options.round + batch - 1) / batch : batches;
  Evaluation evaluation(program, data, runs, outcomes, options);
  EvaluationStats stats;
  for (std::size_t first = 0; first < batches && !evaluation.stopped(); first += round) {
    evaluation.evaluate_batches(first, std::min(batches, first + round));
    stats.images = std::min(outcomes.images(), evaluation.finished_batches() * batch);
    if (options.go_on && !options.go_on(stats.images)) break;
  }
  stats.was_interrupted = evaluation.stopped();
  stats.bad_images = evaluation.bad_images();
  stats.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return stats;
}

}  // namespace ohmloop
