#include "ohmloop/accuracy/data/batch_loader.hpp"

#include <atomic>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

/// Image i is the two elements i and i + 0.5, its label i % 10. Counts how often images are loaded.
class NumberedImages final : public DataSet {
 public:
  explicit NumberedImages(std::size_t size) : size_(size) {}

  std::set<std::size_t> damaged;
  std::optional<std::size_t> unreadable;
  mutable std::atomic<std::size_t> loads = 0;

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::size_t size() const override { return size_; }
  [[nodiscard]] std::optional<std::int64_t> classes() const override { return 10; }
  [[nodiscard]] std::int64_t label(std::size_t index) const override { return static_cast<std::int64_t>(index % 10); }
  [[nodiscard]] std::string image_name(std::size_t index) const override { return std::to_string(index); }
  [[nodiscard]] const std::vector<std::int64_t>& sample_dims() const override { return dims_; }
  [[nodiscard]] std::size_t sample_size() const override { return 2; }
  void load(std::size_t index, std::span<float> sample) const override {
    ++loads;
    sample[0] = static_cast<float>(index);
    if (unreadable == index) throw IoError("gone");
    if (damaged.contains(index)) throw ImageError(index, image_name(index), "damaged");
    sample[1] = static_cast<float>(index) + 0.5F;
  }
  [[nodiscard]] std::string decoder() const override { return "none"; }
  [[nodiscard]] std::string preprocessing() const override { return "none"; }

 private:
  std::string name_ = "numbers";
  std::vector<std::int64_t> dims_ = {2};
  std::size_t size_;
};

/// All batches, each checked against what it must hold.
std::size_t check_all(BatchLoader& loader, std::size_t first, std::size_t batch_size,
                      const std::set<std::size_t>& damaged) {
  ImageBatch batch;
  std::size_t next = first;
  while (loader.next(batch)) {
    RC_ASSERT(batch.first == next);
    RC_ASSERT(batch.size() <= batch_size);
    RC_ASSERT(batch.samples.size() == 2 * batch.size());
    std::vector<std::size_t> failed;
    for (const ImageError& error : batch.failures) failed.push_back(error.index());
    std::vector<std::size_t> expected_failed;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const bool is_damaged = damaged.contains(next + i);
      if (is_damaged) expected_failed.push_back(next + i);
      RC_ASSERT(batch.labels[i] == static_cast<std::int64_t>((next + i) % 10));
      RC_ASSERT(batch.samples[2 * i] == (is_damaged ? 0.0F : static_cast<float>(next + i)));
      RC_ASSERT(batch.samples[2 * i + 1] == (is_damaged ? 0.0F : static_cast<float>(next + i) + 0.5F));
    }
    RC_ASSERT(failed == expected_failed);
    next += batch.size();
  }
  return next;
}

RC_GTEST_PROP(BatchLoaderProperty, HandsOutEveryImageInOrder, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(1, 60);
  const auto data = std::make_shared<NumberedImages>(size);
  data->damaged = *rc::gen::container<std::set<std::size_t>>(rc::gen::inRange<std::size_t>(0, size));
  BatchLoaderOptions options;
  options.first = *rc::gen::inRange<std::size_t>(0, size + 1);
  if (*rc::gen::arbitrary<bool>()) options.count = *rc::gen::inRange<std::size_t>(0, size - options.first + 1);
  options.batch_size = *rc::gen::inRange<std::size_t>(1, 20);
  options.threads = *rc::gen::inRange<std::size_t>(0, 5);
  options.batches_ahead = *rc::gen::inRange<std::size_t>(0, 6);
  const std::size_t end = options.first + options.count.value_or(size - options.first);
  BatchLoader loader(data, options);
  RC_ASSERT(check_all(loader, options.first, options.batch_size, data->damaged) == end);
  ImageBatch batch;
  RC_ASSERT(!loader.next(batch));
  RC_ASSERT(data->loads == end - options.first);
}

TEST(BatchLoader, StopsBeforeTheEndWithoutLoadingTheRest) {
  const auto data = std::make_shared<NumberedImages>(1'000'000);
  {
    BatchLoader loader(data, {.batch_size = 10, .threads = 3, .batches_ahead = 4});
    ImageBatch batch;
    ASSERT_TRUE(loader.next(batch));
  }
  EXPECT_LE(data->loads, 10U * (1 + 4 + 1));
}

TEST(BatchLoader, AFileThatCannotBeReadIsAnErrorInItsTurn) {
  for (const std::size_t threads : {0U, 1U, 3U}) {
    const auto data = std::make_shared<NumberedImages>(40);
    data->unreadable = 25;
    BatchLoader loader(data, {.batch_size = 10, .threads = threads, .batches_ahead = 4});
    ImageBatch batch;
    EXPECT_TRUE(loader.next(batch));
    EXPECT_TRUE(loader.next(batch));
    EXPECT_EQ(batch.first, 10U);
    EXPECT_THROW(loader.next(batch), IoError);
    EXPECT_THROW(loader.next(batch), IoError);
  }
}

TEST(BatchLoader, ServesSeveralThreads) {
  const auto data = std::make_shared<NumberedImages>(1000);
  BatchLoader loader(data, {.batch_size = 7, .threads = 2, .batches_ahead = 3});
  std::vector<std::atomic<int>> seen(1000);
  std::vector<std::thread> users;
  for (int user = 0; user < 4; ++user) {
    users.emplace_back([&] {
      ImageBatch batch;
      while (loader.next(batch)) {
        for (std::size_t i = 0; i < batch.size(); ++i) ++seen[static_cast<std::size_t>(batch.samples[2 * i])];
      }
    });
  }
  for (std::thread& user : users) user.join();
  for (const auto& count : seen) EXPECT_EQ(count, 1);
}

TEST(BatchLoader, ImagesLieWithinTheDataSet) {
  const auto data = std::make_shared<NumberedImages>(5);
  EXPECT_THROW(BatchLoader(data, {.first = 6}), InternalError);
  EXPECT_THROW(BatchLoader(data, {.first = 3, .count = 3}), InternalError);
  EXPECT_THROW(BatchLoader(data, {.batch_size = 0}), InternalError);
}

}  // namespace
}  // namespace ohmloop
