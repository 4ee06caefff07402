#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "ohmloop/accuracy/data/data_set.hpp"

namespace ohmloop {

/// Consecutive images of a data set as a network takes them.
struct ImageBatch {
  std::size_t first = 0;             ///< number of the first image
  std::vector<float> samples;        ///< one behind another, each in C order
  std::vector<std::int64_t> labels;  ///< as many as images
  std::vector<ImageError> failures;  ///< images that cannot be used, in order; their samples are zero

  [[nodiscard]] std::size_t size() const { return labels.size(); }
};

struct BatchLoaderOptions {
  std::size_t batch_size = 32;
  std::size_t first = 0;
  std::optional<std::size_t> count{};  ///< images; all from `first` on where nothing is said
  std::size_t threads = 1;             ///< that load beside the caller; 0: the caller loads
  std::size_t batches_ahead = 2;       ///< the most that are ready or being loaded, at least one
};

/// Loads the batches of a data set ahead of their use, each on one thread, and hands them out in order. Their contents
/// depend on nothing but the data set and the numbers of the images. The destructor stops loading and waits for the
/// threads, for at most as long as one image takes.
class BatchLoader {
 public:
  /// The images must be within the data set; `batch_size` is at least 1.
  explicit BatchLoader(std::shared_ptr<const DataSet> data, const BatchLoaderOptions& options = {});
  BatchLoader(const BatchLoader&) = delete;
  BatchLoader& operator=(const BatchLoader&) = delete;
  ~BatchLoader();

  /// Waits for the next batch and puts it into `batch`, whose memory is used again; false after the last one. Several
  /// threads may call it: each gets another batch. What loading throws beside ImageError (a file that cannot be read
  /// any more, no memory) is thrown here when the batch's turn has come, and from then on.
  bool next(ImageBatch& batch);

 private:
  enum class State { empty, loading, ready };
  struct Slot {
    State state = State::empty;
    std::size_t number = 0;  ///< of the batch in it
    ImageBatch batch;
    std::exception_ptr failure;
  };

  [[nodiscard]] std::size_t batch_count() const;
  /// Loads one batch; stops early if the loader is being destroyed.
  void load(std::size_t number, ImageBatch& batch) const;
  void work();
  [[nodiscard]] bool stopping() const;

  const std::shared_ptr<const DataSet> data_;
  const std::size_t batch_size_;
  const std::size_t first_;
  const std::size_t end_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;  ///< batch n is in slot n modulo their number
  std::size_t next_to_load_ = 0;
  std::size_t next_to_hand_out_ = 0;
  std::exception_ptr failure_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ohmloop
