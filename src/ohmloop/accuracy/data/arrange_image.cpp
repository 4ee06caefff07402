#include "ohmloop/accuracy/data/arrange_image.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr std::size_t most_pixels = std::size_t{64} << 20;

/// (size - wanted) / 2, halves to the even number.
std::size_t crop_start(std::size_t size, std::size_t wanted) {
  const std::size_t spare = size - wanted;
  return spare / 2 + (spare % 4 == 3 ? 1 : 0);
}

/// Weights of red, green and blue in 1/65536.
std::uint8_t grey_of(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  return static_cast<std::uint8_t>((19595U * red + 38470U * green + 7471U * blue + 32768U) >> 16U);
}

float grey_of(float red, float green, float blue) { return 0.299F * red + 0.587F * green + 0.114F * blue; }

template <class T>
std::vector<T> repeat_grey(const std::vector<T>& grey) {
  std::vector<T> out(grey.size() * 3);
  for (std::size_t i = 0; i < grey.size(); ++i)
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(3 * i), 3, grey[i]);
  return out;
}

template <class T>
std::vector<T> to_grey(const std::vector<T>& colours, ChannelOrder from) {
  const std::size_t red = from == ChannelOrder::rgb ? 0 : 2;
  std::vector<T> out(colours.size() / 3);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const T* pixel = colours.data() + 3 * i;
    out[i] = grey_of(pixel[red], pixel[1], pixel[2 - red]);
  }
  return out;
}

template <class T>
void swap_red_and_blue(std::vector<T>& colours) {
  for (std::size_t i = 0; i < colours.size(); i += 3) std::swap(colours[i], colours[i + 2]);
}

}  // namespace

std::pair<std::size_t, std::size_t> size_with_shorter_side(std::size_t width, std::size_t height, std::size_t shorter) {
  if (width <= height) return {shorter, shorter * height / width};
  return {shorter * width / height, shorter};
}

Image apply_resize(const ResizeStep& step, const Image& image) {
  const auto [width, height] = step.shorter ? size_with_shorter_side(image.width, image.height, *step.shorter)
                                            : std::pair(*step.width, *step.height);
  if (width > most_pixels / std::max(height, image.height)) {
    throw DataFormatError(
        fmt::format("an image of {} x {} pixels, which resizing to {} x {} would make larger than {} pixels on the way",
                    image.width, image.height, width, height, most_pixels));
  }
  return resize(image, width, height, step.options);
}

Image apply_crop(const CropStep& step, const Image& image) {
  if (image.width < step.width || image.height < step.height) {
    throw DataFormatError(fmt::format("an image of {} x {} pixels is too small for a crop of {} x {}", image.width,
                                      image.height, step.width, step.height));
  }
  const std::size_t left = crop_start(image.width, step.width);
  const std::size_t top = crop_start(image.height, step.height);
  Image result{.width = step.width, .height = step.height, .channels = image.channels, .pixels = {}};
  std::visit(
      [&](const auto& pixels) {
        const std::size_t row = step.width * image.channels;
        std::decay_t<decltype(pixels)> out(row * step.height);
        for (std::size_t y = 0; y < step.height; ++y) {
          const auto* source = pixels.data() + ((top + y) * image.width + left) * image.channels;
          std::copy_n(source, row, out.data() + y * row);
        }
        result.pixels = std::move(out);
      },
      image.pixels);
  return result;
}

Image convert_channels(ChannelOrder from, ChannelOrder to, Image image) {
  if (from == to) return image;
  std::visit(
      [&](auto& pixels) {
        if (from == ChannelOrder::grey) {
          pixels = repeat_grey(pixels);
        } else if (to == ChannelOrder::grey) {
          pixels = to_grey(pixels, from);
        } else {
          swap_red_and_blue(pixels);
        }
      },
      image.pixels);
  image.channels = to == ChannelOrder::grey ? 1 : 3;
  return image;
}

float calculate(ArithmeticOperation operation, float value, float constant) {
  switch (operation) {
    case ArithmeticOperation::add:
      return value + constant;
    case ArithmeticOperation::subtract:
      return value - constant;
    case ArithmeticOperation::multiply:
      return value * constant;
    case ArithmeticOperation::divide:
      return value / constant;
  }
  OHM_CHECK(false, "an operation that is not listed");
}

Image apply_arithmetic(const ArithmeticStep& step, const Image& image) {
  Image result = make_image<float>(image.width, image.height, image.channels);
  auto& out = std::get<std::vector<float>>(result.pixels);
  std::visit(
      [&](const auto& pixels) {
        for (std::size_t i = 0; i < pixels.size(); ++i) {
          const float constant = step.constants[step.constants.size() == 1 ? 0 : i % image.channels];
          out[i] = calculate(step.operation, static_cast<float>(pixels[i]), constant);
        }
      },
      image.pixels);
  return result;
}

}  // namespace ohmloop
