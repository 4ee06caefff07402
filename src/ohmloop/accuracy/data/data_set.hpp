#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// One image of a data set is damaged, of a kind that is not read, or too small. Whoever evaluates collects these and
/// counts them; let through, it is an error of the user's input.
class ImageError : public InputError {
 public:
  /// `why` says what is wrong with it: "Premature end of JPEG file".
  ImageError(std::size_t index, std::string image, std::string why);

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] const std::string& image() const { return image_; }
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  std::size_t index_;
  std::string image_;
  std::string why_;
};

/// Labelled images as a network takes them. Immutable: all members may be called by many threads at once.
class DataSet {
 public:
  DataSet() = default;
  DataSet(const DataSet&) = delete;
  DataSet& operator=(const DataSet&) = delete;
  virtual ~DataSet() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;
  /// Images; at least 1.
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// Number of classes, where it is known; labels are then below it.
  [[nodiscard]] virtual std::optional<std::int64_t> classes() const = 0;
  /// At least 0.
  [[nodiscard]] virtual std::int64_t label(std::size_t index) const = 0;
  /// A file's name, or "test_batch.bin[17]" for one of many images in a file.
  [[nodiscard]] virtual std::string image_name(std::size_t index) const = 0;
  /// The network's input without the batch: {3, 224, 224}, or {224, 224, 3} for layout nhwc.
  [[nodiscard]] virtual const std::vector<std::int64_t>& sample_dims() const = 0;
  [[nodiscard]] virtual std::size_t sample_size() const = 0;  ///< product of sample_dims
  /// Decodes and preprocesses one image; `sample`, of sample_size() elements, is in C order. Throws ImageError, or
  /// IoError where a file cannot be read any more.
  virtual void load(std::size_t index, std::span<float> sample) const = 0;
  /// What decoded the images: "JPEG: libjpeg-turbo 2.1.5 (accurate integer DCT, fancy upsampling); PNG: libpng 1.6.39".
  [[nodiscard]] virtual std::string decoder() const = 0;
  /// The steps in words: "resize to 256 x 256 (bilinear), crop the middle 224 x 224, divide 255".
  [[nodiscard]] virtual std::string preprocessing() const = 0;
};

}  // namespace ohmloop
