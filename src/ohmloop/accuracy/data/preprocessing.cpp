#include "ohmloop/accuracy/data/preprocessing.hpp"

#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/arrange_image.hpp"
#include "ohmloop/accuracy/data/data_format_error.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {

/// Follows size and channels through the steps.
class Preprocessing::Compiler {
 public:
  Compiler(const ImageFormat& images, Diagnostics& diagnostics)
      : width_(images.width),
        height_(images.height),
        channels_(images.channels),
        element_bytes_(images.element_bytes),
        diagnostics_(diagnostics) {
    if (channels_ == 1) order_ = ChannelOrder::grey;
    if (channels_ == 3) order_ = ChannelOrder::rgb;
  }

  void add(const PreprocessingStep& step) {
    where_ = step.where;
    std::visit([this](const auto& operation) { take(operation); }, step.operation);
  }

  /// Splits the steps behind the last that moves pixels; nothing without a size.
  std::optional<Preprocessing> finish(SampleLayout layout, const SourceSpan& where) {
    if (!width_) {
      diagnostics_.error("the images have sizes of their own, which no step makes one", where,
                         "expected a crop, or a resize to width and height");
      return std::nullopt;
    }
    Preprocessing result;
    std::size_t moving = operations_.size();
    while (moving > 0 && std::holds_alternative<ArithmeticStep>(operations_[moving - 1])) --moving;
    for (std::size_t i = moving; i < operations_.size(); ++i) {
      result.arithmetic_.push_back(std::get<ArithmeticStep>(operations_[i]));
    }
    operations_.resize(moving);
    for (const Operation& operation : operations_) {
      if (std::holds_alternative<ArithmeticStep>(operation)) element_bytes_ = sizeof(float);
    }
    result.element_bytes_ = element_bytes_;
    result.arrangement_ = std::move(operations_);
    result.layout_ = layout;
    result.width_ = *width_;
    result.height_ = *height_;
    result.channels_ = channels_;
    const auto signed_size = [](std::size_t size) { return static_cast<std::int64_t>(size); };
    result.sample_dims_ = {signed_size(channels_), signed_size(*height_), signed_size(*width_)};
    if (layout == SampleLayout::nhwc) {
      result.sample_dims_ = {signed_size(*height_), signed_size(*width_), signed_size(channels_)};
    }
    return result;
  }

 private:
  void take(const ResizeStep& step) {
    if (!step.shorter) {
      width_ = step.width;
      height_ = step.height;
    } else if (width_) {
      std::tie(*width_, *height_) = size_with_shorter_side(*width_, *height_, *step.shorter);
    }
    operations_.emplace_back(step);
  }

  void take(const CropStep& step) {
    if (width_ && (*width_ < step.width || *height_ < step.height)) {
      diagnostics_.error(fmt::format("a crop of {} x {} needs larger images", step.width, step.height), where_,
                         fmt::format("here they have {} x {} pixels", *width_, *height_));
    }
    width_ = step.width;
    height_ = step.height;
    operations_.emplace_back(step);
  }

  void take(const ChannelsStep& step) {
    if (!order_) {
      diagnostics_.error(
          fmt::format("images of {} channels have no order of colours that 'channels' could change", channels_),
          where_);
      return;
    }
    operations_.emplace_back(ChannelConversion{.from = *order_, .to = step.order});
    order_ = step.order;
    channels_ = step.order == ChannelOrder::grey ? 1 : 3;
  }

  void take(const ArithmeticStep& step) {
    const std::size_t constants = step.constants.size();
    if (constants != 1 && constants != channels_) {
      diagnostics_.error(fmt::format("'{}' has {} constants for images of {} channel{}", to_string(step.operation),
                                     constants, channels_, channels_ == 1 ? "" : "s"),
                         where_, "expected one for all or one for each");
    }
    operations_.emplace_back(step);
  }

  std::vector<Operation> operations_;
  std::optional<std::size_t> width_, height_;
  std::size_t channels_;
  std::size_t element_bytes_;
  std::optional<ChannelOrder> order_;
  SourceSpan where_;
  Diagnostics& diagnostics_;
};

std::optional<Preprocessing> Preprocessing::compile(const std::vector<PreprocessingStep>& steps,
                                                    const ImageFormat& images, SampleLayout layout,
                                                    const SourceSpan& where, Diagnostics& diagnostics) {
  Compiler compiler(images, diagnostics);
  for (const PreprocessingStep& step : steps) compiler.add(step);
  std::optional<Preprocessing> result = compiler.finish(layout, where);
  if (diagnostics.has_errors()) return std::nullopt;
  result->tables_.resize(result->channels_);
  for (std::size_t channel = 0; channel < result->channels_; ++channel) {
    for (std::size_t value = 0; value < 256; ++value) {
      result->tables_[channel][value] = result->calculated(static_cast<float>(value), channel);
    }
  }
  return result;
}

float Preprocessing::calculated(float value, std::size_t channel) const {
  for (const ArithmeticStep& step : arithmetic_) {
    value = calculate(step.operation, value, step.constants[step.constants.size() == 1 ? 0 : channel]);
  }
  return value;
}

Image Preprocessing::arranged(Image image) const {
  for (const Operation& operation : arrangement_) {
    if (const auto* step = std::get_if<ResizeStep>(&operation)) {
      image = apply_resize(*step, image);
    } else if (const auto* crop = std::get_if<CropStep>(&operation)) {
      image = apply_crop(*crop, image);
    } else if (const auto* channels = std::get_if<ChannelConversion>(&operation)) {
      image = convert_channels(channels->from, channels->to, std::move(image));
    } else {
      image = apply_arithmetic(std::get<ArithmeticStep>(operation), image);
    }
  }
  return image;
}

void Preprocessing::write_sample(const Image& arranged, std::span<float> sample) const {
  OHM_CHECK(arranged.width == width_ && arranged.height == height_ && arranged.channels == channels_,
            "an image of the size that the steps lead to");
  OHM_CHECK(sample.size() == sample_size(), "room for one sample");
  const std::size_t plane = width_ * height_;
  for (std::size_t channel = 0; channel < channels_; ++channel) {
    const bool planes = layout_ == SampleLayout::nchw;
    float* out = sample.data() + (planes ? channel * plane : channel);
    const std::size_t out_step = planes ? 1 : channels_;
    const auto write = [&](const auto& pixels, const auto& value_of) {
      const auto* in = pixels.data() + channel;
      for (std::size_t i = 0; i < plane; ++i) out[i * out_step] = value_of(in[i * channels_]);
    };
    if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&arranged.pixels)) {
      const std::array<float, 256>& table = tables_[channel];
      write(*bytes, [&](std::uint8_t value) { return table[value]; });
    } else {
      write(std::get<std::vector<float>>(arranged.pixels), [&](float value) { return calculated(value, channel); });
    }
  }
}

}  // namespace ohmloop
