#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ohmloop/accuracy/data/images/image.hpp"
#include "ohmloop/accuracy/data/preprocessing_step.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// What makes a network's input of an image: the steps of a description, checked against what is known of the images.
/// Works in two halves, so that the result of the first, which costs most and may still have 8 bits, can be kept.
class Preprocessing {
 public:
  /// Reports, at the step's place: a crop larger than the image, constants that are not one for each channel, an order
  /// of channels for images that are neither grey nor of three channels; at `where`, that the images' sizes vary and no
  /// step makes them one. Returns nothing if the diagnostics hold an error.
  static std::optional<Preprocessing> compile(const std::vector<PreprocessingStep>& steps, const ImageFormat& images,
                                              SampleLayout layout, const SourceSpan& where, Diagnostics& diagnostics);

  /// Of a sample without the batch: {C, H, W}, or {H, W, C} for nhwc.
  [[nodiscard]] const std::vector<std::int64_t>& sample_dims() const { return sample_dims_; }
  [[nodiscard]] std::size_t sample_size() const { return width_ * height_ * channels_; }
  /// Whether `arranged` returns every image as it is.
  [[nodiscard]] bool keeps_images() const { return arrangement_.empty(); }

  /// Of an arranged image.
  [[nodiscard]] std::size_t arranged_bytes() const { return sample_size() * element_bytes_; }

  /// All steps up to the last that moves pixels. Throws DataFormatError if the image is too small for a crop or would
  /// become larger than 64 Mi pixels on the way.
  [[nodiscard]] Image arranged(Image image) const;

  /// The arithmetic behind them, and the layout; `sample` has sample_size() elements.
  void write_sample(const Image& arranged, std::span<float> sample) const;

 private:
  struct ChannelConversion {
    ChannelOrder from, to;
  };
  using Operation = std::variant<ResizeStep, CropStep, ChannelConversion, ArithmeticStep>;
  class Compiler;

  Preprocessing() = default;
  /// An element after the arithmetic behind the arrangement.
  [[nodiscard]] float calculated(float value, std::size_t channel) const;

  std::vector<Operation> arrangement_;
  std::vector<ArithmeticStep> arithmetic_;
  /// Per channel, what the arithmetic makes of every 8-bit value.
  std::vector<std::array<float, 256>> tables_;
  SampleLayout layout_ = SampleLayout::nchw;
  std::size_t width_ = 0, height_ = 0, channels_ = 0;
  std::size_t element_bytes_ = 1;  ///< of an arranged image
  std::vector<std::int64_t> sample_dims_;
};

}  // namespace ohmloop
