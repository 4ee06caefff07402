#include "ohmloop/analog/gaussian_noise.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ohmloop/analog/gaussian_noise.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "ohmloop/analog/gaussian_generator-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace ohmloop::HWY_NAMESPACE {

/// Calls use(numbers, begin, end) for consecutive parts of elements first_element ... first_element + count - 1, where
/// numbers[i] belongs to element first_element + begin + i. With `silent`, all numbers are -0, which changes nothing.
template <class Use>
HWY_INLINE void for_each_part(const RandomKey& key, std::uint64_t first_element, std::size_t count, bool silent,
                              const Use& use) {
  constexpr std::size_t groups_per_part = 16;
  constexpr std::size_t numbers_per_part = groups_per_part * numbers_per_group;
  HWY_ALIGN std::uint32_t words[numbers_per_part];
  HWY_ALIGN float numbers[numbers_per_part];
  if (silent) std::fill_n(numbers, numbers_per_part, -0.0F);
  const PhiloxInput stream = philox_input(key, 0);
  for (std::size_t begin = 0; begin < count;) {
    const std::uint64_t element = first_element + begin;
    const std::size_t skipped = element % numbers_per_group;
    const std::size_t end = begin + std::min(count - begin, numbers_per_part - skipped);
    if (!silent) {
      const std::size_t groups = (skipped + (end - begin) + numbers_per_group - 1) / numbers_per_group;
      random_groups(stream, element / numbers_per_group, groups, words);
      gaussian_of_words(words, groups, numbers);
    }
    use(numbers + skipped, begin, end);
    begin = end;
  }
}

void fill_elements(const RandomKey& key, std::uint64_t first_element, std::span<float> values) {
  for_each_part(key, first_element, values.size(), false,
                [&](const float* numbers, std::size_t begin, std::size_t end) {
                  std::copy(numbers, numbers + (end - begin), values.data() + begin);
                });
}

/// values[i] = limited(values[i] + sigma * numbers[i])
class Adder {
 public:
  Adder(float sigma, const Clamp& limits) : sigma_(sigma), limits_(limits) {}

  HWY_INLINE void add(const float* HWY_RESTRICT numbers, std::size_t count, float* HWY_RESTRICT values) const {
    const std::size_t done = add_vectors(Reals(), numbers, count, values);
    for (std::size_t i = done; i < count; ++i) add_one(numbers[i], values[i]);
  }

  /// At most 16 values: by vectors that are not longer than half of it, too.
  HWY_INLINE void add_few(const float* HWY_RESTRICT numbers, std::size_t count, float* HWY_RESTRICT values) const {
    std::size_t done = add_vectors(Reals(), numbers, count, values);
    done += add_vectors(hn::CappedTag<float, 8>(), numbers + done, count - done, values + done);
    for (std::size_t i = done; i < count; ++i) add_one(numbers[i], values[i]);
  }

  HWY_INLINE void add_one(float number, float& value) const {
    const float sum = value + sigma_ * number;
    const float raised = sum < limits_.lower ? limits_.lower : sum;
    value = limits_.upper < raised ? limits_.upper : raised;
  }

 private:
  /// The number of values that filled whole vectors.
  template <class D>
  HWY_INLINE std::size_t add_vectors(D d, const float* HWY_RESTRICT numbers, std::size_t count,
                                     float* HWY_RESTRICT values) const {
    const auto sigma = hn::Set(d, sigma_);
    const auto lower = hn::Set(d, limits_.lower);
    const auto upper = hn::Set(d, limits_.upper);
    std::size_t i = 0;
    for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
      const auto sum = hn::Add(hn::LoadU(d, values + i), hn::Mul(sigma, hn::LoadU(d, numbers + i)));
      // Not Max and Min, which treat NaN differently from processor to processor.
      const auto raised = hn::IfThenElse(hn::Lt(sum, lower), lower, sum);
      hn::StoreU(hn::IfThenElse(hn::Lt(upper, raised), upper, raised), d, values + i);
    }
    return i;
  }

  float sigma_;
  Clamp limits_;
};

void add_to_elements(const RandomKey& key, std::uint64_t first_element, float sigma, const Clamp& limits,
                     std::span<float> values) {
  const Adder adder(sigma, limits);
  for_each_part(key, first_element, values.size(), sigma == 0.0F,
                [&](const float* numbers, std::size_t begin, std::size_t end) {
                  adder.add(numbers, end - begin, values.data() + begin);
                });
}

/// Consecutive pixels of a block of 16 channels, of which the last has fewer.
struct PixelRun {
  std::size_t first_channel = 0;
  std::size_t channels = 0;
  std::size_t first_pixel = 0;
  std::size_t pixels = 0;
  const float* numbers = nullptr;  ///< 16 for each pixel
};

/// Pixels whose channels lie together: `channels` values, and from one pixel to the next `stride`.
HWY_INLINE void add_to_pixels(const Adder& adder, const float* numbers, std::size_t pixels, std::size_t channels,
                              std::size_t stride, float* values) {
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    adder.add_few(numbers + pixel * channels_per_block, channels, values + pixel * stride);
  }
}

HWY_INLINE void add_to_planes(const Adder& adder, const PixelRun& run, std::size_t plane, float* values) {
  for (std::size_t channel = 0; channel < run.channels; ++channel) {
    float* row = values + (run.first_channel + channel) * plane + run.first_pixel;
    for (std::size_t pixel = 0; pixel < run.pixels; ++pixel) {
      adder.add_one(run.numbers[pixel * channels_per_block + channel], row[pixel]);
    }
  }
}

HWY_INLINE void add_to_run(const Adder& adder, const ImageShape& shape, ActivationLayout layout, const PixelRun& run,
                           float* image) {
  const std::size_t plane = shape.height * shape.width;
  switch (layout) {
    case ActivationLayout::plain:
      add_to_planes(adder, run, plane, image);
      return;
    case ActivationLayout::channels_last:
      add_to_pixels(adder, run.numbers, run.pixels, run.channels, shape.channels,
                    image + run.first_pixel * shape.channels + run.first_channel);
      return;
    case ActivationLayout::channels_by_8: {
      float* lower = image + run.first_channel * plane + run.first_pixel * 8;
      add_to_pixels(adder, run.numbers, run.pixels, std::min<std::size_t>(run.channels, 8), 8, lower);
      if (run.channels > 8) add_to_pixels(adder, run.numbers + 8, run.pixels, run.channels - 8, 8, lower + 8 * plane);
      return;
    }
    case ActivationLayout::channels_by_16:
      add_to_pixels(adder, run.numbers, run.pixels, run.channels, channels_per_block,
                    image + run.first_channel * plane + run.first_pixel * channels_per_block);
      return;
  }
}

void add_to_image(const RandomKey& key, const ImageShape& shape, ActivationLayout layout, float sigma,
                  const Clamp& limits, float* image) {
  const Adder adder(sigma, limits);
  const std::size_t plane = shape.height * shape.width;
  const std::size_t blocks = (shape.channels + channels_per_block - 1) / channels_per_block;
  for_each_part(key, 0, blocks * plane * channels_per_block, sigma == 0.0F,
                [&](const float* numbers, std::size_t begin, std::size_t end) {
                  const std::size_t last = end / channels_per_block;
                  for (std::size_t pixel = begin / channels_per_block; pixel < last;) {
                    const std::size_t block = pixel / plane;
                    PixelRun run;
                    run.first_channel = block * channels_per_block;
                    run.channels = std::min(channels_per_block, shape.channels - run.first_channel);
                    run.first_pixel = pixel - block * plane;
                    run.pixels = std::min(last, (block + 1) * plane) - pixel;
                    run.numbers = numbers + (pixel * channels_per_block - begin);
                    add_to_run(adder, shape, layout, run, image);
                    pixel += run.pixels;
                  }
                });
}

}  // namespace ohmloop::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ohmloop {
namespace {

HWY_EXPORT(fill_elements);
HWY_EXPORT(add_to_elements);
HWY_EXPORT(add_to_image);

}  // namespace

void fill_gaussian(std::span<float> values, const RandomKey& key, std::uint64_t first_element) {
  HWY_DYNAMIC_DISPATCH(fill_elements)(key, first_element, values);
}

void add_gaussian(std::span<float> values, float sigma, const RandomKey& key, std::uint64_t first_element,
                  const Clamp& limits) {
  OHM_CHECK(!(sigma < 0), "a standard deviation is not negative");
  HWY_DYNAMIC_DISPATCH(add_to_elements)(key, first_element, sigma, limits, values);
}

void add_gaussian_to_image(std::span<float> image, const ImageShape& shape, ActivationLayout layout, float sigma,
                           const RandomKey& key, const Clamp& limits) {
  OHM_CHECK(!(sigma < 0), "a standard deviation is not negative");
  OHM_CHECK(image.size() == stored_values(shape, layout), "the memory of one image");
  // Where all elements lie in the order of their numbers, nothing but the end of the last block needs care.
  const bool in_order = shape.height * shape.width == 1 ||
                        (layout == ActivationLayout::channels_by_16 && shape.channels % channels_per_block == 0);
  if (in_order) {
    add_gaussian(image.first(shape.channels * shape.height * shape.width), sigma, key, 0, limits);
  } else {
    HWY_DYNAMIC_DISPATCH(add_to_image)(key, shape, layout, sigma, limits, image.data());
  }
}

}  // namespace ohmloop
#endif
