#include "ohmloop/accuracy/data/images/resize.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr int weight_fraction_bits = 22;

double bilinear_weight(double distance) { return std::max(0.0, 1.0 - std::abs(distance)); }

double bicubic_weight(double distance) {
  constexpr double a = -0.5;
  const double d = std::abs(distance);
  if (d < 1.0) return ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0;
  if (d < 2.0) return (((d - 5.0) * d + 8.0) * d - 4.0) * a;
  return 0.0;
}

/// What one pixel of the result takes along one direction: `weights` of consecutive pixels from `first` on.
template <class Weight>
struct Tap {
  std::size_t first = 0;
  std::vector<Weight> weights;
};

/// The taps of `out` pixels over `in` ones, with weights that add up to 1.
std::vector<Tap<double>> interpolation_taps(std::size_t in, std::size_t out, const ResizeOptions& options) {
  const bool cubic = options.filter == ResizeFilter::bicubic;
  const double step = static_cast<double>(in) / static_cast<double>(out);
  const double stretch = options.antialias ? std::max(step, 1.0) : 1.0;
  const double reach = (cubic ? 2.0 : 1.0) * stretch;
  const double shrink = 1.0 / stretch;
  std::vector<Tap<double>> taps(out);
  for (std::size_t x = 0; x < out; ++x) {
    const double centre = (static_cast<double>(x) + 0.5) * step;
    const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(centre - reach + 0.5)));
    const auto end = std::min(in, static_cast<std::size_t>(std::floor(centre + reach + 0.5)));
    taps[x].first = first;
    double sum = 0;
    for (std::size_t i = first; i < end; ++i) {
      const double distance = (static_cast<double>(i) - centre + 0.5) * shrink;
      taps[x].weights.push_back(cubic ? bicubic_weight(distance) : bilinear_weight(distance));
      sum += taps[x].weights.back();
    }
    for (double& weight : taps[x].weights) weight /= sum;
  }
  return taps;
}

std::vector<Tap<std::int32_t>> fixed_point(const std::vector<Tap<double>>& taps) {
  constexpr double one = 1 << weight_fraction_bits;
  std::vector<Tap<std::int32_t>> result(taps.size());
  for (std::size_t x = 0; x < taps.size(); ++x) {
    result[x].first = taps[x].first;
    for (const double weight : taps[x].weights) {
      result[x].weights.push_back(static_cast<std::int32_t>(weight * one + (weight < 0 ? -0.5 : 0.5)));
    }
  }
  return result;
}

/// How sums of a kind of pixel are formed.
template <class T>
struct Accumulation;

template <>
struct Accumulation<std::uint8_t> {
  using Weight = std::int32_t;
  using Sum = std::int32_t;
  static constexpr Sum start = 1 << (weight_fraction_bits - 1);
  static std::uint8_t finish(Sum sum) {
    return static_cast<std::uint8_t>(std::clamp<Sum>(sum >> weight_fraction_bits, 0, 255));
  }
  static std::vector<Tap<Weight>> taps(const std::vector<Tap<double>>& taps) { return fixed_point(taps); }
};

template <>
struct Accumulation<float> {
  using Weight = double;
  using Sum = double;
  static constexpr Sum start = 0;
  static float finish(Sum sum) { return static_cast<float>(sum); }
  static std::vector<Tap<Weight>> taps(std::vector<Tap<double>> taps) { return taps; }
};

/// Along the rows: every row of `in_width` pixels becomes one of taps.size() pixels. `fixed_channels`, if it is not 0,
/// is the number of channels, known when this is compiled: three sums then run side by side.
template <std::size_t fixed_channels, class T>
std::vector<T> resize_rows(const std::vector<T>& in, std::size_t in_width, std::size_t height, std::size_t channels,
                           const std::vector<Tap<typename Accumulation<T>::Weight>>& taps) {
  using Sum = typename Accumulation<T>::Sum;
  constexpr std::size_t side_by_side = fixed_channels == 0 ? 1 : fixed_channels;
  const std::size_t pixel_size = fixed_channels == 0 ? channels : fixed_channels;
  std::vector<T> out(taps.size() * height * channels);
  T* target = out.data();
  for (std::size_t y = 0; y < height; ++y) {
    const T* row = in.data() + y * in_width * pixel_size;
    for (const auto& tap : taps) {
      for (std::size_t c = 0; c < pixel_size; c += side_by_side) {
        std::array<Sum, side_by_side> sums;
        sums.fill(Accumulation<T>::start);
        const T* pixel = row + tap.first * pixel_size + c;
        for (const auto weight : tap.weights) {
          for (std::size_t i = 0; i < side_by_side; ++i) sums[i] += pixel[i] * weight;
          pixel += pixel_size;
        }
        for (const Sum sum : sums) *target++ = Accumulation<T>::finish(sum);
      }
    }
  }
  return out;
}

/// Along the columns: rows of `row_size` elements are weighted and added.
template <class T>
std::vector<T> resize_columns(const std::vector<T>& in, std::size_t row_size,
                              const std::vector<Tap<typename Accumulation<T>::Weight>>& taps) {
  std::vector<T> out(taps.size() * row_size);
  std::vector<typename Accumulation<T>::Sum> sums(row_size);
  T* target = out.data();
  for (const auto& tap : taps) {
    std::fill(sums.begin(), sums.end(), Accumulation<T>::start);
    const T* row = in.data() + tap.first * row_size;
    for (const auto weight : tap.weights) {
      for (std::size_t i = 0; i < row_size; ++i) sums[i] += row[i] * weight;
      row += row_size;
    }
    target = std::transform(sums.begin(), sums.end(), target, Accumulation<T>::finish);
  }
  return out;
}

template <class T>
std::vector<T> interpolate(const std::vector<T>& pixels, const Image& image, std::size_t width, std::size_t height,
                           const ResizeOptions& options) {
  const auto taps = [&](std::size_t in, std::size_t out) {
    return Accumulation<T>::taps(interpolation_taps(in, out, options));
  };
  std::vector<T> result;
  const bool rows_change = width != image.width;
  if (rows_change && image.channels == 3) {
    result = resize_rows<3>(pixels, image.width, image.height, image.channels, taps(image.width, width));
  } else if (rows_change) {
    result = resize_rows<0>(pixels, image.width, image.height, image.channels, taps(image.width, width));
  }
  if (height == image.height) return rows_change ? result : pixels;
  return resize_columns<T>(rows_change ? result : pixels, width * image.channels, taps(image.height, height));
}

/// The pixel of `in` that the centre of each of `out` pixels lies in. Centres are added up, not multiplied, because
/// Pillow adds them up: a centre on the border of two pixels then falls to the same one.
std::vector<std::size_t> nearest_pixels(std::size_t in, std::size_t out) {
  std::vector<std::size_t> result(out);
  const double step = static_cast<double>(in) / static_cast<double>(out);
  double centre = step * 0.5;
  for (std::size_t& pixel : result) {
    pixel = std::min(static_cast<std::size_t>(centre), in - 1);
    centre += step;
  }
  return result;
}

template <class T>
std::vector<T> take_nearest(const std::vector<T>& pixels, const Image& image, std::size_t width, std::size_t height) {
  const std::vector<std::size_t> columns = nearest_pixels(image.width, width);
  std::vector<T> out(width * height * image.channels);
  auto target = out.begin();
  for (const std::size_t row : nearest_pixels(image.height, height)) {
    for (const std::size_t column : columns) {
      target = std::copy_n(pixels.data() + (row * image.width + column) * image.channels, image.channels, target);
    }
  }
  return out;
}

}  // namespace

Image resize(const Image& image, std::size_t width, std::size_t height, const ResizeOptions& options) {
  OHM_CHECK(width > 0 && height > 0 && image.size() > 0, "sizes of images are at least 1");
  Image result{.width = width, .height = height, .channels = image.channels, .pixels = {}};
  std::visit(
      [&](const auto& pixels) {
        result.pixels = options.filter == ResizeFilter::nearest ? take_nearest(pixels, image, width, height)
                                                                : interpolate(pixels, image, width, height, options);
      },
      image.pixels);
  return result;
}

}  // namespace ohmloop
