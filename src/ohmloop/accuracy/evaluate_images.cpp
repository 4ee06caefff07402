#include "ohmloop/accuracy/evaluate_images.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>

#include <fmt/format.h>

#include "ohmloop/base/parallel.hpp"
#include "ohmloop/inference/aligned_memory.hpp"

namespace ohmloop {

namespace {

/// What one thread works with: sessions of all programs, in turns in the same memory.
class Worker {
 public:
  explicit Worker(std::size_t bytes) : memory_(bytes) {}

  Session& session(const Program& program) {
    const auto found = sessions_.find(&program);
    if (found != sessions_.end()) return found->second;
    return sessions_.emplace(&program, Session(program, memory_.bytes())).first->second;
  }
  std::vector<float>& samples() { return samples_; }

 private:
  AlignedMemory memory_;
  std::map<const Program*, Session> sessions_;
  std::vector<float> samples_;
};

/// Workers of threads that have nothing to do.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t bytes) : bytes_(bytes) {}

  std::unique_ptr<Worker> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<Worker>(bytes_);
    std::unique_ptr<Worker> worker = std::move(free_.back());
    free_.pop_back();
    return worker;
  }
  void give(std::unique_ptr<Worker> worker) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(worker));
  }

 private:
  std::size_t bytes_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> free_;
};

std::size_t largest_session(std::span<const EvaluationRun> runs) {
  std::size_t bytes = 0;
  for (const EvaluationRun& run : runs) bytes = std::max(bytes, run.program->session_bytes());
  return bytes;
}

/// What all batches of an evaluation share.
class Evaluation {
 public:
  Evaluation(std::span<const EvaluationRun> runs, const DataSet& data, std::size_t images,
             const EvaluationOptions& options)
      : runs_(runs),
        data_(data),
        images_(images),
        batch_(static_cast<std::size_t>(runs[0].program->batch())),
        options_(options),
        pool_(largest_session(runs)) {}

  [[nodiscard]] std::size_t batches() const { return (images_ + batch_ - 1) / batch_; }

  void evaluate_batches(std::size_t first, std::size_t last) {
    done_.resize(last, 0);
    parallel_for(last - first, options_.threads, [&](std::size_t i) {
      if (options_.interrupted && options_.interrupted()) stop_ = true;
      if (stop_) return;
      evaluate_batch(first + i);
      done_[first + i] = 1;
    });
  }

  /// Images without a gap from the first one on.
  [[nodiscard]] std::size_t finished_images() const {
    const auto gap = std::find(done_.begin(), done_.end(), 0);
    return std::min(images_, static_cast<std::size_t>(gap - done_.begin()) * batch_);
  }
  [[nodiscard]] bool stopped() const { return stop_; }
  std::vector<BadImage> bad_images() {
    std::sort(bad_.begin(), bad_.end(), [](const BadImage& a, const BadImage& b) { return a.image < b.image; });
    return std::move(bad_);
  }

 private:
  void evaluate_batch(std::size_t batch) {
    const ImageRange range{batch * batch_, std::min(batch_, images_ - batch * batch_)};
    std::unique_ptr<Worker> worker = pool_.take();
    load(range, worker->samples());
    for (const EvaluationRun& run : runs_) {
      if (run.outcomes->at(run.row, range.first + range.count - 1).top1 != Outcome::not_evaluated) continue;
      Session& session = worker->session(*run.program);
      std::copy(worker->samples().begin(), worker->samples().end(), session.input(0).begin());
      session.run(range, run.transforms);
      note(range, run, session.output_values(0));
      if (options_.progress) options_.progress(range.count);
    }
    pool_.give(std::move(worker));
  }

  void load(const ImageRange& range, std::vector<float>& samples) {
    const auto sample = data_.sample_size();
    samples.assign(sample * batch_, 0.0F);
    for (std::size_t i = 0; i < range.count; ++i) {
      const std::span<float> place(samples.data() + i * sample, sample);
      try {
        data_.load(range.first + i, place);
      } catch (const ImageError& error) {
        std::fill(place.begin(), place.end(), 0.0F);
        const std::lock_guard lock(mutex_);
        bad_.push_back({range.first + i, fmt::format("{}: {}", error.image(), error.why())});
      }
    }
  }

  void note(const ImageRange& range, const EvaluationRun& run, std::span<const float> scores) {
    const std::size_t classes = scores.size() / batch_;
    for (std::size_t i = 0; i < range.count; ++i) {
      run.outcomes->at(run.row, range.first + i) =
          outcome_of(scores.subspan(i * classes, classes), data_.label(range.first + i));
    }
  }

  std::span<const EvaluationRun> runs_;
  const DataSet& data_;
  std::size_t images_;
  std::size_t batch_;
  const EvaluationOptions& options_;
  WorkerPool pool_;
  std::mutex mutex_;
  std::vector<BadImage> bad_;
  std::vector<char> done_;
  std::atomic<bool> stop_ = false;
};

}  // namespace

EvaluationStats evaluate_images(std::span<const EvaluationRun> runs, const DataSet& data, std::size_t images,
                                const EvaluationOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Evaluation evaluation(runs, data, images, options);
  const std::size_t batches = evaluation.batches();
  const auto batch = static_cast<std::size_t>(runs[0].program->batch());
  const std::size_t round = options.go_on ? (options.round + batch - 1) / batch : batches;
  EvaluationStats stats;
  for (std::size_t first = 0; first < batches && !evaluation.stopped(); first += round) {
    evaluation.evaluate_batches(first, std::min(batches, first + round));
    stats.images = evaluation.finished_images();
    if (options.go_on && !options.go_on(stats.images)) break;
  }
  stats.was_interrupted = evaluation.stopped();
  stats.bad_images = evaluation.bad_images();
  stats.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return stats;
}

}  // namespace ohmloop
