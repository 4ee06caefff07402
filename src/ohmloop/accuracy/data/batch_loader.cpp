#include "ohmloop/accuracy/data/batch_loader.hpp"

#include <algorithm>
#include <span>
#include <system_error>
#include <utility>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

std::size_t end_of(const DataSet& data, const BatchLoaderOptions& options) {
  OHM_CHECK(options.first <= data.size(), "images of the data set");
  const std::size_t rest = data.size() - options.first;
  const std::size_t count = options.count.value_or(rest);
  OHM_CHECK(count <= rest, "images of the data set");
  return options.first + count;
}

}  // namespace

BatchLoader::BatchLoader(std::shared_ptr<const DataSet> data, const BatchLoaderOptions& options)
    : data_(std::move(data)),
      batch_size_(options.batch_size),
      first_(options.first),
      end_(end_of(*data_, options)),
      slots_(std::max<std::size_t>(options.batches_ahead, 1)) {
  OHM_CHECK(batch_size_ > 0, "images in a batch");
  const std::size_t threads = std::min({options.threads, batch_count(), slots_.size()});
  try {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // Fewer threads than wanted are slower and nothing else; none at all leaves the work to the caller.
  }
}

BatchLoader::~BatchLoader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::size_t BatchLoader::batch_count() const { return (end_ - first_ + batch_size_ - 1) / batch_size_; }

bool BatchLoader::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void BatchLoader::load(std::size_t number, ImageBatch& batch) const {
  batch.first = first_ + number * batch_size_;
  const std::size_t count = std::min(batch_size_, end_ - batch.first);
  const std::size_t sample_size = data_->sample_size();
  batch.samples.resize(count * sample_size);
  batch.labels.clear();
  batch.failures.clear();
  for (std::size_t i = 0; i < count; ++i) {
    if (stopping()) return;
    batch.labels.push_back(data_->label(batch.first + i));
    const std::span<float> sample = std::span(batch.samples).subspan(i * sample_size, sample_size);
    try {
      data_->load(batch.first + i, sample);
    } catch (const ImageError& error) {
      std::fill(sample.begin(), sample.end(), 0.0F);
      batch.failures.push_back(error);
    }
  }
}

void BatchLoader::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] {
      return stopping_ || next_to_load_ == batch_count() || slots_[next_to_load_ % slots_.size()].state == State::empty;
    });
    if (stopping_ || next_to_load_ == batch_count()) return;
    const std::size_t number = next_to_load_++;
    Slot& slot = slots_[number % slots_.size()];
    slot.state = State::loading;
    slot.number = number;
    lock.unlock();
    std::exception_ptr failure;
    try {
      load(number, slot.batch);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    slot.failure = failure;
    slot.state = State::ready;
    changed_.notify_all();
  }
}

bool BatchLoader::next(ImageBatch& batch) {
  std::unique_lock lock(mutex_);
  if (failure_) std::rethrow_exception(failure_);
  if (next_to_hand_out_ == batch_count()) return false;
  const std::size_t number = next_to_hand_out_++;
  if (threads_.empty()) {
    lock.unlock();
    try {
      load(number, batch);
    } catch (...) {
      lock.lock();
      failure_ = std::current_exception();
      throw;
    }
    return true;
  }
  Slot& slot = slots_[number % slots_.size()];
  changed_.wait(lock, [&] { return failure_ || (slot.state == State::ready && slot.number == number); });
  if (failure_) std::rethrow_exception(failure_);
  if (slot.failure) {
    failure_ = slot.failure;
    changed_.notify_all();
    std::rethrow_exception(failure_);
  }
  std::swap(batch, slot.batch);
  slot.state = State::empty;
  changed_.notify_all();
  return true;
}

}  // namespace ohmloop
